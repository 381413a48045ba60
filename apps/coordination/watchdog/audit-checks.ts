import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { FindingKind, Observed } from './finding-kinds.js';

const SchemasSchema = z.array(z.object({ schema: z.string().regex(/^[a-z]+$/) }));
const PlacedSchema = z.array(
  z.object({ place: z.string(), count: z.coerce.number(), oldest: z.date().nullable() }),
);

export const LOOKED_FOR_IN_AUDIT = ['not-sealed', 'tree-forked'] as const satisfies FindingKind[];

/**
 * C7 from outside of the sealer: leaves that wait for it longer than the grace (wall time), and trees that a party was shown and
 * that do not follow the one it kept. Only figures: coordination reads no leaf and no head.
 */
export async function lookAtAudit(manager: EntityManager, graceSeconds: number): Promise<Observed[]> {
  const waiting = await placed(
    manager,
    'audit_unsealed',
    (
      schema,
    ) => `select '${schema}' as place, count(*) as count, min(since) as oldest from ${schema}.audit_unsealed
      where since < clock_timestamp() - make_interval(secs => $1)`,
    [graceSeconds],
  );
  const forked = await placed(
    manager,
    'kept_tree_head',
    (
      schema,
    ) => `select '${schema}' as place, count(*) as count, min(seen_at) as oldest from ${schema}.kept_tree_head
      where verdict <> 'consistent'`,
    [],
  );
  return [
    ...waiting.map((one): Observed => ({ kind: 'not-sealed', ...one })),
    ...forked.map((one): Observed => ({ kind: 'tree-forked', ...one })),
  ];
}

async function placed(
  manager: EntityManager,
  table: string,
  sql: (schema: string) => string,
  parameters: readonly unknown[],
): Promise<z.infer<typeof PlacedSchema>> {
  const schemas = SchemasSchema.parse(
    await manager.query(
      `select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relname = $1 and c.relkind = 'r' order by 1`,
      [table],
    ),
  );
  if (schemas.length === 0) return [];
  const each = schemas.map(({ schema }) => sql(schema)).join(' union all ');
  return PlacedSchema.parse(await manager.query(each, [...parameters])).filter(({ count }) => count > 0);
}
