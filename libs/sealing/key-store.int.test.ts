import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schemaDifference } from '#database';
import { KEYS_SCHEMA, registerKeyUnits } from './keys.schema-definition.js';
import {
  aContent,
  JOUR,
  KeyStoreParties,
  type Party,
  POLICE,
  RVT,
  sealedBy,
} from './test/key-store-parties.js';

let parties: KeyStoreParties;
let police: Party;
let jour: Party;
let rvt: Party;

beforeAll(async () => {
  parties = await KeyStoreParties.create();
  police = await parties.party('police', [POLICE]);
  jour = await parties.party('socialjouren', [JOUR]);
  rvt = await parties.party('rvt', [RVT]);
}, 60_000);

afterAll(() => parties.drop());

describe('the key store and its entities', () => {
  it('show no difference', async () => {
    expect(await schemaDifference(parties.database.adminUrl, KEYS_SCHEMA)).toEqual([]);
  });
});

describe('keys of units', () => {
  it('are made once when two processes start at once', async () => {
    await registerKeyUnits(parties.admin, [{ unitId: 'rvt-started-twice', party: 'rvt' }]);
    const other = await parties.party('rvt', [], rvt.masterKey);
    await Promise.all([
      rvt.keys.ensureUnitKeys(['rvt-started-twice']),
      other.keys.ensureUnitKeys(['rvt-started-twice']),
    ]);
    const rows: { public: number; private: number }[] = await parties.admin.query(
      `select (select count(*)::int from keys.unit_key where unit_id = $1) as public,
              (select count(*)::int from keys.unit_private_key where unit_id = $1) as private`,
      ['rvt-started-twice'],
    );
    expect(rows).toEqual([{ public: 2, private: 2 }]);
    expect(await other.keys.signingKey('rvt-started-twice')).not.toBeNull();
  });

  it('open after a restart with the master key, and not with another', async () => {
    const envelope = await sealedBy(police, aContent([POLICE]));
    const restarted = await parties.party('police', [POLICE], police.masterKey);
    expect(await restarted.sealing.open({ ...envelope, unitId: POLICE })).toMatchObject({ ok: true });
    const mistaken = await parties.party('police', [POLICE]);
    await expect(mistaken.sealing.open({ ...envelope, unitId: POLICE })).rejects.toThrow(
      /HANDSLAG_MASTER_KEY/,
    );
  });

  it('cannot be claimed by registering a unit under another party', async () => {
    await expect(registerKeyUnits(parties.admin, [{ unitId: RVT, party: 'police' }])).rejects.toThrow(
      /rvt-sydvast/,
    );
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
    // With and without a condition: only one with a condition is stopped by what may be read.
    await police.pool.query('update keys.unit_key set retired_at = now() where unit_id = $1', [JOUR]);
    for (const condition of [`where unit_id = '${JOUR}'`, '']) {
      await police.pool.query(`update keys.wrap set jwe = 'x' ${condition}`);
      await police.pool.query(`delete from keys.wrap ${condition}`);
    }
    expect(await jour.sealing.open({ ...envelope, unitId: JOUR })).toMatchObject({ ok: true });
    expect(await jour.store.currentKeys([JOUR], 'wrap')).toHaveLength(1);
  });

  it.each(['courier', 'coordination'] as const)('gives %s no wrap and no private key', async (service) => {
    const pool = await parties.pool(service);
    await expect(pool.query('select * from keys.wrap')).rejects.toThrow(denied);
    await expect(pool.query('select * from keys.unit_private_key')).rejects.toThrow(denied);
  });
});
