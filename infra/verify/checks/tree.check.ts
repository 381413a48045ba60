import { z } from 'zod';
import { ERASE_AUDIT_PERSON, type HashedNode, peaksOf } from '#audit';
import { TrailRows } from '../trail/trail-rows.js';
import { type SignedHead, TrailVerifier } from '../trail/trail-verifier.js';
import type { CheckContext } from './context.js';

const IdsSchema = z.array(z.object({ id: z.string() }));
const NodesSchema = z.array(z.object({ level: z.number(), position: z.number(), hash: z.string() }));
const CountSchema = z.tuple([z.object({ count: z.coerce.number() })]);

export interface TreeFigures {
  readonly trees: number;
  readonly heads: number;
  readonly sealed: number;
  readonly unsealed: number;
}

/**
 * C7: every leaf is sealed or waits to be; the trees are what their leaves make, node by node, and every head that the sealer
 * signed, that a party kept, or that is known elsewhere, is a root of them; a person was erased by approval only.
 */
export async function checkTrees(
  context: CheckContext,
  knownHeads: readonly SignedHead[],
): Promise<TreeFigures> {
  const { manager, defects } = context;
  const rows = new TrailRows(manager);
  const verifier = new TrailVerifier(defects, await rows.keys());
  for await (const heads of rows.heads()) for (const head of heads) await verifier.head(head);
  for await (const heads of rows.kept())
    for (const { party, verdict, ...head } of heads) {
      if (verdict === 'consistent') await verifier.kept(head, party);
      else
        defects.add(
          'C7',
          `tree: ${party} was shown a head that is ${verdict}`,
          'head',
          `${head.authority} ${head.size}`,
        );
    }
  for (const head of knownHeads) await verifier.known(head);
  for (const authority of await rows.authorities()) {
    let size = 0;
    for await (const places of rows.places(authority)) {
      size += places.length;
      const completed = places.flatMap((place) => verifier.place(place));
      await checkNodes(context, authority, completed);
    }
    await checkNoOtherNodes(context, authority, size);
  }
  verifier.finish();
  let unsealed = 0;
  for (const schema of await rows.schemas()) {
    unsealed += await checkWaiting(context, schema);
    await checkErasures(context, schema);
  }
  const { trees, heads, leaves } = verifier.figures;
  return { trees, heads, sealed: leaves, unsealed };
}

async function checkNodes(
  { manager, defects }: CheckContext,
  authority: string,
  computed: readonly HashedNode[],
): Promise<void> {
  const stored = NodesSchema.parse(
    await manager.query(
      `select n.level, n.position, n.hash from unnest($2::integer[], $3::integer[]) as w(level, position)
       join audit.tree_node n on n.authority = $1 and n.level = w.level and n.position = w.position`,
      [authority, computed.map(({ level }) => level), computed.map(({ position }) => position)],
    ),
  );
  const byPlace = new Map(stored.map(({ level, position, hash }) => [`${level}/${position}`, hash]));
  for (const { level, position, hash } of computed)
    if (byPlace.get(`${level}/${position}`) !== hash)
      defects.add('C7', 'tree: stored node differs', 'node', `${authority} ${level}/${position}`);
}

async function checkNoOtherNodes(
  { manager, defects }: CheckContext,
  authority: string,
  size: number,
): Promise<void> {
  const [{ count }] = CountSchema.parse(
    await manager.query('select count(*) as count from audit.tree_node where authority = $1', [authority]),
  );
  if (count !== size - peaksOf(size).length)
    defects.add('C7', 'tree: has other nodes than its leaves make', 'tree', authority);
}

/** How many wait; those that waited longer than the grace, and those that neither wait nor are sealed, are defects. */
async function checkWaiting(
  { manager, defects, graceSeconds }: CheckContext,
  schema: string,
): Promise<number> {
  const found = async (check: string, sql: string, parameters: readonly unknown[] = []): Promise<void> => {
    for (const { id } of IdsSchema.parse(await manager.query(sql, [...parameters])))
      defects.add('C7', `tree: ${check}`, 'audit leaf', `${schema} ${id}`);
  };
  await found(
    'leaf neither sealed nor waiting',
    `select l.id from ${schema}.audit_leaf l
     where not exists (select 1 from audit.tree_leaf t where t.leaf_id = l.id and t.schema_name = $1)
       and not exists (select 1 from ${schema}.audit_unsealed u where u.leaf_id = l.id)`,
    [schema],
  );
  await found(
    'waiting leaf is gone',
    `select u.leaf_id as id from ${schema}.audit_unsealed u
     where not exists (select 1 from ${schema}.audit_leaf l where l.id = u.leaf_id)`,
  );
  await found(
    'leaf not sealed in time',
    `select u.leaf_id as id from ${schema}.audit_unsealed u where u.since < clock_timestamp() - make_interval(secs => $1)`,
    [graceSeconds],
  );
  const [{ count }] = CountSchema.parse(
    await manager.query(`select count(*) as count from ${schema}.audit_unsealed`),
  );
  return count;
}

async function checkErasures({ manager, defects }: CheckContext, schema: string): Promise<void> {
  const unapproved = IdsSchema.parse(
    await manager.query(
      `select l.id from ${schema}.audit_leaf l where l.salt is null and not exists (
         select 1 from ${schema}.audit_erasure e join ${schema}.audit_leaf a on a.id = e.approval_id
         where e.leaf_id = l.id and a.kind = 'command' and a.action = $1 and a.authority = l.authority)`,
      [ERASE_AUDIT_PERSON],
    ),
  );
  for (const { id } of unapproved)
    defects.add('C7', 'tree: person erased without approval', 'audit leaf', `${schema} ${id}`);
}
