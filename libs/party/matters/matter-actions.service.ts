import { createHmac } from 'node:crypto';
import { endOfDay, parseLocalDate } from '#calendar';
import { ACTION_INPUTS, type MatterChanged, type OpenMatter } from '#contracts';
import type { CustodyCommands, SealedContent } from '#custody';
import {
  type Booking,
  type ClosingNeed,
  type InputShape,
  type MatterActionDefinition,
  type MatterCommand,
  type MatterFacts,
  type MatterFlag,
  type MatterId,
  MEETING_MINUTES,
  type PersonId,
  type SubjectId,
  unitId,
} from '#domain';
import { type EnvelopeSealer, textAnswer } from '../content/envelope-sealer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { matterFacts } from '../record/facts-reader.js';
import type { Outward } from '../record/outward.js';
import type { MatterGates } from './matter-gates.js';

export interface MatterAct {
  readonly caller: Caller;
  readonly idempotency: Idempotency;
  readonly matterId: string;
  readonly expectedVersion: number | null;
  readonly body: unknown;
}

interface Said {
  readonly command: Omit<MatterCommand, 'action' | 'expectedVersion' | 'contentDigest'>;
  /** In words: sealed for the holder alone. */
  readonly words: Readonly<Record<string, unknown>> | null;
  readonly meeting?: {
    readonly at: string;
    readonly minutes?: number | undefined;
    readonly site?: string | undefined;
  };
}

export interface MatterActionsDeps {
  readonly gates: MatterGates;
  readonly commands: CustodyCommands;
  readonly reader: CustodyReader;
  readonly sealer: EnvelopeSealer;
  readonly outward: Outward;
  /** Keys the digest of a site, so that no place stands beside a time in the record. */
  readonly idKey: Buffer;
}

/** The work on a matter by the unit that answers for it. */
export class MatterActions {
  constructor(private readonly deps: MatterActionsDeps) {}

  async act(action: MatterActionDefinition, act: MatterAct): Promise<MatterChanged> {
    const said = sayingOf(action.input, act.body);
    const units = unitsOf(act.caller);
    const matter = await this.read(units, act.matterId);
    await this.deps.gates.check(action, act, matter);
    const contents = said.words === null ? [] : await this.seal(matter, units, said.words);
    const { reply } = valueOrRefuse(
      await this.deps.commands.actOnMatter(asCustodyCaller(act.caller, act.idempotency), {
        matterId: matter.id,
        command: {
          action: action.name,
          expectedVersion: act.expectedVersion,
          ...said.command,
          ...(contents[0] === undefined ? {} : { contentDigest: contents[0].digest }),
          ...(said.meeting === undefined ? {} : { booking: this.booking(said.meeting, matter.holderUnit) }),
        },
        contents,
      }),
    );
    return this.changed(units, reply.matterId, reply.at);
  }

  /** A new need of a person that one of the caller's units knows. */
  async open(caller: Caller, idempotency: Idempotency, body: OpenMatter): Promise<MatterChanged> {
    if (mandateAt(caller, body.actingUnit) === undefined) return refuseAtDoor('NOT_YOUR_UNIT');
    const units = unitsOf(caller);
    const candidates = this.deps.outward.candidates(body.subjectId, caller);
    const [subject] = await this.deps.reader.as(
      units,
      (manager): Promise<{ id: string }[]> =>
        manager.query('select s.id from custody.subject s where s.id = any ($1::uuid[])', [candidates]),
    );
    if (subject === undefined) return refuseAtDoor('UNKNOWN_SUBJECT');
    const { reply } = valueOrRefuse(
      await this.deps.commands.openMatter(asCustodyCaller(caller, idempotency), {
        actingUnit: unitId(body.actingUnit),
        subjectId: subject.id as SubjectId,
        kind: body.kind,
        continuesId: (body.continues ?? null) as MatterId | null,
      }),
    );
    return this.changed(units, reply.matterId, reply.at);
  }

  private booking({ at, minutes, site }: NonNullable<Said['meeting']>, unit: string): Booking {
    const place = (site ?? unit).normalize('NFC').toLowerCase().replace(/\s+/g, ' ');
    const from = new Date(at);
    return {
      site: createHmac('sha256', this.deps.idKey).update(`handslag/site/1\0${place}`).digest('base64url'),
      from,
      until: new Date(from.getTime() + (minutes ?? MEETING_MINUTES) * 60_000),
    };
  }

  private async read(units: readonly string[], id: string): Promise<MatterFacts> {
    const [matter] = await this.deps.reader.as(units, (manager) => matterFacts(manager, [id]));
    return matter ?? refuseAtDoor('NOT_FOUND');
  }

  private async changed(units: readonly string[], id: string, at: string): Promise<MatterChanged> {
    const { phase, version, ...matter } = await this.read(units, id);
    return { matterId: id, phase, flags: flagsOf(matter), version, at };
  }

  private seal(
    matter: MatterFacts,
    units: readonly string[],
    words: Readonly<Record<string, unknown>>,
  ): Promise<SealedContent[]> {
    if (!units.includes(matter.holderUnit)) return Promise.resolve([]);
    return this.deps.sealer.seal([
      {
        incidentId: matter.incidentId,
        subjectId: matter.subjectId,
        handoffId: null,
        kind: 'note',
        form: 'text',
        answers: [textAnswer('note', words, 'named-with-value')],
        toUnit: matter.holderUnit,
        forUnits: [matter.holderUnit],
      },
    ]);
  }
}

/** What rests beside the phase of a matter. */
export function flagsOf(matter: Pick<MatterFacts, 'holdReviewAt' | 'cancellationHandoffId'>): MatterFlag[] {
  return [
    ...(matter.holdReviewAt === null ? [] : (['on-hold'] as const)),
    ...(matter.cancellationHandoffId === null ? [] : (['cancellation-requested'] as const)),
  ];
}

function sayingOf(shape: InputShape, body: unknown): Said {
  switch (shape) {
    case 'AssignMatter':
      // A person's id as it is in her token; whether she has a mandate is seen when she acts.
      return {
        command: { assignTo: ACTION_INPUTS.AssignMatter.parse(body).person as PersonId },
        words: null,
      };
    case 'HoldMatter': {
      const { reason, reviewOn, note } = ACTION_INPUTS.HoldMatter.parse(body);
      const day = parseLocalDate(reviewOn);
      return {
        command: { reason, ...(day === undefined ? {} : { reviewAt: endOfDay(day) }) },
        words: spoken({ note }),
      };
    }
    case 'NoteMatter': {
      const { note, decides } = ACTION_INPUTS.NoteMatter.parse(body);
      return { command: decides === undefined ? {} : { reason: decides }, words: spoken({ note }) };
    }
    case 'ContactAttempt': {
      const { outcome, ...said } = ACTION_INPUTS.ContactAttempt.parse(body);
      return { command: { reason: outcome }, words: spoken(said) };
    }
    case 'ContactMade': {
      const { outcome, ...said } = ACTION_INPUTS.ContactMade.parse(body);
      return { command: { reason: outcome }, words: spoken(said) };
    }
    case 'ScheduleEvent': {
      const meeting = ACTION_INPUTS.ScheduleEvent.parse(body);
      return { command: {}, words: spoken(meeting), meeting };
    }
    case 'AttendEvent':
      return { command: {}, words: spoken(ACTION_INPUTS.AttendEvent.parse(body)) };
    case 'EventNoShow':
      return { command: {}, words: spoken(ACTION_INPUTS.EventNoShow.parse(body)) };
    case 'EventCancelled': {
      const { by, note } = ACTION_INPUTS.EventCancelled.parse(body);
      return { command: { reason: by }, words: spoken({ note }) };
    }
    case 'ConfirmCancellation': {
      const input = ACTION_INPUTS.ConfirmCancellation.parse(body);
      return { command: 'outcome' in input ? { outcome: input.outcome } : {}, words: null };
    }
    case 'RefuseCancellation':
      return { command: {}, words: spoken(ACTION_INPUTS.RefuseCancellation.parse(body)) };
    case 'CloseMatter': {
      const { outcome, ...said } = ACTION_INPUTS.CloseMatter.parse(body);
      return { command: { outcome, shown: shownBy(said) }, words: spoken(said) };
    }
    case 'Nothing':
    case 'TakeOverMatter':
    case 'ResumeMatter':
      return { command: {}, words: null };
    case 'AcceptHandoff':
    case 'DeclineHandoff':
    case 'RedirectHandoff':
    case 'RequestInformation':
    case 'AnswerInformation':
    case 'WithdrawHandoff':
    case 'EnterInError':
    case 'RequestCancellation':
    case 'AttestHandoff':
      throw new Error(`${shape} is no input of an action on a matter`);
  }
}

function shownBy(said: {
  decision?: unknown;
  personsReason?: unknown;
  attempts?: unknown;
  recheckedOutside?: unknown;
}): ReadonlySet<ClosingNeed> {
  const shown = new Set<ClosingNeed>();
  if (said.decision !== undefined) shown.add('nothing-further-decision');
  if (said.personsReason !== undefined) shown.add('person-reason');
  if (said.attempts !== undefined) shown.add('note-of-attempts');
  if (said.recheckedOutside !== undefined) shown.add('attested-and-rechecked');
  return shown;
}

function spoken(said: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | null {
  const entries = Object.entries(said).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}
