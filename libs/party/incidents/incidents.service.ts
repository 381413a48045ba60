import { createHmac } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { localDateOfInstant, parseLocalDate, startOfDay } from '#calendar';
import type { ReportedIncident, ReportIncident, ReportNotice } from '#contracts';
import { isKnown, readPersonalNumber } from '#contracts';
import type { CustodyCommands } from '#custody';
import { recordNow } from '#directory';
import { type IncidentId, type SubjectId, type SubjectRole, unitId } from '#domain';
import type { EnvelopeSealer } from '../content/envelope-sealer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, mandateAt } from '../identity/caller.js';
import { asUnits } from '../record/as-units.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import { type Outward, sideOf } from '../record/outward.js';
import type { PartyDirectory } from '../units/party-directory.js';
import type { IncidentObservers } from './incident-observers.js';
import { REPORT_FORM, reportAnswers } from './report-answers.js';
import { retypeAdults } from './retype-adults.js';

interface ReportedPerson {
  readonly ref: string;
  readonly id: string;
  readonly role: SubjectRole;
}

export interface IncidentsDeps {
  readonly database: DataSource;
  readonly commands: CustodyCommands;
  readonly sealer: EnvelopeSealer;
  readonly outward: Outward;
  readonly directory: PartyDirectory;
  readonly observers: IncidentObservers;
  /** Makes the ids of a report from its idempotency key, so that a retry names the same persons. */
  readonly idKey: Buffer;
}

/** Reports: one custody transaction opens the incident with its matters and the facts sealed to the acting unit. */
export class Incidents {
  constructor(private readonly deps: IncidentsDeps) {}

  async report(caller: Caller, idempotency: Idempotency, body: ReportIncident): Promise<ReportedIncident> {
    const mandate = mandateAt(caller, body.actingUnit);
    if (mandate === undefined || mandate.authority === null) return refuseAtDoor('NOT_YOUR_UNIT');
    const { commands, sealer, outward, directory, observers } = this.deps;
    const now = await recordNow(this.deps.database.manager);
    const occurredAt = occurrenceOf(body, now);
    const { report, retyped } = retypeAdults(body, localDateOfInstant(occurredAt));

    const idOf = (name: string) => this.derivedId(idempotency, name);
    const incidentId = idOf('incident');
    const people = peopleOf(report, (ref) => idOf(`person ${ref}`));
    const subjectOf = (ref: string) => idOf(`person ${ref}`);
    const answers = reportAnswers(report, subjectOf);
    const contents =
      occurredAt > now
        ? [] // Refused below by the record; nothing about a person is sealed for what cannot have happened.
        : await sealer.seal([
            {
              incidentId,
              subjectId: null,
              handoffId: null,
              kind: 'facts',
              form: REPORT_FORM,
              answers,
              toUnit: body.actingUnit,
              forUnits: [body.actingUnit],
            },
          ]);
    const { reply } = valueOrRefuse(
      await commands.openIncident(asCustodyCaller(caller, idempotency), {
        actingUnit: unitId(body.actingUnit),
        incident: {
          id: incidentId as IncidentId,
          kind: body.kind,
          occurredAt,
          subjects: people.map(({ id, role }) => ({ id: id as SubjectId, role })),
        },
        contents,
      }),
    );
    const { authority } = mandate;
    await observers.reported({
      incidentId,
      kind: body.kind,
      actingUnit: body.actingUnit,
      authority,
      answers,
    });

    const notices = noticesOf(report, retyped);
    const sendBy = await this.sendDeadlines(
      caller,
      reply.matters.map(({ matterId }) => matterId),
    );
    return {
      incidentId: outward.out(incidentId, { authority, side: 'victim' }),
      recordedAt: reply.at,
      matters: reply.matters.flatMap(({ matterId, subjectId, kind }) => {
        const person = people.find(({ id }) => id === subjectId);
        if (person === undefined) return [];
        return [
          {
            matterId,
            kind,
            version: 1,
            subjectId: outward.out(subjectId, { authority, side: sideOf(person.role) }),
            ref: person.ref,
            sendBy: sendBy.get(matterId) ?? null,
          },
        ];
      }),
      subjects: people.map(({ ref, id, role }) => ({
        ref,
        role,
        subjectId: outward.out(id, { authority, side: sideOf(role) }),
      })),
      notices,
      ring: await directory.emergencyNumber(now),
    };
  }

  private async sendDeadlines(caller: Caller, matters: readonly string[]): Promise<Map<string, string>> {
    const units = caller.mandates.map(({ unit }) => unit);
    return asUnits(this.deps.database, units, async (manager) => {
      const rows: { clock_id: string; due_at: Date }[] = await manager.query(
        `select clock_id, due_at from custody.deadline where clock_id = any ($1::uuid[]) and rule = 'send'`,
        [matters],
      );
      return new Map(rows.map(({ clock_id, due_at }) => [clock_id, due_at.toISOString()]));
    });
  }

  private derivedId({ scope, key }: Idempotency, name: string): string {
    const hex = createHmac('sha256', this.deps.idKey)
      .update(JSON.stringify(['handslag/report-id/1', scope, key, name]))
      .digest('hex');
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `8${hex.slice(13, 16)}`,
      variant + hex.slice(17, 20),
      hex.slice(20, 32),
    ].join('-');
  }
}

/** When only the day is known its start counts; when nothing is known the report's own time. */
function occurrenceOf({ occurredAt, occurredOn }: ReportIncident, now: Date): Date {
  if (isKnown(occurredAt)) return new Date(occurredAt);
  const day = occurredOn === undefined ? undefined : parseLocalDate(occurredOn);
  return day === undefined ? now : startOfDay(day);
}

function peopleOf(report: ReportIncident, idOf: (ref: string) => string): ReportedPerson[] {
  const as =
    (role: SubjectRole) =>
    ({ ref }: { ref: string }) => ({ ref, id: idOf(ref), role });
  return [
    ...report.children.map(as('child')),
    ...report.victims.map(as('victim')),
    ...report.suspects.map(as('alleged-perpetrator')),
  ];
}

function noticesOf(report: ReportIncident, retyped: readonly string[]): ReportNotice[] {
  const people = [...report.children, ...report.victims, ...report.suspects];
  const unverified = people.filter(
    ({ number }) => isKnown(number) && readPersonalNumber(number).standing === 'unverified',
  );
  return [
    ...unverified.map(
      ({ ref }): ReportNotice => ({
        code: 'NUMBER_UNVERIFIED',
        ref,
        text: {
          sv: 'Numret gick inte att kontrollera. Det är sparat som obekräftat.',
          en: 'The number could not be verified. It is kept as unverified.',
        },
      }),
    ),
    ...retyped.map(
      (ref): ReportNotice => ({
        code: 'ADULT_REPORTED_AS_CHILD',
        ref,
        text: {
          sv: 'Personen är vuxen den dagen och är registrerad som våldsutsatt vuxen.',
          en: 'The person is an adult on that day and was recorded as an adult victim.',
        },
      }),
    ),
  ];
}
