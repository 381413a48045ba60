import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import {
  AUDIT_ENTITIES,
  AUDIT_LEAF_TABLE_SQL,
  AUDIT_SCHEMA,
  type AuditEntry,
  type AuditLeaf,
  AuditLeafEntity,
  makeLeaf,
  peaksOf,
  TreeEdge,
  TreeReader,
  verifyTreeHead,
} from '#audit';
import {
  createTestDatabase,
  openDataSource,
  type SchemaDefinition,
  type Service,
  SqlMigration,
  serviceRole,
  type TestDatabase,
} from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { createLocalKms } from '#sealing';
import { createLogger } from '#temporal';
import { Sealer } from '../sealer.js';
import { TreeKeys } from '../tree-keys.js';
import { WaitingLeaves } from '../waiting-leaves.js';

/** Two schemas whose leaves are written by one service: all that the sealer needs of custody and of a party. */
const WRITTEN = ['rvt', 'bou'] as const;
type Written = (typeof WRITTEN)[number];

const writtenSchema = (schema: Written): SchemaDefinition => {
  class CreateWritten1795300000000 extends SqlMigration {
    readonly name = 'CreateWritten1795300000000';
    readonly sql = `${AUDIT_LEAF_TABLE_SQL(schema, { writers: [serviceRole('rvt')] })}
grant usage on schema ${schema} to ${serviceRole('rvt')};`;
  }
  return { schema, entities: [...AUDIT_ENTITIES], migrations: [CreateWritten1795300000000] };
};

/** A sealer with a pool of its own, as one process has it. */
export interface SealerProcess {
  readonly sealer: Sealer;
  readonly keys: TreeKeys;
  readonly waiting: WaitingLeaves;
  readonly database: DataSource;
}

/** A record with leaves of two schemas, and as many sealers as a test wants. */
export class SealerStage {
  readonly logged: string[] = [];
  readonly masterKey = randomBytes(32);
  readonly log = createLogger('info', (line) => void this.logged.push(line));
  readonly #opened: DataSource[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly admin: DataSource,
    readonly writer: DataSource,
  ) {}

  static async open(): Promise<SealerStage> {
    const schemas = WRITTEN.map(writtenSchema);
    const database = await createTestDatabase([DIRECTORY_SCHEMA, AUDIT_SCHEMA, ...schemas]);
    const admin = await new DataSource({
      type: 'postgres',
      url: database.adminUrl,
      installExtensions: false,
    }).initialize();
    const writer = await new DataSource({
      type: 'postgres',
      url: database.urlFor('rvt'),
      entities: [AuditLeafEntity],
      installExtensions: false,
    }).initialize();
    return new SealerStage(database, admin, writer);
  }

  async close(): Promise<void> {
    for (const pool of [...this.#opened, this.writer, this.admin]) await pool.destroy();
    await this.database.drop();
  }

  async as(service: Service): Promise<DataSource> {
    const pool = await openDataSource({
      url: this.database.urlFor(service),
      definition: { ...AUDIT_SCHEMA, migrations: [] },
      applicationName: `stage ${service}`,
      poolSize: 3,
    });
    // A connection that a test ended tells so here as well; the query in progress fails by itself.
    this.#opened.push(pool);
    return pool;
  }

  async sealer({ batch = 1_000, masterKey = this.masterKey, days = 365 } = {}): Promise<SealerProcess> {
    const database = await this.as('sealer');
    const keys = new TreeKeys(database, createLocalKms(masterKey), days);
    const waiting = new WaitingLeaves(database);
    const sealer = new Sealer({ database, waiting, key: () => keys.current(), log: this.log, batch });
    return { sealer, keys, waiting, database };
  }

  /** Writes leaves as the service does. */
  async write(
    schema: Written,
    authority: string,
    count = 1,
    through = this.writer.manager,
  ): Promise<AuditLeaf[]> {
    const leaves = Array.from({ length: count }, () => aLeaf({ authority }));
    for (const leaf of leaves)
      await through.query(
        `insert into ${schema}.audit_leaf select (jsonb_populate_record(null::${schema}.audit_leaf, $1)).*`,
        [JSON.stringify(leaf)],
      );
    return leaves;
  }

  /** Where a leaf stands; null when it is not sealed. */
  async place(id: string): Promise<{ authority: string; position: number } | null> {
    const rows: { authority: string; position: number }[] = await this.admin.query(
      'select authority, position from audit.tree_leaf where leaf_id = $1',
      [id],
    );
    return rows[0] ?? null;
  }

  /**
   * Computes everything anew: what is wrong between the leaves of all schemas, the queues, the positions, the stored nodes and
   * the signed heads. Empty when every leaf is sealed once, at one place, under heads that are each the beginning of the next.
   */
  async faults(): Promise<string[]> {
    const faults: string[] = [];
    const leaves: { id: string; authority: string; hash: string }[] = await this.admin.query(
      WRITTEN.map((schema) => `select id, authority, leaf_hash as hash from ${schema}.audit_leaf`).join(
        ' union all ',
      ),
    );
    const unsealed = new Map(leaves.map((leaf) => [leaf.id, leaf]));
    for (const schema of WRITTEN) {
      const [queue]: { n: number }[] = await this.admin.query(
        `select count(*)::int as n from ${schema}.audit_unsealed`,
      );
      if (queue?.n !== 0) faults.push(`${queue?.n} wait in ${schema}`);
    }
    const reader = new TreeReader(this.admin.manager);
    const keys = await reader.keys();
    const authorities: { authority: string }[] = await this.admin.query(
      'select distinct authority from audit.tree_leaf order by 1',
    );
    for (const { authority } of authorities) {
      const roots = new Map<number, string>();
      const edge = new TreeEdge();
      const placed: { position: number; leaf_id: string; leaf_hash: string }[] = await this.admin.query(
        'select position, leaf_id, leaf_hash from audit.tree_leaf where authority = $1 order by position',
        [authority],
      );
      for (const { position, leaf_id, leaf_hash } of placed) {
        const leaf = unsealed.get(leaf_id);
        if (position !== edge.size) faults.push(`${authority} has ${position} after ${edge.size - 1}`);
        if (leaf?.authority !== authority || leaf.hash !== leaf_hash)
          faults.push(`${leaf_id} is not as it was sealed`);
        unsealed.delete(leaf_id);
        edge.append(leaf_hash);
        roots.set(edge.size, edge.root);
      }
      const heads: { size: number; root: string; jws: string }[] = await this.admin.query(
        'select size, root, jws from audit.tree_head where authority = $1 order by size',
        [authority],
      );
      if (heads.at(-1)?.size !== edge.size)
        faults.push(`the newest head of ${authority} is not of the whole tree`);
      for (const { size, root, jws } of heads) {
        const verdict = await verifyTreeHead(jws, keys);
        if (!verdict.ok || verdict.head.size !== size || verdict.head.root !== root)
          faults.push(`the head ${size} of ${authority} is not signed`);
        if (roots.get(size) !== root) faults.push(`the head ${size} of ${authority} has another root`);
      }
      const stored = await reader.edge(authority, edge.size);
      if (stored.root !== edge.root || peaksOf(edge.size).length === 0)
        faults.push(`the nodes of ${authority} differ`);
    }
    for (const { id } of unsealed.values()) faults.push(`${id} is not sealed`);
    return faults;
  }
}

export function aLeaf(told: Partial<AuditEntry> = {}): AuditLeaf {
  return makeLeaf({
    at: new Date('2026-06-05T21:42:00.123Z'),
    authority: 'farsta',
    unitId: 'rvt-farsta',
    person: 'person-7',
    kind: 'command',
    action: 'accept',
    target: { kind: 'handoff', id: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10' },
    code: 'OK',
    ...told,
  });
}
