import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { AuditLeafEntity, makeLeaf } from '#audit';
import { DeadlineEntity, isNever, StepEntity } from '#database';
import { recordNow } from '#directory';
import { armClock, authorityOf, type DirectorySnapshot } from '#domain';
import type { PartyName } from '../party.port.js';
import { asUnits } from '../record/as-units.js';
import type { AwaitedHumanStep, StepState, StepTerms } from './awaited-step.js';
import { lookAgain, settleClock } from './settle-clock.js';

export interface PartyStepsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly directory: {
    snapshot(): Promise<DirectorySnapshot>;
    unitsOf(party: string): Promise<string[]>;
  };
}

/** How a process's steps are asked of this party; null while nobody of it can be asked. */
export type TermsOfSteps = (manager: EntityManager, step: AwaitedHumanStep) => Promise<StepTerms | null>;

const CustodyStateSchema = z.object({ met: z.boolean(), outcome: z.string().nullable() }).nullable();

const NOT_MET: StepState = { met: false, outcome: null };

/**
 * The human steps that a process awaits of this party (DESIGN 4, `ensureStep`): where custody's own commands opened the
 * deadline it is that one, else one deadline in the party's schema, opened once however often and by how many it is
 * asked for at once. Work asked of a function is that deadline; there is no second list.
 */
export class PartySteps {
  readonly #terms = new Map<string, TermsOfSteps[]>();

  constructor(private readonly deps: PartyStepsDeps) {}

  /** How steps of this process are asked; the first that knows a step's terms says them. */
  addTerms(process: string, termsOf: TermsOfSteps): void {
    this.#terms.set(process, [...(this.#terms.get(process) ?? []), termsOf]);
  }

  private async termsOf(manager: EntityManager, step: AwaitedHumanStep): Promise<StepTerms | null> {
    for (const termsOf of this.#terms.get(step.process) ?? []) {
      const terms = await termsOf(manager, step);
      if (terms !== null) return terms;
    }
    return null;
  }

  /** Makes sure that the step's one deadline exists, and says whether it is met. */
  async ensure(step: AwaitedHumanStep): Promise<StepState> {
    const held = await this.inCustody(step);
    if (held !== null) return held;
    const { database, directory, party } = this.deps;
    const [units, snapshot] = [await directory.unitsOf(party), await directory.snapshot()];
    return asUnits(database, units, async (manager) => {
      await lock(manager, step);
      const known = await this.read(manager, step);
      if (known !== null) return known;
      const terms = await this.termsOf(manager, step);
      if (terms !== null) await this.open(manager, snapshot, step, terms, null);
      return NOT_MET;
    });
  }

  /**
   * In the transaction that writes what was done: the step is met with this outcome, and the story is told to look. Met
   * before the story came to ask for it, it is kept as met, so that the story passes through. Meeting it again changes
   * the outcome only.
   */
  async meet(
    manager: EntityManager,
    step: AwaitedHumanStep,
    { outcome, at, terms }: { outcome: string; at: Date; terms: StepTerms },
  ): Promise<void> {
    const snapshot = await this.deps.directory.snapshot();
    await lock(manager, step);
    const known = await manager.findOneBy(StepEntity, { ...step });
    if (known === null) await this.open(manager, snapshot, step, terms, { outcome, at });
    else {
      await manager.update(StepEntity, { ...step }, { outcome });
      await manager.query(
        `update ${this.deps.party}.deadline set ended_at = greatest($2::timestamptz, start_at), ended_as = 'met'
         where id = $1 and ended_at = 'infinity'`,
        [known.deadlineId, at],
      );
      await settleClock(manager, this.deps.party, step.processId);
    }
    await lookAgain(manager, this.deps.party, step);
  }

  /** In the transaction of an act: asks for the step since that act. Asked before, it stays as it was. */
  async ask(manager: EntityManager, step: AwaitedHumanStep, terms: StepTerms): Promise<void> {
    const snapshot = await this.deps.directory.snapshot();
    await lock(manager, step);
    if ((await this.read(manager, step)) === null) await this.open(manager, snapshot, step, terms, null);
  }

  private async inCustody({
    process,
    processId,
    stepKey,
    occurrence,
  }: AwaitedHumanStep): Promise<StepState | null> {
    const rows: { state: unknown }[] = await this.deps.database.query(
      'select custody.step_state($1, $2, $3, $4) as state',
      [process, processId, stepKey, occurrence],
    );
    return CustodyStateSchema.parse(rows[0]?.state ?? null);
  }

  private async read(manager: EntityManager, step: AwaitedHumanStep): Promise<StepState | null> {
    const known = await manager.findOneBy(StepEntity, { ...step });
    if (known === null) return null;
    const deadline = await manager.findOneByOrFail(DeadlineEntity, { id: known.deadlineId });
    return { met: !isNever(deadline.endedAt), outcome: known.outcome };
  }

  private async open(
    manager: EntityManager,
    snapshot: DirectorySnapshot,
    step: AwaitedHumanStep,
    terms: StepTerms,
    met: { readonly outcome: string; readonly at: Date } | null,
  ): Promise<void> {
    const now = await recordNow(manager);
    const armed = armClock(
      { snapshot, newId: randomUUID },
      {
        ...terms,
        dutyHolder: authorityOf(snapshot, terms.askedOf, now),
        officeOf: terms.askedOf,
      },
    );
    await manager.insert(DeadlineEntity, {
      ...armed,
      because: [...armed.because],
      clockId: step.processId,
      handoffId: null,
      endedAt: met === null ? Number.POSITIVE_INFINITY : met.at < terms.startAt ? terms.startAt : met.at,
      endedAs: met === null ? null : 'met',
    });
    await manager.insert(StepEntity, { ...step, deadlineId: armed.id, outcome: met?.outcome ?? null });
    await settleClock(manager, this.deps.party, step.processId);
    // What a person did is audited as her command; what the story opened is the system's.
    if (met !== null) return;
    await manager.insert(
      AuditLeafEntity,
      makeLeaf({
        at: now,
        authority: armed.dutyHolder,
        unitId: terms.askedOf,
        person: null,
        kind: 'command',
        action: 'open-step',
        target: { kind: 'deadline', id: armed.id },
        code: 'OK',
      }),
    );
  }
}

/** One at a time for one step: the story and a person may come to it at the same moment. */
async function lock(manager: EntityManager, step: AwaitedHumanStep): Promise<void> {
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    JSON.stringify(['step', step.process, step.processId, step.stepKey, step.occurrence]),
  ]);
}
