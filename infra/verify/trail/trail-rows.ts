import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type TreePublicKey, TreeReader } from '#audit';
import { inBatches } from '../../operator/batches.js';
import type { SealedPlace, SignedHead } from './trail-verifier.js';

const SchemasSchema = z.array(z.object({ schema: z.string().regex(/^[a-z]+$/) }));
const AuthoritiesSchema = z.array(z.object({ authority: z.string() }));
const HeadsSchema = z.array(
  z.object({ authority: z.string(), size: z.number(), root: z.string(), jws: z.string() }),
);
const KeptSchema = z.array(
  z.object({
    authority: z.string(),
    size: z.number(),
    root: z.string(),
    jws: z.string(),
    verdict: z.string(),
  }),
);

/** The columns of a leaf, as `verifyLeaf` takes them. */
export const LeafSchema = z.object({
  id: z.string(),
  format: z.number(),
  at: z.coerce.date(),
  authority: z.string(),
  kind: z.enum(['command', 'reading', 'refusal']),
  action: z.string(),
  target_kind: z.string().nullable(),
  target_id: z.string().nullable(),
  unit_id: z.string().nullable(),
  code: z.string(),
  salt: z.string().nullable(),
  personal: z.string().nullable(),
  personal_hash: z.string(),
  leaf_hash: z.string(),
});
export type LeafRow = z.infer<typeof LeafSchema>;

export interface PlacedLeaf extends SealedPlace {
  readonly leaf: LeafRow | null;
}

export interface KeptHead extends SignedHead {
  readonly party: string;
  readonly verdict: string;
}

const PlacesSchema = z.array(
  z
    .object({
      authority: z.string(),
      position: z.number(),
      schema_name: z.string(),
      leaf_id: z.string(),
      leaf_hash: z.string(),
      leaf: LeafSchema.nullable(),
    })
    .transform(
      ({ schema_name, leaf_id, leaf_hash, ...place }): PlacedLeaf => ({
        ...place,
        schema: schema_name,
        leafId: leaf_id,
        leafHash: leaf_hash,
      }),
    ),
);

/** The audit of a live record as a role that may read all of it, in the order in which it is verified and exported. */
export class TrailRows {
  constructor(private readonly manager: EntityManager) {}

  /** The schemas that have leaves of their own. */
  async schemas(): Promise<string[]> {
    return this.schemasWith('audit_leaf');
  }

  async authorities(): Promise<string[]> {
    return AuthoritiesSchema.parse(
      await this.manager.query('select distinct authority from audit.tree_leaf order by 1'),
    ).map(({ authority }) => authority);
  }

  keys(): Promise<TreePublicKey[]> {
    return new TreeReader(this.manager).keys();
  }

  heads(): AsyncGenerator<readonly SignedHead[]> {
    return inBatches(this.manager, {
      sql: `select authority, size, root, jws from audit.tree_head where (authority, size) > ($1::text, $2::integer)
        order by authority, size limit $3`,
      rows: HeadsSchema,
      first: ['', 0],
      key: ({ authority, size }) => [authority, size],
    });
  }

  /** What each party has kept of the trees of its authorities. */
  async *kept(): AsyncGenerator<readonly KeptHead[]> {
    for (const party of await this.schemasWith('kept_tree_head')) {
      const batches = inBatches(this.manager, {
        sql: `select authority, size, root, jws, verdict from ${party}.kept_tree_head
          where (authority, size, root, verdict) > ($1::text, $2::integer, $3::text, $4::text)
          order by authority, size, root, verdict limit $5`,
        rows: KeptSchema,
        first: ['', -1, '', ''],
        key: ({ authority, size, root, verdict }) => [authority, size, root, verdict],
      });
      for await (const batch of batches) yield batch.map((head) => ({ ...head, party }));
    }
  }

  /** Every position of an authority in its order, with the leaf that is there now. */
  async *places(authority: string): AsyncGenerator<readonly PlacedLeaf[]> {
    const schemas = await this.schemas();
    const joined = schemas
      .map(
        (schema) =>
          `left join ${schema}.audit_leaf ${schema}_leaf on t.schema_name = '${schema}' and ${schema}_leaf.id = t.leaf_id`,
      )
      .join('\n');
    const leaf = `coalesce(${[...schemas.map((schema) => `to_jsonb(${schema}_leaf)`), 'null'].join(', ')})`;
    yield* inBatches(this.manager, {
      sql: `select t.*, ${leaf} as leaf from (
          select * from audit.tree_leaf where authority = $1 and position > $2 order by position limit $3) t
        ${joined} order by t.position`,
      rows: PlacesSchema,
      first: [authority, -1],
      key: ({ position }) => [authority, position],
    });
  }

  private async schemasWith(table: string): Promise<string[]> {
    return SchemasSchema.parse(
      await this.manager.query(
        `select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relname = $1 and c.relkind = 'r' order by 1`,
        [table],
      ),
    ).map(({ schema }) => schema);
  }
}
