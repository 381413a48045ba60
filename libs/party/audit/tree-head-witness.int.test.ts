import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import { DataSource } from 'typeorm';
import { AUDIT_ENTITIES, AUDIT_LEAF_TABLE_SQL, AUDIT_SCHEMA, hashLeaf, signTreeHead, TreeEdge } from '#audit';
import {
  createTestDatabase,
  type SchemaDefinition,
  SqlMigration,
  schemaDifference,
  serviceRole,
  type TestDatabase,
} from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { createLogger } from '#temporal';
import { TreeHeadWitness } from './tree-head-witness.js';
import { treeHeadTables } from './tree-heads.tables.js';

class CreateRvt1795300000000 extends SqlMigration {
  readonly name = 'CreateRvt1795300000000';
  readonly sql = `${AUDIT_LEAF_TABLE_SQL('rvt', { writers: [serviceRole('rvt')] })}
grant usage on schema rvt to ${serviceRole('rvt')}, ${serviceRole('coordination')};`;
}
const kept = treeHeadTables('rvt');
const RVT: SchemaDefinition = {
  schema: 'rvt',
  entities: [...AUDIT_ENTITIES, ...kept.entities],
  migrations: [CreateRvt1795300000000, ...kept.migrations],
};
/** The tree of the service itself: it needs no unit in the directory. */
const TREE = 'service:rvt';
const TABLES = ['tree_leaf', 'tree_node', 'tree_head', 'tree_key'];

describe('the heads that a party keeps', () => {
  let database: TestDatabase;
  let admin: DataSource;
  let rvt: DataSource;
  let witness: TreeHeadWitness;
  let logged: string[];
  let key: { kid: string; privateKey: CryptoKey };

  beforeAll(async () => {
    database = await createTestDatabase([DIRECTORY_SCHEMA, AUDIT_SCHEMA, RVT]);
    const open = (url: string) =>
      new DataSource({ type: 'postgres', url, installExtensions: false }).initialize();
    admin = await open(database.adminUrl);
    rvt = await open(database.urlFor('rvt'));
  }, 60_000);
  afterAll(async () => {
    await rvt?.destroy();
    await admin?.destroy();
    await database?.drop();
  });
  beforeEach(async () => {
    await unguarded(`truncate ${TABLES.map((table) => `audit.${table}`).join(', ')}, rvt.kept_tree_head`);
    logged = [];
    witness = new TreeHeadWitness(
      rvt,
      'rvt',
      createLogger('info', (line) => void logged.push(line)),
    );
    key = await publish('the-sealer');
  });

  /** What only somebody who may alter the tables can do. */
  async function unguarded(sql: string): Promise<void> {
    const all = [...TABLES.map((table) => ['audit', table]), ['rvt', 'kept_tree_head']];
    const turn = (how: string) =>
      all
        .map(([schema, table]) => `alter table ${schema}.${table} ${how} trigger ${table}_append_only;`)
        .join('\n');
    await admin.query(`${turn('disable')} ${sql}; ${turn('enable always')}`);
  }

  async function publish(kid: string) {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' };
    await admin.query(`insert into audit.tree_key values ($1, now(), $2, '\\x00')`, [
      kid,
      JSON.stringify(publicJwk),
    ]);
    return { kid, privateKey };
  }

  /** Stores a whole tree of these leaves with a signed head at each of these sizes, as a sealer did or a forger would. */
  async function store(leaves: readonly string[], sizes: readonly number[], signedBy = key): Promise<void> {
    await unguarded('truncate audit.tree_leaf, audit.tree_node, audit.tree_head');
    const edge = new TreeEdge();
    for (const [position, leaf] of leaves.entries()) {
      const hash = hashLeaf(Buffer.from(leaf));
      await admin.query(`insert into audit.tree_leaf values ($1, $2, 'rvt', gen_random_uuid(), $3)`, [
        TREE,
        position,
        hash,
      ]);
      for (const node of edge.append(hash))
        if (node.level > 0)
          await admin.query('insert into audit.tree_node values ($1, $2, $3, $4)', [
            TREE,
            node.level,
            node.position,
            node.hash,
          ]);
      if (!sizes.includes(edge.size)) continue;
      const sealedAt = new Date();
      const { size, root } = edge;
      const head = {
        kind: 'tree-head',
        authority: TREE,
        size,
        root,
        sealedAt: sealedAt.toISOString(),
      } as const;
      await admin.query('insert into audit.tree_head values ($1, $2, $3, $4, $5)', [
        TREE,
        size,
        root,
        sealedAt,
        await signTreeHead(signedBy, head),
      ]);
    }
  }
  const seen = async (): Promise<string[]> => {
    const rows: { size: number; verdict: string }[] = await admin.query(
      'select size, verdict from rvt.kept_tree_head order by seen_at, size',
    );
    return rows.map(({ size, verdict }) => `${size} ${verdict}`);
  };
  const alarms = () => logged.filter((line) => line.includes('tree-head.alarm'));

  it('are stored as their entity says', async () => {
    expect(await schemaDifference(database.adminUrl, RVT)).toEqual([]);
  });

  it('are kept as they come, each once, while the tree only grows', async () => {
    expect(await witness.look()).toBe(0);
    await store(['a', 'b', 'c'], [3]);
    expect([await witness.look(), await witness.look()]).toEqual([1, 0]);
    await store(['a', 'b', 'c', 'd', 'e', 'f', 'g'], [3, 5, 7]);
    expect(await witness.look()).toBe(1);
    expect(await seen()).toEqual(['3 consistent', '7 consistent']);
    expect(alarms()).toEqual([]);
  });

  it('tell of a history that was rewritten, however well it was signed anew, and go on telling', async () => {
    await store(['a', 'b', 'c'], [3]);
    await witness.look();
    await store(['a', 'B', 'c', 'd'], [3, 4]);
    expect(await witness.look()).toBe(1);
    expect(await seen()).toEqual(['3 consistent', '4 forked']);
    expect(alarms()).toHaveLength(1);
    expect(alarms()[0]).toContain(TREE);
    // What forked is never what a later head is held against.
    await store(['a', 'B', 'c', 'd', 'e'], [5]);
    await witness.look();
    expect(await seen()).toEqual(['3 consistent', '4 forked', '5 forked']);
  });

  it('tell of another head of the same size, of a smaller tree, and of none', async () => {
    await store(['a', 'b', 'c'], [2, 3]);
    await witness.look();
    await store(['a', 'b', 'C'], [3]);
    await witness.look();
    await store(['a', 'b'], [2]);
    await witness.look();
    await unguarded('truncate audit.tree_leaf, audit.tree_node, audit.tree_head');
    await witness.look();
    expect(await seen()).toEqual(['3 consistent', '3 forked', '2 shrunk', '0 shrunk']);
    expect(alarms()).toHaveLength(4 - 1);
  });

  it('tell of a head that the sealer did not sign, and of one that cannot be shown to follow', async () => {
    await store(['a', 'b', 'c'], [3]);
    await witness.look();
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    await store(['a', 'b', 'c', 'd'], [4], { kid: key.kid, privateKey });
    await witness.look();
    await store(['a', 'b', 'c', 'd', 'e'], [5]);
    await unguarded('truncate audit.tree_node');
    await witness.look();
    expect(await seen()).toEqual(['3 consistent', '4 unsigned', '5 unproven']);
  });

  it('cannot be changed or removed by anybody, and coordination sees only that there is an alarm', async () => {
    await store(['a'], [1]);
    await witness.look();
    for (const sql of [
      `update rvt.kept_tree_head set root = ''`,
      'delete from rvt.kept_tree_head',
      'truncate rvt.kept_tree_head',
    ]) {
      await expect(rvt.query(sql)).rejects.toThrow(/permission denied/);
      await expect(admin.query(sql)).rejects.toThrow(/append-only/);
    }
    const coordination = await new DataSource({
      type: 'postgres',
      url: database.urlFor('coordination'),
    }).initialize();
    expect(await coordination.query('select verdict from rvt.kept_tree_head')).toEqual([
      { verdict: 'consistent' },
    ]);
    await expect(coordination.query('select root from rvt.kept_tree_head')).rejects.toThrow(
      /permission denied/,
    );
    await coordination.destroy();
  });
});
