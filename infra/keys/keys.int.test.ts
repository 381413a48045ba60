import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CUSTODY_SCHEMA } from '#custody';
import { createTestDatabase, type PartyService, type TestDatabase } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import {
  BlindIndexKeys,
  createLocalKms,
  KEYS_SCHEMA,
  PostgresKeyStore,
  registerKeyUnits,
  Sealing,
  UnitKeys,
} from '#sealing';
import { carryOut, readWish } from './keys-command.js';
import { unitKeysInHand } from './unit-keys-of.js';

const [UNIT, OTHER] = ['rvt-farsta', 'bou-farsta'];
const MASTER = randomBytes(32).toString('base64url');

describe('the keys of a unit, in the hands of its party', () => {
  let database: TestDatabase;
  let admin: DataSource;
  const opened: DataSource[] = [];
  beforeAll(async () => {
    database = await createTestDatabase([DIRECTORY_SCHEMA, KEYS_SCHEMA, CUSTODY_SCHEMA]);
    admin = await open(database.adminUrl);
    await registerKeyUnits(admin, [
      { unitId: UNIT, party: 'rvt' },
      { unitId: OTHER, party: 'bou' },
    ]);
  }, 60_000);
  afterAll(async () => {
    for (const one of opened) await one.destroy();
    await database?.drop();
  });

  async function open(url: string): Promise<DataSource> {
    const source = await new DataSource({ type: 'postgres', url, installExtensions: false }).initialize();
    opened.push(source);
    return source;
  }
  const environment = (party: PartyService, masterKey = MASTER) => ({
    KEYS_DATABASE_URL: database.urlFor(party),
    HANDSLAG_MASTER_KEY: masterKey,
  });
  async function sealingOf(party: PartyService, unit: string): Promise<Sealing> {
    const store = new PostgresKeyStore(await open(database.urlFor(party)));
    const keys = new UnitKeys(store, createLocalKms(Buffer.from(MASTER, 'base64url')));
    await keys.ensureUnitKeys([unit]);
    return new Sealing(store, keys.privateKeys);
  }
  /** Sealed for both units, and stored in custody as a party would. */
  async function stored(sealing: Sealing) {
    const binding = { contentId: randomUUID(), incidentId: randomUUID(), subjectId: null };
    const made = await sealing.seal({
      ...binding,
      content: { form: 'text', version: 1, fields: [] },
      forUnits: [UNIT, OTHER],
    });
    if (!made.ok) throw new Error(made.code);
    const { ciphertext, digest } = made.value;
    await admin.query(
      `insert into custody.content (id, incident_id, kind, from_unit, to_unit, ciphertext, digest, created_at)
       values ($1, $2, 'note', $3, $4, $5, $6, now())`,
      [binding.contentId, binding.incidentId, UNIT, OTHER, ciphertext, digest],
    );
    return { ...binding, ciphertext };
  }
  const inCustody = (): Promise<unknown> =>
    admin.query(
      `select xmin::text, id, encode(sha256(ciphertext), 'hex') as sum from custody.content order by id`,
    );
  async function run(line: string, given = environment('rvt')) {
    const wish = readWish([...line.split(' '), '--lang', 'en']);
    if (wish === null) throw new Error(`no wish: ${line}`);
    const lines: string[] = [];
    const keys = await unitKeysInHand(wish.unit, given);
    try {
      return { code: await carryOut(wish, keys, (said) => void lines.push(said)), lines };
    } finally {
      await keys.close();
    }
  }

  it('are rotated, listed and erased; what they open stays as it is in custody', async () => {
    const [rvt, bou] = [await sealingOf('rvt', UNIT), await sealingOf('bou', OTHER)];
    const [one, two] = [await stored(rvt), await stored(rvt)];
    const ciphertexts = await inCustody();
    const before = (await run(`list ${UNIT}`)).lines;
    expect(before).toHaveLength(2);
    expect(before.find((line) => line.startsWith('wrap'))).toMatch(/current {2}wraps 2$/);

    const rotated = await run(`rotate ${UNIT}`);
    expect([rotated.code, rotated.lines]).toEqual([
      0,
      [
        expect.stringMatching(/^New wrap key: wrap-/),
        '2 wraps moved to it.',
        expect.stringMatching(/^New signing key: sign-/),
      ],
    ]);
    const after = (await run(`list ${UNIT}`)).lines;
    expect(after).toHaveLength(4);
    expect(after.filter((line) => line.includes('retired'))).toHaveLength(2);
    expect(after.find((line) => line.includes('current  wraps 2'))).toContain(rotated.lines[0]?.slice(14));
    const opens = async (sealing: Sealing, content: typeof one, unitId: string) => {
      const outcome = await sealing.open({ ...content, unitId });
      return outcome.ok ? 'open' : outcome.code;
    };
    expect(await opens(await sealingOf('rvt', UNIT), one, UNIT)).toBe('open');

    const wish = `erase --unit ${UNIT} --content ${one.contentId}`;
    const asked = await run(wish);
    expect([asked.code, asked.lines.at(-1)]).toEqual([2, expect.stringContaining('Nothing was done')]);
    expect(await opens(rvt, one, UNIT)).toBe('open');
    expect(await run(`${wish} --yes`)).toMatchObject({
      code: 0,
      lines: [expect.anything(), `1 erased for ${UNIT}.`],
    });
    expect([await opens(rvt, one, UNIT), await opens(rvt, two, UNIT)]).toEqual(['ERASED', 'open']);
    expect(await opens(bou, one, OTHER)).toBe('open');
    expect(await run(`${wish} --yes`)).toMatchObject({ code: 1 });
    expect(await inCustody()).toEqual(ciphertexts);
  });

  it('are not touched by another party, nor under a wrong master key', async () => {
    await sealingOf('rvt', UNIT);
    const keys = () => admin.query('select unit_id, kid, retired_at from keys.unit_key order by 1, 2');
    const before: unknown = await keys();
    await expect(run(`rotate ${UNIT}`, environment('bou'))).rejects.toThrow('its own service');
    await expect(
      run(`rotate ${UNIT}`, environment('rvt', randomBytes(32).toString('base64'))),
    ).rejects.toThrow('HANDSLAG_MASTER_KEY is not the one');
    await expect(run(`rotate ${UNIT}`, environment('rvt', 'short'))).rejects.toThrow(
      'missing or wrong: HANDSLAG_MASTER_KEY',
    );
    await expect(run('rotate nobody')).rejects.toThrow('its own service');
    expect(await keys()).toEqual(before);
  });

  it('begin a new index key for an authority, once, and for none that the party has no index of', async () => {
    await sealingOf('rvt', UNIT);
    const indexKeys = new BlindIndexKeys({
      party: 'rvt',
      store: await open(database.urlFor('rvt')),
      kms: createLocalKms(Buffer.from(MASTER, 'base64url')),
    });
    await indexKeys.of('farsta-stadsdelsnamnd');
    expect((await run(`reindex ${UNIT} farsta-stadsdelsnamnd`)).code).toBe(0);
    expect((await indexKeys.of('farsta-stadsdelsnamnd')).current.version).toBe(2);
    expect((await run(`index ${UNIT}`)).lines).toEqual([
      expect.stringContaining('index  farsta-stadsdelsnamnd  2'),
      expect.stringContaining('index  farsta-stadsdelsnamnd  1'),
    ]);
    expect((await run(`reindex ${UNIT} farsta-stadsdelsnamnd`)).code).toBe(2);
    expect((await run(`reindex ${UNIT} polismyndigheten`)).code).toBe(2);
  });
});
