import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { NotificationEntity } from '#database';
import { recordNow } from '#directory';
import { LADDERS } from '#domain';
import type { PartyName } from '../party.port.js';

/** What a clock of the party's own schema believes is due; as `#activities` names it. */
export interface PartyWakeUp {
  readonly clockId: string;
}

/** The clock as it holds afterwards. */
export interface PartyClockState {
  readonly version: number;
  readonly closed: boolean;
  readonly waitMs: number | null;
  readonly deadlineId: string | null;
  readonly rung: number;
}

interface DueRow {
  readonly id: string;
  readonly version: number;
  readonly rung: number;
  readonly ladder: string;
  readonly due_at: Date;
  readonly asked_of: string;
}

interface ClockRow {
  readonly version: string;
  readonly closed: boolean;
  readonly deadline_id: string | null;
  readonly rung: number | null;
  readonly wait_ms: string | number | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The deadlines of the party's own schema: re-reads the record, calls each due rung once, answers the next clock. */
export class PartyClock {
  constructor(
    private readonly database: DataSource,
    private readonly party: PartyName,
  ) {}

  async callAgain({ clockId }: PartyWakeUp): Promise<PartyClockState> {
    return this.database.transaction(async (manager) => {
      const now = await recordNow(manager);
      const due: DueRow[] = await manager.query(
        `select d.id, d.version, d.rung, d.ladder, d.due_at, d.asked_of from ${this.party}.deadline d
         where d.clock_id = $1 and d.ended_at = 'infinity' and d.next_call_at <= $2 order by d.next_call_at for update`,
        [clockId, now],
      );
      for (const deadline of due) await this.call(manager, deadline, now);
      if (due.length > 0) await this.rewind(manager, clockId);
      return this.clockOf(manager, clockId);
    });
  }

  /** The highest rung that is due, once for a deadline, version and rung (DESIGN 4). */
  private async call(manager: EntityManager, deadline: DueRow, now: Date): Promise<void> {
    let { rung } = deadline;
    while (callAt(deadline, rung + 1) <= now) rung += 1;
    const called: unknown[] = await manager.query(
      `insert into ${this.party}.reminder (deadline_id, deadline_version, rung, called_at, called_by)
       values ($1, $2, $3, $4, $5) on conflict do nothing returning rung`,
      [deadline.id, deadline.version, rung, now, this.party],
    );
    if (called.length > 0) {
      await manager.insert(NotificationEntity, {
        id: randomUUID(),
        deadlineId: deadline.id,
        rung,
        unitId: deadline.asked_of,
        function: rung === 0 ? 'on-duty' : 'unit-head',
        kind: 'deadline',
        createdAt: now,
      });
    }
    await manager.query(`update ${this.party}.deadline set rung = $2, next_call_at = $3 where id = $1`, [
      deadline.id,
      rung + 1,
      callAt(deadline, rung + 1),
    ]);
  }

  private async rewind(manager: EntityManager, clockId: string): Promise<void> {
    await manager.query(
      `update ${this.party}.stream s set wanted = s.wanted + 1, wake_at = coalesce((select min(d.next_call_at)
         from ${this.party}.deadline d where d.clock_id = s.id and d.ended_at = 'infinity'), 'infinity'),
         open = exists (select 1 from ${this.party}.deadline d where d.clock_id = s.id and d.ended_at = 'infinity')
       where s.kind = 'clock' and s.id = $1`,
      [clockId],
    );
  }

  private async clockOf(manager: EntityManager, clockId: string): Promise<PartyClockState> {
    const rows: ClockRow[] = await manager.query(
      `select version, closed, deadline_id, rung, wait_ms from ${this.party}.clock where kind = 'clock' and id = $1`,
      [clockId],
    );
    const [row] = rows;
    if (row === undefined) {
      return { version: Number.MAX_SAFE_INTEGER, closed: true, waitMs: null, deadlineId: null, rung: 0 };
    }
    return {
      version: Number(row.version),
      closed: row.closed,
      waitMs: row.wait_ms === null ? null : Number(row.wait_ms),
      deadlineId: row.deadline_id,
      rung: row.rung ?? 0,
    };
  }
}

function callAt({ ladder, due_at }: DueRow, rung: number): Date {
  const steps = isLadder(ladder) ? LADDERS[ladder] : LADDERS.office;
  const step = steps[Math.min(rung, steps.length - 1)] ?? steps[0];
  const beyond = Math.max(0, rung - steps.length + 1);
  return new Date(due_at.getTime() + step.minutesAfterDue * MINUTE + beyond * DAY);
}

function isLadder(name: string): name is keyof typeof LADDERS {
  return Object.hasOwn(LADDERS, name);
}
