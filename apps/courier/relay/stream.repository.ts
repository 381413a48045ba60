import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Clock } from '#workflows';

/** A stream that is to be told: the workflow that should exist, and the clock as of the version wanted. */
export interface WantedStream {
  readonly schema: string;
  readonly kind: string;
  readonly id: string;
  readonly attempts: number;
  readonly clock: Clock;
}

const SchemaRowsSchema = z.array(z.object({ schema: z.string().regex(/^[a-z]+$/) }));
const WantedRowsSchema = z.array(
  z.object({
    kind: z.string(),
    id: z.string(),
    attempts: z.number(),
    version: z.coerce.number(),
    closed: z.boolean(),
    deadline_id: z.string().nullable(),
    rung: z.number(),
    wait_ms: z.coerce.number().nullable(),
  }),
);

/** A courier that died while relaying leaves its claim to the others after this long. */
const CLAIM_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 60;
/** A stream that Temporal refuses this often, alone, becomes work for a person. */
const ATTEMPTS_BEFORE_PARKING = 8;

/** The outbox of every schema that the courier's role can see. Times here are wall time: they are about retries. */
export class StreamRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The schemas that have a stream table: custody, and each party's own as it is migrated. */
  async schemas(): Promise<string[]> {
    const rows: unknown = await this.dataSource.query(
      `select table_schema as schema from information_schema.tables where table_name = 'stream' order by 1`,
    );
    return SchemaRowsSchema.parse(rows).map(({ schema }) => schema);
  }

  /** Takes what is wanted and not relayed, oldest first, so that two couriers do not do the same work. */
  async claim(schema: string, limit: number): Promise<WantedStream[]> {
    const rows: unknown = await this.dataSource.query(
      `with claimed as (
         update ${schema}.stream s set try_after = clock_timestamp() + make_interval(secs => $2)
         where (s.kind, s.id) in (
           select c.kind, c.id from ${schema}.stream c
           where c.wanted > c.relayed and c.parked_at is null and c.try_after <= clock_timestamp()
           order by c.try_after limit $1 for update skip locked)
         returning s.kind, s.id, s.attempts)
       select claimed.kind, claimed.id, claimed.attempts, k.version, k.closed, k.deadline_id, k.rung, k.wait_ms
       from claimed join ${schema}.clock k using (kind, id)`,
      [limit, CLAIM_SECONDS],
    );
    return WantedRowsSchema.parse(rows).map((row) => ({
      schema,
      kind: row.kind,
      id: row.id,
      attempts: row.attempts,
      clock: {
        version: row.version,
        closed: row.closed,
        deadlineId: row.deadline_id,
        rung: row.rung,
        waitMs: row.wait_ms,
      },
    }));
  }

  /** Delivered up to this version; a newer one is still wanted. */
  async relayed({ schema, kind, id, clock }: WantedStream): Promise<void> {
    await this.dataSource.query(
      `update ${schema}.stream set relayed = greatest(relayed, least($3::bigint, wanted)), attempts = 0, try_after = '-infinity'
       where kind = $1 and id = $2`,
      [kind, id, clock.version],
    );
  }

  /** Nothing could be delivered to anyone: tried again later, and nobody's fault. */
  async postpone({ schema, kind, id }: WantedStream, seconds: number): Promise<void> {
    await this.dataSource.query(
      `update ${schema}.stream set try_after = clock_timestamp() + make_interval(secs => $3) where kind = $1 and id = $2`,
      [kind, id, seconds],
    );
  }

  /** This one could not be delivered while others could: waited with longer and longer, then parked, visible and alone. */
  async failed({ schema, kind, id, attempts }: WantedStream, code: string): Promise<'waiting' | 'parked'> {
    const parks = attempts + 1 >= ATTEMPTS_BEFORE_PARKING;
    await this.dataSource.query(
      `update ${schema}.stream set attempts = attempts + 1,
         try_after = clock_timestamp() + make_interval(secs => $3),
         parked_at = case when $4 then directory.record_now() end, parked_code = case when $4 then $5 end
       where kind = $1 and id = $2`,
      [kind, id, Math.min(2 ** attempts, LONGEST_WAIT_SECONDS), parks, code],
    );
    return parks ? 'parked' : 'waiting';
  }
}
