import type { HandoffChanged, ReceiptView } from '#contracts';
import { ACTION_INPUTS } from '#contracts';
import type { CustodyCommands, SealedContent } from '#custody';
import {
  type HandoffActionDefinition,
  type HandoffCommand,
  type HandoffFacts,
  type HandoffId,
  type IncidentId,
  type InputShape,
  type MatterId,
  routeById,
  unitId,
} from '#domain';
import { hashCaseNumber } from '#sealing';
import { type EnvelopeSealer, textAnswer } from '../content/envelope-sealer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import { asCustodyCaller } from '../record/custody-caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { handoffFacts, matterFacts } from '../record/facts-reader.js';
import type { AcceptanceObservers } from './acceptance-observers.js';

export interface HandoffAct {
  readonly caller: Caller;
  readonly idempotency: Idempotency;
  readonly handoffId: string;
  readonly expectedVersion: number | null;
  readonly body: unknown;
}

interface Words {
  readonly kind: SealedContent['kind'];
  readonly field: string;
  readonly text: unknown;
}

/** What an input says in codes, and what it says in words, which are sealed for both sides. */
interface Said {
  readonly command: Omit<HandoffCommand, 'action' | 'expectedVersion' | 'contentDigest' | 'mergedInto'>;
  readonly words: Words | null;
  readonly mergedInto?: string;
  readonly caseNumberHash?: string;
}

export interface HandoffActionsDeps {
  readonly commands: CustodyCommands;
  readonly reader: CustodyReader;
  readonly sealer: EnvelopeSealer;
  readonly observers: AcceptanceObservers;
}

/** The actions on an offer, all by the one table (DESIGN 9). */
export class HandoffActions {
  constructor(private readonly deps: HandoffActionsDeps) {}

  async act(action: HandoffActionDefinition, act: HandoffAct): Promise<HandoffChanged> {
    const said = sayingOf(action.input, act.body);
    const units = unitsOf(act.caller);
    const read = await this.deps.reader.as(units, async (manager) => {
      const [handoff] = await handoffFacts(manager, [act.handoffId]);
      const [matter] = handoff === undefined ? [] : await matterFacts(manager, [handoff.matterId]);
      return { handoff, incidentId: matter?.incidentId, subjectId: matter?.subjectId };
    });
    if (read.handoff === undefined) return refuseAtDoor('NOT_FOUND');
    const contents = await this.seal(read.handoff, read.incidentId, read.subjectId, said.words);
    const { reply } = valueOrRefuse(
      await this.deps.commands.actOnHandoff(asCustodyCaller(act.caller, act.idempotency), {
        handoffId: act.handoffId as HandoffId,
        command: {
          action: action.name,
          expectedVersion: act.expectedVersion,
          ...said.command,
          ...(contents[0] === undefined ? {} : { contentDigest: contents[0].digest }),
        },
        contents,
        ...(said.mergedInto === undefined ? {} : { mergedInto: said.mergedInto as MatterId }),
        ...(said.caseNumberHash === undefined ? {} : { caseNumberHash: said.caseNumberHash }),
      }),
    );
    if (action.name === 'accept') await this.taken(act.caller, [read.handoff]);
    return this.changed(units, act.handoffId, reply.at);
  }

  /** After an acceptance was committed: what the receiving unit does with what it took. */
  async taken(caller: Caller, handoffs: readonly Pick<HandoffFacts, 'toUnit' | 'matterId'>[]): Promise<void> {
    for (const unit of new Set(handoffs.map(({ toUnit }) => toUnit))) {
      const own = handoffs.filter(({ toUnit }) => toUnit === unit);
      await this.deps.observers.taken({ caller, unit, matterIds: own.map(({ matterId }) => matterId) });
    }
  }

  /** The state after a command; its receipt if the matter was taken or attested. */
  async changed(units: readonly string[], handoffId: string, at: string): Promise<HandoffChanged> {
    return this.deps.reader.as(units, async (manager) => {
      const [handoff] = await handoffFacts(manager, [handoffId]);
      if (handoff === undefined) return refuseAtDoor('NOT_FOUND');
      const receipts: { jws: string }[] = await manager.query(
        'select r.jws from custody.receipt r where r.handoff_id = $1',
        [handoffId],
      );
      return {
        handoffId,
        matterId: handoff.matterId,
        phase: handoff.phase,
        version: handoff.version,
        at,
        receipt: receipts[0]?.jws ?? null,
      };
    });
  }

  /** The signed receipt of an accepted or attested offer. */
  async receipt(units: readonly string[], handoffId: string): Promise<ReceiptView> {
    const rows = await this.deps.reader.as(
      units,
      (manager): Promise<{ jws: string; kind: string; to_unit: string; from_unit: string }[]> =>
        manager.query(
          `select r.jws, r.kind, h.to_unit, h.from_unit from custody.receipt r
           join custody.handoff h on h.id = r.handoff_id where r.handoff_id = $1`,
          [handoffId],
        ),
    );
    const [row] = rows;
    if (row === undefined) return refuseAtDoor('NOT_FOUND');
    const isAttested = row.kind === 'attested';
    const signer = isAttested ? row.from_unit : row.to_unit;
    return { handoffId, receipt: row.jws, keysAt: `/api/v1/units/${signer}/keys`, isAttested };
  }

  private async seal(
    handoff: HandoffFacts,
    incidentId: IncidentId | undefined,
    subjectId: string | undefined,
    words: Words | null,
  ): Promise<SealedContent[]> {
    if (words === null || incidentId === undefined) return [];
    const { fromUnit, toUnit, id, route } = handoff;
    // Who is outside has no key and opens nothing: what was said there stays with the sender.
    const isOutside = routeById(route)?.custody === 'attested';
    return this.deps.sealer.seal([
      {
        incidentId,
        subjectId: subjectId ?? null,
        handoffId: id,
        kind: words.kind,
        form: 'text',
        answers: [textAnswer(words.field, words.text, 'named-with-value')],
        toUnit,
        forUnits: isOutside ? [fromUnit] : [fromUnit, toUnit],
      },
    ]);
  }
}

function sayingOf(shape: InputShape, body: unknown): Said {
  const noted = (said: Readonly<Record<string, unknown>>): Said => ({
    command: {},
    words: wordsOf('note', said),
  });
  switch (shape) {
    case 'DeclineHandoff': {
      const { reason, ...said } = ACTION_INPUTS.DeclineHandoff.parse(body);
      return { command: { reason }, words: wordsOf('note', said) };
    }
    case 'RedirectHandoff': {
      const { reason, proposedUnit, ...said } = ACTION_INPUTS.RedirectHandoff.parse(body);
      return {
        command: { reason, ...(proposedUnit === undefined ? {} : { proposedUnit: unitId(proposedUnit) }) },
        words: wordsOf('note', said),
      };
    }
    case 'RequestInformation':
      return noted(ACTION_INPUTS.RequestInformation.parse(body));
    case 'AnswerInformation':
      return { command: {}, words: wordsOf('answer', ACTION_INPUTS.AnswerInformation.parse(body)) };
    case 'WithdrawHandoff':
      return noted(ACTION_INPUTS.WithdrawHandoff.parse(body));
    case 'EnterInError':
      return noted(ACTION_INPUTS.EnterInError.parse(body));
    case 'RequestCancellation':
      return noted(ACTION_INPUTS.RequestCancellation.parse(body));
    case 'AttestHandoff': {
      const { function: takenBy, at, caseNumber } = ACTION_INPUTS.AttestHandoff.parse(body);
      const { salt, hash } = hashCaseNumber(caseNumber);
      return {
        command: { attestation: { function: takenBy, at: new Date(at) } },
        words: wordsOf('note', { caseNumber, salt }),
        caseNumberHash: hash,
      };
    }
    case 'Nothing':
    case 'AcceptHandoff': {
      const { mergedInto } = ACTION_INPUTS.AcceptHandoff.parse(body);
      return { command: {}, words: null, ...(mergedInto === undefined ? {} : { mergedInto }) };
    }
    case 'AssignMatter':
    case 'TakeOverMatter':
    case 'NoteMatter':
    case 'ContactAttempt':
    case 'ContactMade':
    case 'ScheduleEvent':
    case 'AttendEvent':
    case 'EventNoShow':
    case 'EventCancelled':
    case 'HoldMatter':
    case 'ResumeMatter':
    case 'ConfirmCancellation':
    case 'RefuseCancellation':
    case 'CloseMatter':
      throw new Error(`${shape} is no input of an action on an offer`);
  }
}

function wordsOf(kind: Words['kind'], said: Readonly<Record<string, unknown>>): Words | null {
  const spoken = Object.entries(said).filter(([, value]) => value !== undefined);
  return spoken.length === 0
    ? null
    : { kind, field: spoken[0]?.[0] ?? 'note', text: Object.fromEntries(spoken) };
}
