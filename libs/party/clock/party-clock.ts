import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { AuditLeafEntity, makeLeaf } from '#audit';
import { type ClockState, clockStateOf } from '#custody';
import { NotificationEntity } from '#database';
import { recordNow } from '#directory';
import {
  authorityId,
  DEADLINE_RULES,
  type DeadlineFacts,
  type DeadlineId,
  type DirectorySnapshot,
  decideDeadlineCall,
  keysOf,
  LADDERS,
  type RungCalled,
  unitId,
} from '#domain';
import type { PartyName } from '../party.port.js';
import { settleClock } from '../steps/settle-clock.js';

export interface PartyClockDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly snapshot: () => Promise<DirectorySnapshot>;
}

const DueRowsSchema = z.array(
  z.object({
    id: z.string().transform((text) => text as DeadlineId),
    rule: z.enum(keysOf(DEADLINE_RULES)),
    ladder: z.enum(keysOf(LADDERS)),
    start_event: z.string(),
    start_at: z.date(),
    due_at: z.date(),
    duty_holder: z.string().transform(authorityId),
    asked_of: z.string().transform(unitId),
    version: z.number(),
    rung: z.number(),
    next_call_at: z.union([z.date(), z.number()]),
  }),
);

/** Many may be due at once after an outage; each call tells the highest rung of one. */
const MOST_CALLS_AT_ONCE = 50;

/**
 * The clocks of the party's own schema. The rungs are those of custody's ladders, decided by the same rule; a rung is
 * called once however often and by however many this is asked (C3).
 */
export class PartyClock {
  constructor(private readonly deps: PartyClockDeps) {}

  /** Calls every rung that is due in record time, each in a transaction, and answers the clock that holds afterwards. */
  async callAgain({ clockId }: { readonly clockId: string }): Promise<ClockState> {
    const snapshot = await this.deps.snapshot();
    for (let called = 0; called < MOST_CALLS_AT_ONCE; called += 1) {
      const again = await this.deps.database.transaction((manager) =>
        this.callOne(manager, snapshot, clockId),
      );
      if (!again) break;
    }
    return clockStateOf(this.deps.database.manager, this.deps.party, 'clock', clockId);
  }

  private async callOne(
    manager: EntityManager,
    snapshot: DirectorySnapshot,
    clockId: string,
  ): Promise<boolean> {
    const deadlines = await this.lock(manager, clockId);
    const now = await recordNow(manager);
    const call = decideDeadlineCall(now, snapshot, { deadlines, holderUnit: null, handoff: null });
    const deadline = deadlines.find(({ id }) => id === call?.deadlineId);
    if (call === null || deadline === undefined) return false;
    await this.write(manager, now, deadline, call);
    await settleClock(manager, this.deps.party, clockId);
    return true;
  }

  /** The unmet deadlines of the clock, locked in one order, so that two callers wait and the second finds it called. */
  private async lock(manager: EntityManager, clockId: string): Promise<DeadlineFacts[]> {
    const rows: unknown = await manager.query(
      `select d.id, d.rule, d.ladder, d.start_event, d.start_at, d.due_at, d.duty_holder, d.asked_of, d.version,
         d.rung, d.next_call_at
       from ${this.deps.party}.deadline d
       where d.clock_id = $1 and d.ended_at = 'infinity' order by d.id for update`,
      [clockId],
    );
    return DueRowsSchema.parse(rows).map((row) => ({
      id: row.id,
      handoffId: null,
      rule: row.rule,
      ladder: row.ladder,
      startEvent: row.start_event,
      startAt: row.start_at,
      dueAt: row.due_at,
      dutyHolder: row.duty_holder,
      askedOf: row.asked_of,
      version: row.version,
      rung: row.rung,
      nextCallAt: row.next_call_at instanceof Date ? row.next_call_at : null,
    }));
  }

  private async write(
    manager: EntityManager,
    now: Date,
    deadline: DeadlineFacts,
    call: RungCalled,
  ): Promise<void> {
    const { party } = this.deps;
    await manager.query(
      `insert into ${party}.reminder (deadline_id, deadline_version, rung, called_at, called_by)
       values ($1, $2, $3, $4, $5)`,
      [call.deadlineId, call.deadlineVersion, call.rung, now, party],
    );
    await manager.query(`update ${party}.deadline set rung = $2, next_call_at = $3 where id = $1`, [
      call.deadlineId,
      call.rung + 1,
      call.nextCallAt,
    ]);
    await manager.insert(
      NotificationEntity,
      call.notifications.map((one) => ({
        ...one,
        id: randomUUID(),
        createdAt: now,
        handedOverAt: Number.POSITIVE_INFINITY,
      })),
    );
    await manager.insert(
      AuditLeafEntity,
      makeLeaf({
        at: now,
        authority: deadline.dutyHolder,
        unitId: deadline.askedOf,
        person: null,
        kind: 'command',
        action: 'call-rung',
        target: { kind: 'deadline', id: call.deadlineId },
        code: 'OK',
      }),
    );
  }
}
