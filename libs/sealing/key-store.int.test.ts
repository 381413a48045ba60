import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import {
  createTestDatabase,
  openDataSource,
  type Service,
  schemaDifference,
  type TestDatabase,
} from '#database';
import { KEYS_SCHEMA, registerKeyUnits } from './keys.schema-definition.js';
import { createLocalKms } from './local-kms.js';
import { PostgresKeyStore } from './postgres-key-store.js';
import { Sealing, type SealRequest } from './sealing.js';
import { UnitKeys } from './unit-keys.js';

const POLICE = 'police-globen';
const JOUR = 'socialjouren-stockholm';
const RVT = 'rvt-sydvast';
const SUCCESSOR = 'rvc-sydvast';
const BOU_A = 'bou-skarpnack';
const BOU_B = 'bou-farsta';

let database: TestDatabase;
let admin: DataSource;
const pools: DataSource[] = [];

async function party(service: Service, unitIds: string[], masterKey = randomBytes(32)) {
  const pool = await openDataSource({
    url: database.urlFor(service),
    definition: KEYS_SCHEMA,
    applicationName: 'key store test',
    poolSize: 2,
  });
  pools.push(pool);
  const store = new PostgresKeyStore(pool);
  const keys = new UnitKeys(store, createLocalKms(masterKey));
  await keys.ensureUnitKeys(unitIds);
  return { pool, store, keys, sealing: new Sealing(store, keys.privateKeys), masterKey };
}
type Party = Awaited<ReturnType<typeof party>>;

let police: Party;
let jour: Party;
let rvt: Party;
let bou: Party;
let rvc: Party;

beforeAll(async () => {
  database = await createTestDatabase([KEYS_SCHEMA]);
  admin = await new DataSource({
    type: 'postgres',
    url: database.adminUrl,
    installExtensions: false,
  }).initialize();
  await registerKeyUnits(admin, [
    { unitId: POLICE, party: 'police' },
    { unitId: JOUR, party: 'socialjouren' },
    { unitId: RVT, party: 'rvt' },
    { unitId: SUCCESSOR, party: 'rvc' },
    { unitId: BOU_A, party: 'bou' },
    { unitId: BOU_B, party: 'bou' },
  ]);
  police = await party('police', [POLICE]);
  jour = await party('socialjouren', [JOUR]);
  rvt = await party('rvt', [RVT]);
  bou = await party('bou', [BOU_A, BOU_B]);
  rvc = await party('rvc', [SUCCESSOR]);
}, 60_000);

afterAll(async () => {
  for (const pool of [...pools, admin]) await pool.destroy();
  await database.drop();
});

function aContent(forUnits: string[]): SealRequest {
  return {
    contentId: randomUUID(),
    incidentId: randomUUID(),
    subjectId: randomUUID(),
    content: {
      form: 'acute-referral',
      version: 1,
      fields: [
        { field: 'what-happened', value: 'kanariefågel', concerns: [], source: 'victim', keepFrom: [] },
      ],
    },
    forUnits,
  };
}

async function sealedBy(sender: Party, request: SealRequest) {
  const sealed = await sender.sealing.seal(request);
  if (!sealed.ok) throw new Error(sealed.code);
  const { incidentId, subjectId } = request;
  return { incidentId, subjectId, ...sealed.value };
}

describe('the key store and its entities', () => {
  it('show no difference', async () => {
    expect(await schemaDifference(database.adminUrl, KEYS_SCHEMA)).toEqual([]);
  });
});

describe('sealing from party to party', () => {
  it('lets sender and receiver read, each with its own service and master key', async () => {
    const request = aContent([POLICE, JOUR]);
    const envelope = await sealedBy(police, request);
    expect(await police.sealing.open({ ...envelope, unitId: POLICE })).toEqual({
      ok: true,
      value: request.content,
    });
    expect(await jour.sealing.open({ ...envelope, unitId: JOUR })).toEqual({
      ok: true,
      value: request.content,
    });
    expect(await jour.sealing.verifyEnvelope({ ...envelope, unitId: JOUR })).toMatchObject({ ok: true });
  });

  it('shows a third party no wrap at all', async () => {
    const envelope = await sealedBy(police, aContent([POLICE, JOUR]));
    expect(await rvt.sealing.open({ ...envelope, unitId: RVT })).toMatchObject({ code: 'WRAP_MISSING' });
    expect(await rvt.sealing.open({ ...envelope, unitId: JOUR })).toMatchObject({ code: 'WRAP_MISSING' });
  });

  it('refuses another unit of the same party', async () => {
    const envelope = await sealedBy(jour, aContent([JOUR, BOU_A]));
    expect(await bou.sealing.open({ ...envelope, unitId: BOU_B })).toMatchObject({
      code: 'NOT_FOR_THIS_UNIT',
      unitId: BOU_B,
    });
  });

  it('refuses to seal for a unit without keys, and stores no wrap', async () => {
    const request = aContent([POLICE, 'another-municipality']);
    expect(await police.sealing.seal(request)).toEqual({
      ok: false,
      code: 'UNIT_HAS_NO_KEY',
      unitId: 'another-municipality',
    });
    expect((await police.store.wrapsOf(request.contentId)).wraps).toEqual([]);
  });

  it('seals several contents all or none, each under a key of its own', async () => {
    const requests = [aContent([JOUR, BOU_A]), aContent([JOUR, RVT])];
    const outcome = await jour.sealing.sealAll(requests);
    if (!outcome.ok) throw new Error(outcome.code);
    expect(new Set(outcome.value.map(({ digest }) => digest)).size).toBe(2);
    const { rows } = await count();
    await expect(jour.sealing.sealAll([aContent([JOUR]), ...requests])).rejects.toThrow(/wrap_pk/);
    expect((await count()).rows).toBe(rows);

    async function count(): Promise<{ rows: number }> {
      const [row]: { rows: number }[] = await admin.query('select count(*)::int as rows from keys.wrap');
      return row ?? { rows: -1 };
    }
  });
});

describe('keys of units', () => {
  it('are made once when two processes start at once', async () => {
    await registerKeyUnits(admin, [{ unitId: 'rvt-started-twice', party: 'rvt' }]);
    const other = await party('rvt', [], rvt.masterKey);
    await Promise.all([
      rvt.keys.ensureUnitKeys(['rvt-started-twice']),
      other.keys.ensureUnitKeys(['rvt-started-twice']),
    ]);
    const rows: { public: number; private: number }[] = await admin.query(
      `select (select count(*)::int from keys.unit_key where unit_id = $1) as public,
              (select count(*)::int from keys.unit_private_key where unit_id = $1) as private`,
      ['rvt-started-twice'],
    );
    expect(rows).toEqual([{ public: 2, private: 2 }]);
    expect(await other.keys.signingKey('rvt-started-twice')).not.toBeNull();
  });

  it('open after a restart with the master key, and not with another', async () => {
    const envelope = await sealedBy(police, aContent([POLICE]));
    const restarted = await party('police', [POLICE], police.masterKey);
    expect(await restarted.sealing.open({ ...envelope, unitId: POLICE })).toMatchObject({ ok: true });
    const mistaken = await party('police', [POLICE]);
    await expect(mistaken.sealing.open({ ...envelope, unitId: POLICE })).rejects.toThrow(
      /HANDSLAG_MASTER_KEY/,
    );
  });

  it('cannot be claimed by registering a unit under another party', async () => {
    await expect(registerKeyUnits(admin, [{ unitId: RVT, party: 'police' }])).rejects.toThrow(/rvt-sydvast/);
  });
});

describe('rotation, succession and erasure', () => {
  it('rotation moves every wrap to the new key, and leaves the ciphertext readable as it is', async () => {
    await registerKeyUnits(admin, [{ unitId: 'bou-rotated', party: 'bou' }]);
    await bou.keys.ensureUnitKeys(['bou-rotated']);
    const envelopes = [];
    for (let made = 0; made < 3; made += 1)
      envelopes.push(await sealedBy(jour, aContent([JOUR, 'bou-rotated'])));
    const [before] = await bou.store.currentKeys(['bou-rotated'], 'wrap');

    expect(await bou.keys.rotateWrapKey('bou-rotated')).toEqual({ count: 3, unreadable: [] });

    const [after] = await bou.store.currentKeys(['bou-rotated'], 'wrap');
    expect(after?.kid).not.toBe(before?.kid);
    for (const envelope of envelopes) {
      const { wraps } = await bou.store.wrapsOf(envelope.contentId);
      expect(wraps.map(({ kid }) => kid)).toEqual([after?.kid]);
      expect(await bou.sealing.open({ ...envelope, unitId: 'bou-rotated' })).toMatchObject({ ok: true });
    }
  });

  it('a rotation that stopped half-way loses nothing and is finished by the next', async () => {
    await registerKeyUnits(admin, [{ unitId: 'bou-half-way', party: 'bou' }]);
    await bou.keys.ensureUnitKeys(['bou-half-way']);
    const envelope = await sealedBy(jour, aContent([JOUR, 'bou-half-way']));
    const wrapsUnderOldKey = await bou.store.wrapsOf(envelope.contentId);
    await bou.keys.rotateWrapKey('bou-half-way');
    // As if the rotation had died before it came to this wrap.
    const [moved] = (await bou.store.wrapsOf(envelope.contentId)).wraps;
    const [old] = wrapsUnderOldKey.wraps;
    if (!moved || !old) throw new Error('no wraps');
    await bou.store.replaceWraps([{ ...old, oldKid: moved.kid }]);

    expect(await bou.sealing.open({ ...envelope, unitId: 'bou-half-way' })).toMatchObject({ ok: true });
    expect(await bou.keys.rewrapUnit('bou-half-way')).toEqual({ count: 1, unreadable: [] });
    expect(await bou.keys.rewrapUnit('bou-half-way')).toEqual({ count: 0, unreadable: [] });
  });

  it('rotation names a wrap that it cannot open, and goes on', async () => {
    await registerKeyUnits(admin, [{ unitId: 'bou-broken', party: 'bou' }]);
    await bou.keys.ensureUnitKeys(['bou-broken']);
    const [key] = await jour.store.currentKeys(['bou-broken'], 'wrap');
    const contentId = randomUUID();
    await jour.store.addWraps([{ contentId, unitId: 'bou-broken', kid: key?.kid ?? '', jwe: 'a.b.c.d.e' }]);
    await sealedBy(jour, aContent(['bou-broken']));
    expect(await bou.keys.rotateWrapKey('bou-broken')).toEqual({ count: 1, unreadable: [contentId] });
  });

  it('succession lets the successor of another party read all, and may be repeated', async () => {
    const envelope = await sealedBy(jour, aContent([JOUR, RVT]));
    const first = await rvt.keys.succeed(RVT, SUCCESSOR);
    expect(first).toMatchObject({ ok: true, value: { unreadable: [] } });
    expect(await rvt.keys.succeed(RVT, SUCCESSOR)).toEqual(first);
    expect(await rvc.sealing.open({ ...envelope, unitId: SUCCESSOR })).toMatchObject({ ok: true });
    expect(await rvt.keys.succeed(RVT, 'nobody')).toMatchObject({ code: 'UNIT_HAS_NO_KEY' });
  });

  it("erasure makes a content unreadable for the unit that erased, and leaves the others'", async () => {
    const envelope = await sealedBy(jour, aContent([JOUR, BOU_A, BOU_B]));
    expect(await bou.keys.erase([envelope.contentId], [BOU_A])).toBe(1);
    expect(await bou.keys.erase([envelope.contentId], [BOU_A])).toBe(0);
    expect(await bou.sealing.open({ ...envelope, unitId: BOU_A })).toMatchObject({ code: 'ERASED' });
    expect(await bou.sealing.verifyEnvelope({ ...envelope, unitId: BOU_A })).toMatchObject({
      code: 'ERASED',
    });
    expect(await bou.sealing.open({ ...envelope, unitId: BOU_B })).toMatchObject({ ok: true });
    expect(await jour.sealing.open({ ...envelope, unitId: JOUR })).toMatchObject({ ok: true });
  });

  it("does nothing to another party's wraps", async () => {
    const envelope = await sealedBy(jour, aContent([JOUR, BOU_A]));
    expect(await police.keys.erase([envelope.contentId], [JOUR, BOU_A])).toBe(0);
    expect(await jour.sealing.open({ ...envelope, unitId: JOUR })).toMatchObject({ ok: true });
  });
});

describe('raw SQL with the role of another party', () => {
  const denied = /permission denied/;
  const hidden = /row-level security/;

  it('sees no private key and no wrap of others, and every public key', async () => {
    await sealedBy(jour, aContent([JOUR]));
    const privates: { unit_id: string }[] = await police.pool.query(
      'select unit_id from keys.unit_private_key',
    );
    expect(new Set(privates.map(({ unit_id }) => unit_id))).toEqual(new Set([POLICE]));
    const wraps: { unit_id: string }[] = await police.pool.query('select unit_id from keys.wrap');
    expect(wraps.every(({ unit_id }) => unit_id === POLICE)).toBe(true);
    const [jours] = await police.store.currentKeys([JOUR], 'wrap');
    expect(Object.keys(jours?.publicJwk ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'x']);
  });

  it.each([
    ['claim a unit', `insert into keys.unit values ('rvt-farsta', 'police')`, denied],
    ['take over a unit', `update keys.unit set party = 'police' where unit_id = '${JOUR}'`, denied],
    [
      'give another unit a key',
      `insert into keys.unit_key (unit_id, kid, purpose, public_jwk) values ('${JOUR}', 'k', 'wrap', '{}')`,
      hidden,
    ],
    [
      "change a public key, even one's own",
      `update keys.unit_key set public_jwk = '{}' where unit_id = '${POLICE}'`,
      denied,
    ],
    [
      'publish a private key by mistake',
      `insert into keys.unit_key (unit_id, kid, purpose, public_jwk) values ('${POLICE}', 'k', 'sign', '{"d": "x"}')`,
      /unit_key_is_public/,
    ],
    ['delete a key', 'delete from keys.unit_key', denied],
    ['deny an erasure', 'delete from keys.erased_wrap', denied],
    [
      'say that another erased',
      `insert into keys.erased_wrap (content_id, unit_id) values ('${randomUUID()}', '${JOUR}')`,
      hidden,
    ],
    ['switch row-level security off', 'alter table keys.wrap disable row level security', /must be owner/],
    ['empty the wraps', 'truncate keys.wrap', denied],
  ])('cannot %s', async (_name, sql, refusal) => {
    await expect(police.pool.query(sql)).rejects.toThrow(refusal);
  });

  it("cannot retire, rewrap or delete what is another party's: nothing is hit", async () => {
    const envelope = await sealedBy(jour, aContent([JOUR]));
    await police.pool.query('update keys.unit_key set retired_at = now() where unit_id = $1', [JOUR]);
    await police.pool.query(`update keys.wrap set jwe = 'x' where unit_id = $1`, [JOUR]);
    await police.pool.query('delete from keys.wrap where unit_id = $1', [JOUR]);
    expect(await jour.sealing.open({ ...envelope, unitId: JOUR })).toMatchObject({ ok: true });
    expect(await jour.store.currentKeys([JOUR], 'wrap')).toHaveLength(1);
  });

  it.each(['courier', 'coordination'] as const)('gives %s no wrap and no private key', async (service) => {
    const pool = await openDataSource({
      url: database.urlFor(service),
      definition: KEYS_SCHEMA,
      applicationName: 'key store test',
      poolSize: 1,
    });
    pools.push(pool);
    await expect(pool.query('select * from keys.wrap')).rejects.toThrow(denied);
    await expect(pool.query('select * from keys.unit_private_key')).rejects.toThrow(denied);
  });
});
