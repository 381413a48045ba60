import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BlindValue } from './blind-index.js';
import { BlindIndexKeys, INDEX_VERSIONS } from './blind-index-keys.js';
import { createLocalKms } from './local-kms.js';
import { JOUR, KeyStoreParties, type Party, RVT } from './test/key-store-parties.js';

const BOARD = 'skarholmens-stadsdelsnamnd';
const VALUE: BlindValue = { unit: RVT, audience: 'unit', kind: 'number', value: '196101182803' };

describe('the keys of the blind indexes', () => {
  let parties: KeyStoreParties;
  let rvt: Party;
  let jour: Party;
  const keysOf = (name: string, { pool, masterKey }: Party) =>
    new BlindIndexKeys({ party: name, store: pool, kms: createLocalKms(masterKey) });

  beforeAll(async () => {
    parties = await KeyStoreParties.create();
    rvt = await parties.party('rvt', [RVT]);
    jour = await parties.party('socialjouren', [JOUR]);
  }, 60_000);
  afterAll(() => parties.drop());

  it('are made once when two processes start at once, one line for each authority', async () => {
    const [one, other] = [keysOf('rvt', rvt), keysOf('rvt', rvt)];
    const [first, second] = await Promise.all([one.of(BOARD), other.of(BOARD)]);
    expect(first.current.tag(VALUE)).toBe(second.current.tag(VALUE));
    expect((await one.of('farsta-stadsdelsnamnd')).current.tag(VALUE)).not.toBe(first.current.tag(VALUE));
  });

  it('of another party of the same authority are others', async () => {
    const [own, theirs] = [await keysOf('rvt', rvt).of(BOARD), await keysOf('socialjouren', jour).of(BOARD)];
    expect(own.current.tag(VALUE)).not.toBe(theirs.current.tag(VALUE));
  });

  it('lie sealed in the store, where another party sees none and can write none in our name', async () => {
    const seen: { party: string }[] = await jour.pool.query('select distinct party from keys.index_key');
    expect(seen).toEqual([{ party: 'socialjouren' }]);
    await expect(
      jour.pool.query(
        `insert into keys.index_key (party, authority_id, version, key_sealed) values ('rvt', 'x', 9, '')`,
      ),
    ).rejects.toThrow(/row-level security/);
    const stolen = new BlindIndexKeys({
      party: 'rvt',
      store: rvt.pool,
      kms: createLocalKms(jour.masterKey),
    });
    await expect(stolen.of(BOARD)).rejects.toThrow(/HANDSLAG_MASTER_KEY/);
  });

  it('change by a new version: both are looked for until the old one is retired, and always as many', async () => {
    const keys = keysOf('rvt', rvt);
    const before = await keys.of(BOARD);
    expect(await keys.rekey(BOARD)).toBe(2);
    await expect(keys.rekey(BOARD)).rejects.toThrow(/already/);
    const during = await keysOf('rvt', rvt).of(BOARD);
    expect(during.current.version).toBe(2);
    expect(during.all.map((index) => index.tag(VALUE))).toContain(before.current.tag(VALUE));
    await keys.retireOld(BOARD);
    const after = await keys.of(BOARD);
    expect(after.current.tag(VALUE)).toBe(during.current.tag(VALUE));
    expect(after.all.map((index) => index.tag(VALUE))).not.toContain(before.current.tag(VALUE));
    expect([before, during, after].map(({ all }) => all.length)).toEqual(Array(3).fill(INDEX_VERSIONS));
  });
});
