import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLeafEntity, makeLeaf } from '#audit';
import type {
  ActRecorded,
  AssessProtection,
  DecideAttendance,
  DecideInvestigation,
  RecordBasis,
} from '#contracts';
import { IdempotencyEntity } from '#database';
import { recordNow } from '#directory';
import type { DeadlineRuleId, SubjectRole } from '#domain';
import { type SealedField, SealedFieldsSchema } from '#sealing';
import type { KnownAnswersSource } from '../content/content-vault.js';
import { asJson, type KnownAnswer } from '../content/known-answer.js';
import type { BasisQuestion, BasisRecordSource } from '../dispatches/basis-records.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt } from '../identity/caller.js';
import type { IncidentViews } from '../incidents/incident-views.service.js';
import type { PartyName } from '../party.port.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import {
  AttendanceDecisionEntity,
  BasisRecordEntity,
  EffectEntity,
  InvestigationDecisionEntity,
  ProtectionAssessmentEntity,
} from './social.entities.js';

export interface SocialActsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly incidents: IncidentViews;
  readonly sealing: PartySealing;
  /** Called when an act has an effect in custody, or a story should look again. */
  readonly wake: () => void;
}

interface Act {
  readonly caller: Caller;
  readonly idempotency: Idempotency;
  readonly incidentId: string;
  readonly unit: string;
  readonly action: string;
}

interface Bound {
  readonly id: string;
  readonly at: Date;
  readonly incident: string;
  readonly subject: { readonly id: string; readonly role: SubjectRole } | null;
}

/** What the social parties decide and record in the night and the morning (DESIGN 6.2), one transaction of their own schema each. */
export class SocialActs implements KnownAnswersSource, BasisRecordSource {
  constructor(private readonly deps: SocialActsDeps) {}

  /** Refuses a home visit without necessity and ground: that the model applies is not enough (E5). */
  async attendance(caller: Caller, idempotency: Idempotency, incidentId: string, body: DecideAttendance) {
    const wantsVisit = body.attends || body.visitsHome;
    if (wantsVisit && (body.necessity === undefined || body.legalGround === undefined)) {
      const errors = (['necessity', 'legalGround'] as const)
        .filter((field) => body[field] === undefined)
        .map((field) => ({ field, message: 'required before anyone attends' }));
      refuseAtDoor('NECESSITY_REQUIRED', { errors });
    }
    const act = { caller, idempotency, incidentId, unit: body.actingUnit, action: 'decide-attendance' };
    const { necessity, legalGround, consent, visitsHome } = body;
    return this.record(act, null, async (manager, { id, at, incident }) => {
      const ciphertext = await this.seal(act.unit, { id, incident, subject: null }, [
        said('attendance', { necessity, legalGround, consent, visitsHome }),
      ]);
      const decision = { id, incidentId: incident, unitId: act.unit, attends: body.attends, ciphertext };
      await manager.insert(AttendanceDecisionEntity, {
        ...decision,
        decidedAt: at,
        decidedBy: caller.person,
      });
      await manager.query(
        `update deadline d set ended_at = $3, ended_as = 'met' from step s
         where s.deadline_id = d.id and s.process = 'call-out' and s.process_id = $1
           and s.step_key = 'attendance-decision' and d.asked_of = $2 and d.ended_at = 'infinity'`,
        [incident, act.unit, at],
      );
      await manager.query(
        `update stream s set wanted = s.wanted + 1, open = false, wake_at = 'infinity'
         where s.kind = 'clock' and s.id = $1 and s.open`,
        [incident],
      );
      await lookAgain(manager, incident);
    });
  }

  /** Per child; meets D-01 and D-02 in custody by a second, idempotent command, with the time of the assessment. */
  async assessment(caller: Caller, idempotency: Idempotency, incidentId: string, body: AssessProtection) {
    const act = { caller, idempotency, incidentId, unit: body.actingUnit, action: 'assess-protection' };
    return this.record(act, body.subjectId, async (manager, { id, at, incident, subject }) => {
      if (subject?.role !== 'child') return refuseAtDoor('UNKNOWN_SUBJECT');
      const assessedAt = new Date(body.assessedAt);
      if (assessedAt > at) {
        return refuseAtDoor('INVALID_INPUT', { errors: [{ field: 'assessedAt', message: 'in the future' }] });
      }
      const ciphertext = await this.seal(act.unit, { id, incident, subject: subject.id }, [
        said('assessment.outcome', body.outcome, subject.id),
        said('assessment.reasons', body.reasons, subject.id),
        said('assessment.child-heard', body.childHeard, subject.id),
        said('assessment.assessor', body.assessor),
        said('assessment.time', body.assessedAt, subject.id),
      ]);
      await manager.insert(ProtectionAssessmentEntity, {
        id,
        incidentId: incident,
        subjectId: subject.id,
        unitId: act.unit,
        outcome: body.outcome,
        ciphertext,
        assessedAt,
        recordedAt: at,
        recordedBy: caller.person,
      });
      // "Cannot be assessed yet" is recorded and meets nothing: the day's end still asks for it.
      if (body.outcome === 'CANNOT_YET_BE_ASSESSED') return;
      await this.effect(
        manager,
        { id, at, unit: act.unit },
        subject.id,
        ['D-01', 'D-02'],
        body.outcome,
        assessedAt,
      );
    });
  }

  async basis(
    caller: Caller,
    idempotency: Idempotency,
    incidentId: string,
    body: RecordBasis,
  ): Promise<ActRecorded> {
    const act = { caller, idempotency, incidentId, unit: body.actingUnit, action: 'record-basis' };
    return this.record(act, body.subjectId, async (manager, { id, at, incident, subject }) => {
      if (subject === null || subject.role === 'child') return refuseAtDoor('UNKNOWN_SUBJECT');
      const { recipient, purpose, statement } = body;
      const ciphertext = await this.seal(act.unit, { id, incident, subject: subject.id }, [
        said('consent-and-basis', { recipient, purpose, statement }, subject.id),
      ]);
      await manager.insert(BasisRecordEntity, {
        id,
        incidentId: incident,
        subjectId: subject.id,
        unitId: act.unit,
        basis: body.basis,
        ciphertext,
        recordedAt: at,
        recordedBy: caller.person,
      });
    });
  }

  /** Opened or not; meets D-03 and D-04 in custody. */
  async investigation(
    caller: Caller,
    idempotency: Idempotency,
    incidentId: string,
    body: DecideInvestigation,
  ) {
    const act = { caller, idempotency, incidentId, unit: body.actingUnit, action: 'decide-investigation' };
    return this.record(act, body.subjectId, async (manager, { id, at, incident, subject }) => {
      if (subject?.role !== 'child') return refuseAtDoor('UNKNOWN_SUBJECT');
      const decidedAt = new Date(body.decidedAt);
      if (decidedAt > at) {
        return refuseAtDoor('INVALID_INPUT', { errors: [{ field: 'decidedAt', message: 'in the future' }] });
      }
      await manager.insert(InvestigationDecisionEntity, {
        id,
        incidentId: incident,
        subjectId: subject.id,
        unitId: act.unit,
        opened: body.opened,
        decidedAt,
        recordedBy: caller.person,
      });
      const outcome = body.opened ? 'OPENED' : 'NOT_OPENED';
      await this.effect(
        manager,
        { id, at, unit: act.unit },
        subject.id,
        ['D-03', 'D-04'],
        outcome,
        decidedAt,
      );
    });
  }

  async holds({ recordId, basis, subjectId, unit }: BasisQuestion): Promise<boolean> {
    return this.as(unit, async (manager) =>
      manager.existsBy(BasisRecordEntity, { id: recordId, basis, subjectId, unitId: unit }),
    );
  }

  /** What the unit itself assessed, for the envelopes it composes; the reading was audited by who asks. */
  async answersFor(unit: string, incidentId: string, subjectId: string): Promise<KnownAnswer[]> {
    const rows = await this.as(unit, (manager) =>
      manager.find(ProtectionAssessmentEntity, {
        where: { subjectId, unitId: unit },
        order: { recordedAt: 'DESC' },
        take: 1,
      }),
    );
    const known: KnownAnswer[] = [];
    for (const { id, ciphertext } of rows) {
      const binding = { contentId: id, incidentId, subjectId };
      const opened = await this.deps.sealing.sealing.open({ ...binding, ciphertext, unitId: unit });
      if (opened.ok) known.push(...opened.value.fields);
    }
    return known;
  }

  /** One command: idempotent, audited, in one transaction of the party's schema. */
  private async record(
    act: Act,
    subjectId: string | null,
    write: (manager: EntityManager, bound: Bound) => Promise<void>,
  ): Promise<ActRecorded> {
    const mandate = mandateAt(act.caller, act.unit);
    if (mandate === undefined) return refuseAtDoor('NOT_YOUR_UNIT');
    const { id: incident } = await this.deps.incidents.resolve(act.caller, act.incidentId);
    const subject =
      subjectId === null ? null : await this.deps.incidents.resolveSubject(act.caller, incident, subjectId);
    const recorded = await this.as(act.unit, async (manager): Promise<ActRecorded> => {
      const { scope, key, bodyHmac } = act.idempotency;
      await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${scope} ${key}`]);
      const kept = await manager.findOneBy(IdempotencyEntity, { scope, key });
      if (kept !== null) return repeated(kept, bodyHmac);
      const [id, at] = [randomUUID(), await recordNow(manager)];
      await write(manager, { id, at, incident, subject });
      const reply = { recordId: id, recordedAt: at.toISOString() };
      await manager.insert(IdempotencyEntity, { scope, key, bodyHmac, response: reply, createdAt: at });
      await manager.insert(
        AuditLeafEntity,
        makeLeaf({
          at,
          authority: mandate.authority ?? `service:${this.deps.party}`,
          unitId: act.unit,
          person: act.caller.person,
          kind: 'command',
          action: act.action,
          target: { kind: 'incident', id: incident },
          code: 'OK',
        }),
      );
      return reply;
    });
    this.deps.wake();
    return recorded;
  }

  private async effect(
    manager: EntityManager,
    cause: { id: string; at: Date; unit: string },
    subjectId: string,
    rules: readonly DeadlineRuleId[],
    outcome: string,
    metAt: Date,
  ): Promise<void> {
    const matters: { id: string }[] = await manager.query(
      `select m.id from custody.matter m where m.subject_id = $1 and m.kind = 'child-protection'`,
      [subjectId],
    );
    const [matter] = matters;
    if (matter === undefined) return refuseAtDoor('UNKNOWN_SUBJECT');
    await manager.insert(EffectEntity, {
      id: cause.id,
      matterId: matter.id,
      unitId: cause.unit,
      rules: rules.join(' '),
      outcome,
      metAt,
      createdAt: cause.at,
    });
  }

  private async seal(
    unit: string,
    { id, incident, subject }: { id: string; incident: string; subject: string | null },
    fields: SealedField[],
  ): Promise<Buffer> {
    const content = SealedFieldsSchema.parse({ form: 'assessment', version: 1, fields });
    const sealed = await this.deps.sealing.sealing.seal({
      contentId: id,
      incidentId: incident,
      subjectId: subject,
      content,
      forUnits: [unit],
    });
    return sealed.ok ? sealed.value.ciphertext : refuseAtDoor('DEPENDENCY_UNAVAILABLE');
  }

  private as<Value>(unit: string, run: (manager: EntityManager) => Promise<Value>): Promise<Value> {
    return this.deps.database.transaction(async (manager) => {
      await manager.query(
        `select set_config('handslag.units', $1, true), set_config('search_path', $2, true)`,
        [unit, this.deps.party],
      );
      return run(manager);
    });
  }
}

/** A story that waits for people is told to look; nothing else rides with it. */
async function lookAgain(manager: EntityManager, incident: string): Promise<void> {
  await manager.query(
    `insert into stream as s (kind, id, wanted, open) values ('call-out', $1, 1, false)
     on conflict (kind, id) do update set wanted = s.wanted + 1`,
    [incident],
  );
}

function repeated(kept: IdempotencyEntity, bodyHmac: string): ActRecorded {
  if (kept.bodyHmac !== bodyHmac) return refuseAtDoor('IDEMPOTENCY_BODY_DIFFERS');
  const { response } = kept;
  if (
    typeof response === 'object' &&
    response !== null &&
    'recordId' in response &&
    'recordedAt' in response
  ) {
    return { recordId: String(response.recordId), recordedAt: String(response.recordedAt) };
  }
  throw new Error('a kept answer of another command');
}

function said(field: string, value: unknown, subject?: string): SealedField {
  return {
    field,
    value: asJson(value),
    concerns: subject === undefined ? [] : [subject],
    source: 'social-service',
    keepFrom: [],
  };
}
