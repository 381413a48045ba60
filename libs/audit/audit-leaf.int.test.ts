import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  createTestDatabase,
  openDataSource,
  type SchemaDefinition,
  type Service,
  SqlMigration,
  schemaDifference,
  serviceRole,
  type TestDatabase,
} from '#database';
import { AUDIT_ENTITIES, AuditLeafEntity } from './audit-leaf.entity.js';
import { type AuditEntry, makeLeaf, verifyLeaf } from './audit-leaf.js';
import { AUDIT_LEAF_TABLE_SQL, ERASE_AUDIT_PERSON } from './audit-leaf.table.js';

class CreateAudited1795300000000 extends SqlMigration {
  readonly name = 'CreateAudited1795300000000';
  readonly sql = `${AUDIT_LEAF_TABLE_SQL('audited', {
    writers: [serviceRole('rvt')],
    verifiers: [serviceRole('coordination')],
    erasers: [serviceRole('partner')],
    mayErase: `made.authority <> 'somebody-elses'`,
  })}
grant usage on schema audited to ${serviceRole('rvt')}, ${serviceRole('coordination')}, ${serviceRole('partner')};`;
}
const AUDITED: SchemaDefinition = {
  schema: 'audited',
  entities: [...AUDIT_ENTITIES],
  migrations: [CreateAudited1795300000000],
};

let database: TestDatabase;
let admin: DataSource;
let rvt: DataSource;
let coordination: DataSource;
let sealer: DataSource;
let eraser: DataSource;

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
  sealer = await open('sealer');
  eraser = await open('partner');

  function open(service: Service) {
    return openDataSource({
      url: database.urlFor(service),
      definition: AUDITED,
      applicationName: 'audit test',
      poolSize: 1,
    });
  }
}, 60_000);

afterAll(async () => {
  for (const pool of [admin, rvt, coordination, sealer, eraser]) await pool?.destroy();
  await database?.drop();
});

const aLeaf = (told: Partial<AuditEntry> = {}) =>
  makeLeaf({
    at: new Date('2026-06-05T21:42:00.123Z'),
    authority: 'farsta-stadsdelsnamnd',
    unitId: 'rvt-farsta',
    person: 'person-7',
    kind: 'reading',
    action: 'read-content',
    target: { kind: 'handoff', id: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10' },
    code: 'OK',
    ...told,
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
    ['truncate', 'truncate audited.audit_leaf cascade'],
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

describe('the queue of the sealer', () => {
  it('holds every leaf from the commit of its own transaction on, and none that was rolled back', async () => {
    const [kept, lost] = [aLeaf(), aLeaf()];
    await rvt.getRepository(AuditLeafEntity).insert(kept);
    await expect(
      rvt.transaction(async (manager) => {
        await manager.insert(AuditLeafEntity, lost);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await manager.insert(AuditLeafEntity, aLeaf());
    });
    const rows: { kept: number; lost: number; all: number; leaves: number }[] = await sealer.query(
      `select count(*) filter (where leaf_id = $1)::int as kept, count(*) filter (where leaf_id = $2)::int as lost,
         count(*)::int as all, (select count(*)::int from audited.audit_leaf) as leaves from audited.audit_unsealed`,
      [kept.id, lost.id],
    );
    expect(rows[0]).toMatchObject({ kept: 1, lost: 0, all: rows[0]?.leaves });
  });

  it("is the sealer's alone to shorten, and the sealer sees no salt, no person, and changes no leaf", async () => {
    for (const sql of [
      'delete from audited.audit_unsealed',
      'select * from audited.audit_unsealed',
      `insert into audited.audit_unsealed (leaf_id) values (gen_random_uuid())`,
    ])
      await expect(rvt.query(sql)).rejects.toThrow(/permission denied/);
    await expect(coordination.query('delete from audited.audit_unsealed')).rejects.toThrow(
      /permission denied/,
    );
    await sealer.query('select leaf_hash, personal_hash, authority from audited.audit_leaf limit 1');
    for (const sql of [
      'select salt from audited.audit_leaf',
      'select personal from audited.audit_leaf',
      `update audited.audit_leaf set code = 'X'`,
      'delete from audited.audit_leaf',
      'update audited.audit_unsealed set since = now()',
      'select * from audited.audit_erasure',
    ])
      await expect(sealer.query(sql)).rejects.toThrow(/permission denied/);
  });
});

describe('the erasure of a person from the audit', () => {
  const approval = (told: Partial<AuditEntry> = {}) =>
    aLeaf({
      kind: 'command',
      action: ERASE_AUDIT_PERSON,
      target: { kind: 'disposal', id: 'disposal-1' },
      detail: { approvedBy: 'person-9' },
      ...told,
    });
  const erase = (leaves: readonly string[], by: object) =>
    eraser.query('select audited.erase_audit_person($1::uuid[], $2) as erased', [leaves, JSON.stringify(by)]);
  const stored = (id: string) => admin.getRepository(AuditLeafEntity).findOneByOrFail({ id });

  it('takes salt and person of those leaves and nothing else, adds the approving leaf, and is idempotent', async () => {
    const [one, other, kept] = [aLeaf(), aLeaf(), aLeaf()];
    await rvt.getRepository(AuditLeafEntity).insert([one, other, kept]);
    const first = approval();
    expect(await erase([one.id, other.id], first)).toEqual([{ erased: 2 }]);
    for (const leaf of [one, other]) {
      expect({ ...(await stored(leaf.id)) }).toEqual({ ...leaf, salt: null, personal: null });
      expect(verifyLeaf(await stored(leaf.id))).toEqual({ ok: true, person: 'erased' });
    }
    expect({ ...(await stored(kept.id)) }).toEqual({ ...kept });
    expect({ ...(await stored(first.id)) }).toEqual({ ...first });
    expect(await erase([one.id], approval())).toEqual([{ erased: 0 }]);
    expect(
      await admin.query('select approval_id from audited.audit_erasure where leaf_id = any ($1)', [
        [one.id, other.id, kept.id],
      ]),
    ).toEqual([{ approval_id: first.id }, { approval_id: first.id }]);
  });

  it.each([
    ['another command', () => approval({ action: 'read-content' })],
    ['a reading', () => approval({ kind: 'reading' })],
    ['a refused command', () => approval({ code: 'FORBIDDEN' })],
    ['one that names no decision', () => approval({ target: null })],
    ['one that names no unit', () => approval({ unitId: null })],
    ['one whose own person is gone', () => ({ ...approval(), salt: null, personal: null })],
    ['another authority', () => approval({ authority: 'soderort' })],
    ['an authority that the caller does not dispose for', () => approval({ authority: 'somebody-elses' })],
  ])('is refused by %s, and nothing is left behind', async (_name, by) => {
    const leaf = aLeaf();
    await rvt.getRepository(AuditLeafEntity).insert(leaf);
    const made = by();
    await expect(erase([leaf.id], made)).rejects.toThrow(
      /erasure is approved|own leaves only|does not dispose/,
    );
    expect({ ...(await stored(leaf.id)) }).toEqual({ ...leaf });
    expect(await admin.getRepository(AuditLeafEntity).findOneBy({ id: made.id })).toBeNull();
  });

  it('is refused of leaves that are not there', async () => {
    await expect(erase(['00000000-0000-4000-8000-000000000000'], approval())).rejects.toThrow(/own leaves/);
  });

  it('is no way for anybody else, nor for an eraser by another way', async () => {
    const leaf = aLeaf();
    await rvt.getRepository(AuditLeafEntity).insert(leaf);
    const call = `select audited.erase_audit_person(array['${leaf.id}']::uuid[], '{}')`;
    for (const who of [rvt, coordination, sealer])
      await expect(who.query(call)).rejects.toThrow(/permission denied/);
    for (const sql of [
      `update audited.audit_leaf set salt = null, personal = null`,
      `insert into audited.audit_erasure values ('${leaf.id}', '${leaf.id}')`,
      'select 1 from audited.audit_leaf',
    ])
      await expect(eraser.query(sql)).rejects.toThrow(/permission denied/);
    // An administrator passes by the grants, and still not by the trigger.
    const byHand = (sql: string) =>
      admin.transaction(async (manager) => {
        await manager.query('set local session_replication_role = replica');
        await manager.query(sql, [leaf.id]);
      });
    const nulled = 'update audited.audit_leaf set salt = null, personal = null where id = $1';
    await expect(byHand(nulled)).rejects.toThrow(/append-only/);
    await erase([leaf.id], approval());
    await expect(
      byHand(`update audited.audit_leaf set salt = repeat('0', 64), personal = '{}' where id = $1`),
    ).rejects.toThrow(/append-only/);
    await expect(byHand('delete from audited.audit_erasure where leaf_id = $1')).rejects.toThrow(
      /append-only/,
    );
  });

  it('does not let an approved erasure carry another change with it', async () => {
    const leaf = aLeaf();
    await rvt.getRepository(AuditLeafEntity).insert(leaf);
    await expect(
      admin.transaction(async (manager) => {
        const made = approval();
        await manager.insert(AuditLeafEntity, made);
        await manager.query('insert into audited.audit_erasure values ($1, $2)', [leaf.id, made.id]);
        await manager.query(
          `update audited.audit_leaf set salt = null, personal = null, code = 'X' where id = $1`,
          [leaf.id],
        );
      }),
    ).rejects.toThrow(/append-only/);
  });
});
