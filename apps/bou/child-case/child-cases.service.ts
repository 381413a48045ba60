import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import {
  type ChildQuestion,
  type ChildRecord,
  childCaseOf,
  childQuestions,
  isAlive,
  type MatterFacts,
  unitId,
} from '#domain';
import {
  type AwaitedHumanStep,
  type CaseStreams,
  type CustodyReader,
  type Effects,
  lockFor,
  type PartyDirectory,
  type PartySteps,
  type StepTerms,
  type ToldFact,
} from '#party';
import { ChildCaseEntity, ChildFactEntity } from './child-case.entities.js';
import { childRecord } from './child-records.js';

export const CHILD_DECISION = 'child-decision';

export interface ChildCasesDeps {
  readonly streams: CaseStreams;
  readonly steps: PartySteps;
  readonly effects: Effects;
  readonly reader: CustodyReader;
  readonly directory: PartyDirectory;
}

/** What changed a case: named in what follows from it. */
export interface Cause {
  readonly id: string;
  /** A code, for the steps that it ends. */
  readonly outcome: string;
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
}

/** The cases of children at BoU: what each asks of people follows its record, in the transaction that changes it. */
export class ChildCases {
  constructor(private readonly deps: ChildCasesDeps) {}

  /** Changes a case and lets everything follow: steps are met and asked, others are told, the story looks again. */
  async change<Value>(
    manager: EntityManager,
    theCase: ChildCaseEntity,
    cause: Cause,
    write: (before: ChildRecord) => Promise<Value>,
  ): Promise<Value> {
    await lockFor(manager, `child-case ${theCase.id}`);
    const before = await childRecord(manager, theCase);
    const value = await write(before);
    const after = await childRecord(manager, theCase);
    await this.settle(manager, theCase, cause, before, after);
    return value;
  }

  /** The case of the report that a unit holds, made with the first decision about it. */
  async ensure(manager: EntityManager, matter: MatterFacts, at: Date): Promise<ChildCaseEntity> {
    const of = { matterId: matter.id, unitId: matter.holderUnit };
    await lockFor(manager, `child-case-of ${matter.id}`);
    const known = await manager.findOneBy(ChildCaseEntity, of);
    if (known !== null) return known;
    const { incidentId, subjectId } = matter;
    const made = { id: randomUUID(), ...of, incidentId, subjectId, createdAt: at };
    await manager.insert(ChildCaseEntity, made);
    const story = { process: CHILD_DECISION, caseId: made.id } as const;
    await this.deps.streams.open(manager, story);
    await this.deps.streams.follow(manager, { ...story, matterId: matter.id, unit: matter.holderUnit });
    return made;
  }

  /** A published fact, in each case of the unit that it concerns and that is not over. */
  async told(manager: EntityManager, fact: ToldFact): Promise<void> {
    const { incidentId, subjectId, unit } = fact;
    const cases = await manager.find(ChildCaseEntity, {
      where: subjectId === null ? { incidentId, unitId: unit } : { incidentId, subjectId, unitId: unit },
    });
    for (const theCase of cases) {
      if (!isAlive(childCaseOf(await childRecord(manager, theCase)))) continue;
      const cause = { id: fact.id, outcome: 'TOLD', effectiveAt: fact.effectiveAt, recordedAt: fact.now };
      await this.change(manager, theCase, cause, () =>
        manager.insert(ChildFactEntity, {
          ...{ factId: fact.id, caseId: theCase.id, subjectId: theCase.subjectId, unitId: unit },
          ...{ code: fact.code, effectiveAt: fact.effectiveAt, knownAt: fact.now },
        }),
      );
    }
  }

  /** A new decision on who may be reached changes what is safe for the child: its stories look again. */
  async reachChanged(
    manager: EntityManager,
    { subjectId, unit }: { readonly subjectId: string; readonly unit: string },
  ): Promise<void> {
    for (const { id } of await manager.findBy(ChildCaseEntity, { subjectId, unitId: unit })) {
      await this.deps.streams.nudge(manager, { process: CHILD_DECISION, caseId: id });
    }
  }

  /** How a step of the story is asked; null for what the case asks for no longer. */
  async termsOf(manager: EntityManager, step: AwaitedHumanStep): Promise<StepTerms | null> {
    const theCase = await manager.findOneBy(ChildCaseEntity, { id: step.processId });
    if (theCase === null) return null;
    const question = childQuestions(await childRecord(manager, theCase)).find(
      ({ stepKey, occurrence }) => stepKey === step.stepKey && occurrence === step.occurrence,
    );
    return question === undefined ? null : terms(question, theCase);
  }

  /** What the story may know: what is asked now, and whether the unit still answers for the report (C5). */
  async facts({ caseId }: { readonly caseId: string }) {
    const units = await this.deps.directory.unitsOf('bou');
    return this.deps.reader.as(units, async (manager) => {
      const theCase = await manager.findOneBy(ChildCaseEntity, { id: caseId });
      if (theCase === null) return { isHeld: false, asked: [] };
      const held: unknown[] = await manager.query(
        `select 1 from custody.matter m where m.id = $1 and m.holder_unit = $2 and m.closed_at = 'infinity'`,
        [theCase.matterId, theCase.unitId],
      );
      const asked = childQuestions(await childRecord(manager, theCase));
      return {
        isHeld: held.length > 0,
        asked: asked.map(({ stepKey, occurrence }) => ({ stepKey, occurrence })),
      };
    });
  }

  /** The story is told: its stream asks for no workflow any more. */
  async close({ caseId }: { readonly caseId: string }): Promise<void> {
    await this.deps.streams.close({ process: CHILD_DECISION, caseId });
  }

  private async settle(
    manager: EntityManager,
    theCase: ChildCaseEntity,
    cause: Cause,
    before: ChildRecord,
    after: ChildRecord,
  ): Promise<void> {
    const { steps, streams } = this.deps;
    const [asked, asks] = [childQuestions(before), childQuestions(after)];
    const isIn = (questions: readonly ChildQuestion[], { stepKey, occurrence }: ChildQuestion): boolean =>
      questions.some((one) => one.stepKey === stepKey && one.occurrence === occurrence);
    for (const question of asked.filter((one) => !isIn(asks, one))) {
      await steps.meet(manager, stepOf(question, theCase), {
        outcome: cause.outcome,
        at: cause.effectiveAt,
        terms: terms(question, theCase),
      });
    }
    for (const question of asks.filter((one) => !isIn(asked, one))) {
      await steps.ask(manager, stepOf(question, theCase), terms(question, theCase));
    }
    await this.publish(manager, theCase, cause, before, after);
    await streams.nudge(manager, { process: CHILD_DECISION, caseId: theCase.id });
  }

  private async publish(
    manager: EntityManager,
    { incidentId, subjectId, unitId: unit }: ChildCaseEntity,
    { id: causeId, effectiveAt, recordedAt }: Cause,
    before: ChildRecord,
    after: ChildRecord,
  ): Promise<void> {
    const [was, is] = [childCaseOf(before), childCaseOf(after)];
    const tell = (code: 'investigation-opened' | 'investigation-closed' | 'child-support-decided') =>
      this.deps.effects.publish(manager, {
        ...{ causeId, code, incidentId, subjectId, unit, effectiveAt, recordedAt },
      });
    if (was.phase !== 'running' && is.phase === 'running') await tell('investigation-opened');
    if (was.phase === 'running' && is.phase !== 'running') await tell('investigation-closed');
    if (is.granted !== null && is.granted.id !== was.granted?.id) await tell('child-support-decided');
  }
}

function stepOf({ stepKey, occurrence }: ChildQuestion, { id }: ChildCaseEntity): AwaitedHumanStep {
  return { process: CHILD_DECISION, processId: id, stepKey, occurrence };
}

function terms(question: ChildQuestion, theCase: ChildCaseEntity): StepTerms {
  const { rule, ladder, startEvent, startAt, events } = question;
  return {
    rule,
    ladder,
    startEvent,
    startAt,
    askedOf: unitId(theCase.unitId),
    ...(events === undefined ? {} : { events }),
  };
}
