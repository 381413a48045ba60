import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { DeadlineEntity } from '#database';
import { armClock, authorityOf, type DeadlineRuleId, type DirectorySnapshot } from '#domain';
import { DEADLINE_COLUMNS, type DeadlineRow } from '../dispatches/deadline-view.js';
import type { PartyName } from '../party.port.js';
import type { StepTerms } from '../steps/awaited-step.js';
import { settleClock } from '../steps/settle-clock.js';

export interface OwnDeadlinesDeps {
  readonly party: PartyName;
  readonly snapshot: () => Promise<DirectorySnapshot>;
}

/**
 * Deadlines in the party's own schema that a feature opens and ends in the transaction of what was done, with the clock's
 * wake-up (DESIGN 4). No process awaits them; the function asked is called as by every ladder.
 */
export class OwnDeadlines {
  constructor(private readonly deps: OwnDeadlinesDeps) {}

  /** Opens one of a clock, counted from `startAt`; its explanation is stored with it (C8). */
  async open(manager: EntityManager, clockId: string, terms: StepTerms): Promise<void> {
    const snapshot = await this.deps.snapshot();
    const armed = armClock(
      { snapshot, newId: randomUUID },
      {
        ...terms,
        dutyHolder: authorityOf(snapshot, terms.askedOf, terms.startAt),
        officeOf: terms.askedOf,
      },
    );
    await manager.insert(DeadlineEntity, { ...armed, because: [...armed.because], clockId, handoffId: null });
    await settleClock(manager, this.deps.party, clockId);
  }

  /** Ends those of a clock that are open by one of the rules; none open is no fault. */
  async end(
    manager: EntityManager,
    clockId: string,
    rules: readonly DeadlineRuleId[],
    { as, at }: { readonly as: 'met' | 'lifted'; readonly at: Date },
  ): Promise<void> {
    await manager.query(
      `update ${this.deps.party}.deadline set ended_at = greatest($3::timestamptz, start_at), ended_as = $4
       where clock_id = $1 and rule = any ($2::text[]) and ended_at = 'infinity'`,
      [clockId, rules, at, as],
    );
    await settleClock(manager, this.deps.party, clockId);
  }

  /** All of a clock that the units of this transaction may see, soonest due first. */
  async of(
    manager: EntityManager,
    clockIds: readonly string[],
  ): Promise<(DeadlineRow & { clock_id: string })[]> {
    return manager.query(
      `select d.clock_id, ${DEADLINE_COLUMNS} from ${this.deps.party}.deadline d
       where d.clock_id = any ($1::uuid[]) order by d.due_at, d.id`,
      [clockIds],
    );
  }
}
