import type { DataSource, EntityManager } from 'typeorm';
import type { OwnDeadlines } from '../clock/own-deadlines.js';
import type { PartyName } from '../party.port.js';
import { asUnits } from '../record/as-units.js';
import { CONFIRM_RULE, confirmTerms } from './safe-contacts.service.js';

export interface SafeContactWatchDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly deadlines: OwnDeadlines;
  readonly units: () => Promise<readonly string[]>;
}

interface ToWatch {
  readonly id: string;
  readonly unit: string;
  readonly told_at: Date;
}

const BATCH = 200;

/**
 * Every matter whose person has a safe contact has the thirty days running at the unit that answers for it, from when it
 * was told; a matter that was taken over by another, or closed, has none here. What a unit was sent it need not have read.
 */
export class SafeContactWatch {
  constructor(private readonly deps: SafeContactWatchDeps) {}

  /**
   * Brings the deadlines of the party's units in line with what they hold; answers how many changed. By the hour: the net
   * behind {@link taken}, and what ends them.
   */
  async look(): Promise<number> {
    const units = await this.deps.units();
    return this.alone(
      units,
      async (manager) => (await this.lift(manager)) + (await this.arm(manager, units, null)),
    );
  }

  /** A unit took these matters: the thirty days run from what it was told, and not from the next round. Idempotent. */
  async taken(unit: string, matterIds: readonly string[]): Promise<void> {
    await this.alone([unit], (manager) => this.arm(manager, [unit], matterIds));
  }

  private alone<Value>(
    units: readonly string[],
    run: (manager: EntityManager) => Promise<Value>,
  ): Promise<Value> {
    return asUnits(this.deps.database, units, async (manager) => {
      // Two services of one party look at once: one of them does.
      await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
        `safe contact watch ${this.deps.party}`,
      ]);
      return run(manager);
    });
  }

  private async lift(manager: EntityManager): Promise<number> {
    const { party, deadlines } = this.deps;
    const rows: { clock_id: string; now: Date }[] = await manager.query(
      `select distinct d.clock_id, directory.record_now() as now from ${party}.deadline d
       where d.rule = $1 and d.ended_at = 'infinity' and not exists (
         select 1 from custody.matter m
         where m.id = d.clock_id and m.holder_unit = d.asked_of and m.closed_at = 'infinity')
       limit ${BATCH}`,
      [CONFIRM_RULE],
    );
    for (const { clock_id, now } of rows) {
      await deadlines.end(manager, clock_id, [CONFIRM_RULE], { as: 'lifted', at: now });
    }
    return rows.length;
  }

  private async arm(
    manager: EntityManager,
    units: readonly string[],
    /** Null: whatever the units hold. */
    matterIds: readonly string[] | null,
  ): Promise<number> {
    const { party, deadlines } = this.deps;
    const rows: ToWatch[] = await manager.query(
      `select m.id, m.holder_unit as unit, max(c.created_at) as told_at
       from custody.matter m
       join custody.content c on c.incident_id = m.incident_id and c.subject_id = m.subject_id
         and c.kind = 'sealed-apart' and c.to_unit = any ((select custody.line_of(array[m.holder_unit]))::text[])
       join custody.handoff h on h.id = c.handoff_id and h.phase = 'accepted'
       join custody.subject s on s.id = m.subject_id and s.role = 'victim'
       where m.closed_at = 'infinity' and m.holder_unit = any ($1::text[])
         and ($3::uuid[] is null or m.id = any ($3::uuid[])) and not exists (
         select 1 from ${party}.deadline d
         where d.clock_id = m.id and d.rule = $2 and d.ended_at = 'infinity')
       group by m.id, m.holder_unit limit ${BATCH}`,
      [units, CONFIRM_RULE, matterIds],
    );
    for (const { id, unit, told_at } of rows) await deadlines.open(manager, id, confirmTerms(unit, told_at));
    return rows.length;
  }
}
