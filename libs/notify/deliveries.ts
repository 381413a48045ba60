import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { CHANNELS, type ChannelName, DELIVERY_FAILURES, type DeliveryFailure } from './channel.port.js';
import { type Notice, NoticeRowsSchema } from './notice.js';

/** A row that is to be sent: which, and what. */
export interface PendingDelivery {
  readonly id: string;
  readonly channel: ChannelName;
  readonly notice: Notice;
}
/** A row as Redis knows it: nothing else is ever put there. */
export interface HandedDelivery {
  readonly id: string;
  readonly channel: ChannelName;
  readonly round: number;
}

const WAITING = `delivered_at = 'infinity' and given_up_at = 'infinity'`;
const HandedRowsSchema = z.array(z.object({ id: z.string(), channel: z.enum(CHANNELS), round: z.number() }));
const IdRowsSchema = z.array(z.object({ id: z.string() }));
const PendingRowSchema = z.object({ delivery_id: z.string(), channel: z.enum(CHANNELS) });
const GivenUpSchema = z.array(z.object({ gave_up: z.boolean() }));

/** What became of each notice on each channel, in PostgreSQL: Redis may lose all it has. */
export class Deliveries {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Writes down by which channels a notice goes, once; answers the rows that still wait. `isLate` says that the usual way
   * has failed already: the watchdog need not wait again.
   */
  async plan(
    notice: Notice,
    channels: readonly ChannelName[],
    { isLate = false }: { readonly isLate?: boolean } = {},
  ): Promise<HandedDelivery[]> {
    const { id, unitId, kind, rung, ringUnit, at } = notice;
    await this.dataSource.query(
      `insert into notice.delivery (id, notice_id, channel, unit_id, function, kind, rung, ring_unit, noticed_at, planned_at)
       select d.id, $3, d.channel, $4, $5, $6, $7, $8, $9, case when $10 then '-infinity' else clock_timestamp() end
       from unnest($1::uuid[], $2::text[]) as d(id, channel) on conflict (notice_id, channel) do nothing`,
      [
        channels.map(() => randomUUID()),
        channels,
        id,
        unitId,
        notice.function,
        kind,
        rung,
        ringUnit,
        at,
        isLate,
      ],
    );
    return HandedRowsSchema.parse(
      await this.dataSource.query(
        `select id, channel, round from notice.delivery where notice_id = $1 and ${WAITING}`,
        [id],
      ),
    );
  }

  /**
   * Takes what was handed to Redis longer than the grace ago and is neither delivered nor given up: it waits there for its
   * next try, or Redis has lost it. Handing it over again is harmless either way.
   */
  async claimUnheardOf(graceSeconds: number, limit: number): Promise<HandedDelivery[]> {
    const rows: unknown = await this.dataSource.query(
      `with unheard as (
         update notice.delivery set handed_at = clock_timestamp() where id in (
           select id from notice.delivery
           where ${WAITING} and handed_at < clock_timestamp() - make_interval(secs => $1)
           order by handed_at, id limit $2 for update skip locked)
         returning id, channel, round)
       select id, channel, round from unheard`,
      [graceSeconds, limit],
    );
    return HandedRowsSchema.parse(rows);
  }

  /** What is to be sent; nothing when it has been delivered, given up, or was never ours. */
  async pending(id: string): Promise<PendingDelivery | null> {
    return pendingOf(await this.dataSource.query(`${PENDING_SQL} where id = $1 and ${WAITING}`, [id]));
  }

  /** The mails that nobody has delivered for longer than the grace, whether or not Redis and the courier are there. */
  async lateMails(graceSeconds: number, limit: number): Promise<string[]> {
    const rows: unknown = await this.dataSource.query(
      `select id from notice.delivery
       where ${WAITING} and channel = 'email' and planned_at < clock_timestamp() - make_interval(secs => $1)
       order by planned_at, id limit $2`,
      [graceSeconds, limit],
    );
    return IdRowsSchema.parse(rows).map(({ id }) => id);
  }

  /** One of those, for as long as the transaction lasts; nothing when another has it in hand. */
  async lockPending(manager: EntityManager, id: string): Promise<PendingDelivery | null> {
    return pendingOf(
      await manager.query(`${PENDING_SQL} where id = $1 and ${WAITING} for update skip locked`, [id]),
    );
  }

  /** It arrived. */
  async delivered(id: string, manager: EntityManager = this.dataSource.manager): Promise<void> {
    await manager.query(
      `update notice.delivery set delivered_at = directory.record_now(), attempts = attempts + 1, code = null
       where id = $1 and ${WAITING}`,
      [id],
    );
  }

  /**
   * It did not arrive. Given up when trying again cannot help, or was tried often enough: then it is a dead letter, which
   * a person sees. Answers whether it was.
   */
  async failed(
    id: string,
    code: DeliveryFailure,
    mostAttempts: number,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<boolean> {
    const rows: unknown = await manager.query(
      `with failed as (
         update notice.delivery set attempts = attempts + 1, code = $2, handed_at = clock_timestamp(),
           given_up_at = case when $3 or attempts + 1 >= $4 then directory.record_now() else given_up_at end
         where id = $1 and ${WAITING} returning given_up_at < 'infinity' as gave_up)
       select gave_up from failed`,
      [id, code, DELIVERY_FAILURES[code].isFinal, mostAttempts],
    );
    return GivenUpSchema.parse(rows).some(({ gave_up }) => gave_up);
  }

  /** Forgets what arrived, or was dismissed, longer ago than this; answers how many. */
  async sweep(days: number, limit: number): Promise<number> {
    const rows: unknown = await this.dataSource.query(
      `with swept as (
         delete from notice.delivery where id in (
           select id from notice.delivery
           where delivered_at < directory.record_now() - make_interval(days => $1)
              or dismissed_at < directory.record_now() - make_interval(days => $1) limit $2)
         returning id)
       select id from swept`,
      [days, limit],
    );
    return IdRowsSchema.parse(rows).length;
  }
}

const PENDING_SQL = `select id as delivery_id, channel, notice_id as id, unit_id, function, kind, rung, ring_unit,
  noticed_at as created_at from notice.delivery`;

function pendingOf(rows: unknown): PendingDelivery | null {
  const [notice] = NoticeRowsSchema.parse(rows);
  const [row] = z.array(PendingRowSchema).parse(rows);
  if (notice === undefined || row === undefined) return null;
  return { id: row.delivery_id, channel: row.channel, notice };
}
