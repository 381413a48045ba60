import { randomUUID } from 'node:crypto';
import { endOfDay, localDateOfInstant, parseLocalDate } from '#calendar';
import type { ActRecorded, RecordChildAct } from '#contracts';
import {
  CHILD_ACTS,
  type ChildActToDecide,
  type ChildRecord,
  CONSENT_PATH_TABLE,
  childCaseOf,
  chooseProgramme,
  consentCarriesSupport,
  decideChildAct,
} from '#domain';
import {
  type ActRecorder,
  type ActScope,
  type Caller,
  ConsentPathEntity,
  type CustodyReader,
  type Idempotency,
  matterFacts,
  notInFuture,
  refuseAtDoor,
  type SafetyGate,
  type SafetyGateDecisions,
  said,
  unitsOf,
  valueOrRefuse,
} from '#party';
import { ChildActEntity, ChildCaseEntity } from './child-case.entities.js';
import type { ChildCases } from './child-cases.service.js';

export interface ChildActsDeps {
  readonly cases: ChildCases;
  readonly recorder: ActRecorder;
  readonly reader: CustodyReader;
  readonly gate: SafetyGate;
  readonly persons: SafetyGateDecisions;
}

type Body<Kind extends RecordChildAct['kind']> = Extract<RecordChildAct, { kind: Kind }>;

/** What BoU does in a child's case, from the notices to the end of the follow-up. */
export class ChildActs {
  constructor(private readonly deps: ChildActsDeps) {}

  /**
   * Records one act of the case of that report; it may be done earlier and recorded later, and an act that was a mistake is
   * taken back by another with a reason. Refuses NOT_FOUND without a case, what `decideChildAct` refuses, a closed safety
   * gate for whom it reaches, a consent path that does not carry the support, and a time in the future.
   */
  async record(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: RecordChildAct,
  ): Promise<ActRecorded> {
    const theCase = await this.find(caller, matterId);
    const { unitId: unit, incidentId, subjectId } = theCase;
    const { recorder, cases } = this.deps;
    return recorder.record({ caller, idempotency, unit, action: 'record-child-act' }, async (scope) => {
      const { manager, id, at } = scope;
      const effectiveAt = notInFuture(body.at, at, 'at');
      const cause = { id, outcome: codeOf(body, effectiveAt), effectiveAt, recordedAt: at };
      const version = await cases.change(manager, theCase, cause, async (before) => {
        const act = await this.act(scope, caller, theCase, body, before);
        valueOrRefuse(decideChildAct(before, act));
        if (body.kind === 'support') await this.refuseWithoutConsent(scope, theCase, body);
        const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, wordsOf(body, subjectId));
        const { until, ...columns } = act;
        const next = before.acts.length + 1;
        await manager.insert(ChildActEntity, {
          ...{ ...columns, ...sealed, id, incidentId, subjectId, unitId: unit, caseId: theCase.id },
          ...{ version: next, recordedAt: at, recordedBy: caller.person, untilAt: until },
        });
        return next;
      });
      return { version, target: { kind: 'matter', id: matterId } };
    });
  }

  /** A second report of the same child, in the case whose investigation runs. Refuses INVESTIGATION_NOT_RUNNING. */
  async link(
    { manager, at }: ActScope,
    caller: Caller,
    running: ChildCaseEntity,
    { matterId, by, reasons }: { readonly matterId: string; readonly by: string; readonly reasons: string },
  ): Promise<void> {
    const { unitId: unit, incidentId, subjectId } = running;
    const id = randomUUID();
    const act = { kind: 'second-report', code: by, aboutId: matterId, effectiveAt: at, until: null } as const;
    const cause = { id, outcome: by, effectiveAt: at, recordedAt: at };
    await this.deps.cases.change(manager, running, cause, async (before) => {
      valueOrRefuse(decideChildAct(before, act));
      const words = [said('child-act.second-report', { reasons }, subjectId)];
      const sealed = await this.deps.recorder.seal({ id, incidentId, subjectId, unit }, words);
      const { until, ...columns } = act;
      await manager.insert(ChildActEntity, {
        ...{ ...columns, ...sealed, id, incidentId, subjectId, unitId: unit, caseId: running.id },
        ...{ version: before.acts.length + 1, recordedAt: at, recordedBy: caller.person, untilAt: until },
      });
    });
  }

  /** The caller's unit's case of a report, also when the report has gone on to another unit. */
  async find(caller: Caller, matterId: string): Promise<ChildCaseEntity> {
    const units = unitsOf(caller);
    const cases = await this.deps.reader.as(units, (manager) =>
      manager.findBy(ChildCaseEntity, { matterId }),
    );
    return cases.find(({ unitId }) => units.includes(unitId)) ?? refuseAtDoor('NOT_FOUND');
  }

  private async act(
    scope: ActScope,
    caller: Caller,
    theCase: ChildCaseEntity,
    body: RecordChildAct,
    before: ChildRecord,
  ): Promise<ChildActToDecide> {
    const effectiveAt = new Date(body.at);
    const plain = {
      kind: body.kind,
      code: codeOf(body, effectiveAt),
      aboutId: null,
      effectiveAt,
      until: null,
    };
    if (body.kind === 'notice' || body.kind === 'reach')
      return { ...plain, aboutId: await this.reached(scope, caller, theCase, body) };
    if (body.kind === 'extension') return { ...plain, until: endOfDayNamed(body.until) };
    if (body.kind === 'risk-review') return { ...plain, aboutId: body.fact };
    if (body.kind === 'entered-in-error') return { ...plain, aboutId: body.act };
    if (body.kind === 'commission')
      return { ...plain, aboutId: await this.commissioned(scope, theCase, body) };
    if (body.kind === 'follow-up') return { ...plain, effectiveAt: followedSince(body, before, scope.at) };
    return plain;
  }

  /** Whom it reaches, past her own safety gate; that somebody is not told reaches nobody. */
  private async reached(
    scope: ActScope,
    caller: Caller,
    { subjectId, incidentId, unitId: unit }: ChildCaseEntity,
    body: Body<'notice' | 'reach'>,
  ): Promise<string> {
    const child = { id: subjectId, role: 'child', incidentId } as const;
    const { id: personId } = await this.deps.persons.find(scope, caller, child, unit, body.person);
    if (body.outcome === 'NOT_TOLD') return personId;
    const contact =
      body.outcome === 'TOLD' ? 'notice' : body.outcome === 'APPOINTMENT' ? 'appointment' : 'decision-served';
    const asked = { unit, subjectId, personId, contact, isAutomatic: false } as const;
    valueOrRefuse(await this.deps.gate.mayReach(asked, 'person', scope.manager));
    return personId;
  }

  /** The matter in which RVC is to give the support: the same child's, opened by this unit. */
  private async commissioned(
    { manager }: ActScope,
    { subjectId }: ChildCaseEntity,
    { outcome, matterId }: Body<'commission'>,
  ): Promise<string | null> {
    if (matterId === undefined) {
      if (outcome === 'TO_OPEN_CARE') return null;
      return refuseAtDoor('INVALID_INPUT', {
        errors: [{ field: 'matterId', message: 'is asked for with TO_RVC' }],
      });
    }
    const [matter] = await matterFacts(manager, [matterId]);
    if (matter?.kind !== 'child-support' || matter.subjectId !== subjectId) return refuseAtDoor('NOT_FOUND');
    return matterId;
  }

  private async refuseWithoutConsent(
    { manager, mandate }: ActScope,
    { subjectId, unitId }: ChildCaseEntity,
    { outcome, committeeProtocol }: Body<'support'>,
  ): Promise<void> {
    if (!outcome.startsWith('GRANTED_')) return;
    const measure = outcome === 'GRANTED_OPEN_CARE' ? 'open-intervention' : 'trappan-or-here-and-now';
    const [path] = await manager.find(ConsentPathEntity, {
      where: { subjectId, unitId, measure },
      order: { version: 'DESC' },
      take: 1,
    });
    const row = CONSENT_PATH_TABLE.find(({ id }) => id === path?.rowId);
    valueOrRefuse(
      consentCarriesSupport({
        path: path?.path ?? null,
        decides: row?.decides ?? null,
        takenBy:
          committeeProtocol === undefined
            ? { officer: mandate.role }
            : { body: 'committee', protocol: committeeProtocol },
      }),
    );
  }
}

/** The code of an act; of an evaluation it is the criteria's to say. */
function codeOf(body: RecordChildAct, at: Date): string {
  if (body.kind === 'programme')
    return PROGRAMME_CODES[
      chooseProgramme(programmeFacts(body), localDateOfInstant(at)).programme ?? 'neither'
    ];
  return 'outcome' in body ? body.outcome : CHILD_ACTS[body.kind].codes[0];
}

const PROGRAMME_CODES = { trappan: 'TRAPPAN', 'here-and-now': 'HERE_AND_NOW', neither: 'NEITHER' } as const;

function programmeFacts({ age, ...facts }: Body<'programme'>) {
  return { ...facts, age: age === 'unknown' ? null : age };
}

/** What is said in words, and the answers behind a code: sealed to the unit. */
function wordsOf(body: RecordChildAct, subjectId: string) {
  const { kind, at: _at, reasons, ...rest } = body;
  const answers =
    body.kind === 'programme'
      ? { ...rest, ...chooseProgramme(programmeFacts(body), localDateOfInstant(new Date(body.at))) }
      : 'committeeProtocol' in rest && rest.committeeProtocol !== undefined
        ? { committeeProtocol: rest.committeeProtocol }
        : undefined;
  return [
    said(`child-act.${kind}`, answers === undefined ? { reasons } : { reasons, ...answers }, subjectId),
  ];
}

function endOfDayNamed(day: string): Date {
  const date = parseLocalDate(day);
  return date === undefined
    ? refuseAtDoor('INVALID_INPUT', { errors: [{ field: 'until', message: 'is no day' }] })
    : endOfDay(date);
}

/** D-07 counts from the closing that the record knows, or from the end of the placement or care that is said. */
function followedSince({ outcome, since }: Body<'follow-up'>, before: ChildRecord, now: Date): Date {
  if (outcome === 'AFTER_INVESTIGATION') return childCaseOf(before).closing?.effectiveAt ?? now;
  return since === undefined
    ? refuseAtDoor('INVALID_INPUT', { errors: [{ field: 'since', message: 'when it ended is asked for' }] })
    : notInFuture(since, now, 'since');
}
