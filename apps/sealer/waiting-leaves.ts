import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';

const SchemasSchema = z.array(z.object({ schema: z.string().regex(/^[a-z]+$/) }));
const WaitingSchema = z.array(
  z.object({
    schema: z.string(),
    seq: z.string(),
    id: z.string(),
    format: z.number(),
    at: z.date(),
    authority: z.string(),
    kind: z.enum(['command', 'reading', 'refusal']),
    action: z.string(),
    target_kind: z.string().nullable(),
    target_id: z.string().nullable(),
    unit_id: z.string().nullable(),
    code: z.string(),
    personal_hash: z.string(),
    leaf_hash: z.string(),
  }),
);
/** A leaf that waits, with its place in the queue of its schema; without salt and person, which the sealer may not read. */
export type WaitingLeaf = z.infer<typeof WaitingSchema>[number];

const UnsealedSchema = z.tuple([z.object({ count: z.coerce.number(), seconds: z.coerce.number() })]);

/** How much is not sealed: the window in which a removed leaf leaves no trace in a tree (docs/operating.md). */
export interface Unsealed {
  readonly count: number;
  /** Age of the oldest, in seconds of wall time; 0 when nothing waits. */
  readonly seconds: number;
}

/** The queues of every schema that has leaves. */
export class WaitingLeaves {
  constructor(private readonly database: DataSource) {}

  /** The first of each schema, at most `most` of each. What a transaction still holds back is not seen, and is seen later. */
  async first(manager: EntityManager, most: number): Promise<WaitingLeaf[]> {
    const each = (await this.schemas()).map(
      (schema) => `(select '${schema}' as schema, u.seq, l.id, l.format, l.at, l.authority, l.kind, l.action,
          l.target_kind, l.target_id, l.unit_id, l.code, l.personal_hash, l.leaf_hash
        from (select seq, leaf_id from ${schema}.audit_unsealed order by seq limit $1) u
        join ${schema}.audit_leaf l on l.id = u.leaf_id)`,
    );
    return each.length === 0
      ? []
      : WaitingSchema.parse(await manager.query(each.join(' union all '), [most]));
  }

  /** Takes leaves that are sealed out of their queues; a schema a transaction (DESIGN 4). */
  async remove(sealed: readonly WaitingLeaf[]): Promise<void> {
    for (const schema of new Set(sealed.map((leaf) => leaf.schema))) {
      await this.database.query(`delete from ${schema}.audit_unsealed where seq = any ($1::bigint[])`, [
        sealed.filter((leaf) => leaf.schema === schema).map(({ seq }) => seq),
      ]);
    }
  }

  async unsealed(): Promise<Unsealed> {
    const each = (await this.schemas()).map((schema) => `select since from ${schema}.audit_unsealed`);
    if (each.length === 0) return { count: 0, seconds: 0 };
    const [unsealed] = UnsealedSchema.parse(
      await this.database.query(
        `select count(*) as count, round(coalesce(extract(epoch from clock_timestamp() - min(since)), 0)::numeric, 3) as seconds
         from (${each.join(' union all ')}) q`,
      ),
    );
    return unsealed;
  }

  /** Asked each time, since a deployment may add a schema beside a running sealer. */
  private async schemas(): Promise<string[]> {
    const rows: unknown = await this.database.query(
      `select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relname = 'audit_unsealed' and c.relkind = 'r' order by 1`,
    );
    return SchemasSchema.parse(rows).map(({ schema }) => schema);
  }
}
