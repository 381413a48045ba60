import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  createTestDatabase,
  openDataSource,
  type SchemaDefinition,
  SqlMigration,
  schemaDifference,
  serviceRole,
  type TestDatabase,
} from '#database';
import { AuditLeafEntity } from './audit-leaf.entity.js';
import { makeLeaf, verifyLeaf } from './audit-leaf.js';
import { AUDIT_LEAF_TABLE_SQL } from './audit-leaf.table.js';

class CreateAudited1795300000000 extends SqlMigration {
  readonly name = 'CreateAudited1795300000000';
  readonly sql = `${AUDIT_LEAF_TABLE_SQL('audited', {
    writers: [serviceRole('rvt')],
    verifiers: [serviceRole('coordination')],
  })}
grant usage on schema audited to ${serviceRole('rvt')}, ${serviceRole('coordination')};`;
}
const AUDITED: SchemaDefinition = {
  schema: 'audited',
  entities: [AuditLeafEntity],
  migrations: [CreateAudited1795300000000],
};

let database: TestDatabase;
let admin: DataSource;
let rvt: DataSource;
let coordination: DataSource;

beforeAll(async () => {
  database = await createTestDatabase([AUDITED]);
  admin = await new DataSource({
    type: 'postgres',
    url: database.adminUrl,
    schema: 'audited',
    entities: [AuditLeafEntity],
    installExtensions: false,
  }).initialize();
  rvt = await open('rvt');
  coordination = await open('coordination');

  function open(service: 'rvt' | 'coordination') {
    return openDataSource({
      url: database.urlFor(service),
      definition: AUDITED,
      applicationName: 'audit test',
      poolSize: 1,
    });
  }
}, 60_000);

afterAll(async () => {
  for (const pool of [admin, rvt, coordination]) await pool.destroy();
  await database.drop();
});

const aLeaf = () =>
  makeLeaf({
    at: new Date('2026-06-05T21:42:00.123Z'),
    authority: 'farsta-stadsdelsnamnd',
    unitId: 'rvt-farsta',
    person: 'person-7',
    kind: 'reading',
    action: 'read-content',
    target: { kind: 'handoff', id: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10' },
    code: 'OK',
  });

describe('the audit table', () => {
  it('is what its entity says', async () => {
    expect(await schemaDifference(database.adminUrl, AUDITED)).toEqual([]);
  });

  it('takes a leaf from the service and gives it back valid', async () => {
    const leaf = aLeaf();
    await rvt.getRepository(AuditLeafEntity).insert(leaf);
    const stored = await admin.getRepository(AuditLeafEntity).findOneByOrFail({ id: leaf.id });
    expect({ ...stored }).toEqual({ ...leaf });
    expect(verifyLeaf(stored)).toEqual({ ok: true, person: 'present' });
  });

  it.each([
    ['update', `update audited.audit_leaf set code = 'FORBIDDEN'`],
    ['delete', 'delete from audited.audit_leaf'],
    ['truncate', 'truncate audited.audit_leaf'],
  ])('refuses %s to everybody, the owner and the administrator too', async (_name, sql) => {
    await rvt.getRepository(AuditLeafEntity).insert(aLeaf());
    await expect(rvt.query(sql)).rejects.toThrow(/permission denied/);
    await expect(admin.query(sql)).rejects.toThrow(/append-only/);
    await expect(
      admin.transaction(async (manager) => {
        await manager.query('set local role handslag_owner');
        await manager.query(sql);
      }),
    ).rejects.toThrow(/append-only/);
    await expect(
      admin.transaction(async (manager) => {
        await manager.query('set local session_replication_role = replica');
        await manager.query(sql);
      }),
    ).rejects.toThrow(/append-only/);
  });

  it('lets a verifier see hashes and headers, and never the person', async () => {
    const rows: unknown[] = await coordination.query('select id, leaf_hash from audited.audit_leaf limit 1');
    expect(rows).toHaveLength(1);
    await expect(coordination.query('select personal from audited.audit_leaf')).rejects.toThrow(
      /permission denied/,
    );
    await expect(coordination.query('select salt from audited.audit_leaf')).rejects.toThrow(
      /permission denied/,
    );
    await expect(rvt.query('select id from audited.audit_leaf')).rejects.toThrow(/permission denied/);
  });

  it('refuses a leaf with half a person or half a target', async () => {
    const repository = rvt.getRepository(AuditLeafEntity);
    await expect(repository.insert({ ...aLeaf(), salt: null })).rejects.toThrow(/audit_leaf_person/);
    await expect(repository.insert({ ...aLeaf(), target_id: null })).rejects.toThrow(/audit_leaf_target/);
    await expect(repository.insert({ ...aLeaf(), leaf_hash: 'short' })).rejects.toThrow(/audit_leaf_hashes/);
  });
});
