import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { WantedStream } from '../../apps/courier/relay/stream.repository.js';

/** Where a page of the open streams ended: soonest due first, over all schemas. */
interface Position {
  readonly wakeAt: string;
  readonly schema: string;
  readonly kind: string;
  readonly id: string;
}
export const SOONEST: Position = {
  wakeAt: '-infinity',
  schema: '',
  kind: '',
  id: '00000000-0000-0000-0000-000000000000',
};

const RowsSchema = z.array(
  z.object({
    schema: z.string(),
    kind: z.string(),
    id: z.string(),
    wake_at: z.string(),
    version: z.coerce.number(),
    closed: z.boolean(),
    deadline_id: z.string().nullable(),
    rung: z.number(),
    wait_ms: z.coerce.number().nullable(),
  }),
);
const CountSchema = z.tuple([z.object({ open: z.coerce.number() })]);

export interface StreamPage {
  readonly streams: readonly WantedStream[];
  readonly last: Position | null;
}

/** Every stream for which a workflow should run, read from the record alone. */
export class OpenStreams {
  constructor(
    private readonly record: DataSource,
    private readonly schemas: readonly string[],
  ) {}

  async count(): Promise<number> {
    const sums = this.schemas.map((schema) => `(select count(*) from ${schema}.stream where open)`);
    const [{ open }] = CountSchema.parse(await this.record.query(`select ${sums.join(' + ')} as open`));
    return open;
  }

  /** The next page, each with its clock as of this moment. One range of one index a schema. */
  async page(after: Position, limit: number): Promise<StreamPage> {
    const rows = RowsSchema.parse(
      await this.record.query(
        `select schema, kind, id, streams.wake_at::text as wake_at, version, closed, deadline_id, rung, wait_ms from (${this.schemas.map(pageOf).join(' union all ')}) streams
         order by streams.wake_at, schema, kind, id limit $5`,
        [after.wakeAt, after.schema, after.kind, after.id, limit],
      ),
    );
    const last = rows.at(-1);
    return {
      streams: rows.map(({ schema, kind, id, version, closed, deadline_id, rung, wait_ms }) => ({
        schema,
        kind,
        id,
        attempts: 0,
        clock: { version, closed, deadlineId: deadline_id, rung, waitMs: wait_ms },
      })),
      last:
        last === undefined
          ? null
          : { wakeAt: last.wake_at, schema: last.schema, kind: last.kind, id: last.id },
    };
  }

  /** Told: the relay has nothing to do for them, and what was parked is not any more. */
  async told(schema: string, streams: readonly WantedStream[]): Promise<void> {
    await this.record.query(
      `update ${schema}.stream s
       set relayed = greatest(s.relayed, least(t.version, s.wanted)), attempts = 0, try_after = '-infinity',
         parked_at = null, parked_code = null
       from unnest($1::text[], $2::uuid[], $3::bigint[]) as t(kind, id, version)
       where s.kind = t.kind and s.id = t.id and (s.relayed < least(t.version, s.wanted) or s.parked_at is not null)`,
      [
        streams.map(({ kind }) => kind),
        streams.map(({ id }) => id),
        streams.map(({ clock }) => clock.version),
      ],
    );
  }
}

function pageOf(schema: string): string {
  return `
(select '${schema}' as schema, s.kind, s.id, s.wake_at, k.version, k.closed, k.deadline_id, k.rung, k.wait_ms
 from ${schema}.stream s join ${schema}.clock k on k.kind = s.kind and k.id = s.id
 where s.open and s.wake_at >= $1::timestamptz
   and (s.wake_at, '${schema}'::text, s.kind, s.id) > ($1::timestamptz, $2::text, $3::text, $4::uuid)
 order by s.wake_at, s.kind, s.id limit $5)`;
}
