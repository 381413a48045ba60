import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { PARTY_SERVICES } from '#database';
import { LocalSystem } from '../testing/local-system.js';
import { searchCanaries } from './canary-search.js';
import { Canaries } from './stage/canaries.js';

jest.setTimeout(400_000);

let system: LocalSystem;
beforeAll(async () => {
  system = await LocalSystem.prepare();
});
afterAll(() => system.stop());

test('without a running system the story says what to type, and plays nothing', async () => {
  const { code, said } = await system.run('story');
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('npm start') });
});

test('a system that does not answer is not as told: it says where, and ends with 1', async () => {
  const nowhere = Object.fromEntries(
    ['issuer', ...PARTY_SERVICES].map((name) => [`HANDSLAG_URL_${name.toUpperCase()}`, 'http://localhost:9']),
  );
  Object.assign(system.environment, nowhere);
  const { code, said } = await system.run('story');
  for (const name of Object.keys(nowhere)) delete system.environment[name];
  expect({ code, said }).toEqual({
    code: 1,
    said: expect.stringContaining('Inte som det berättas: GET http://localhost:9/dev/time was not answered'),
  });
});

describe('on a running system', () => {
  beforeAll(() => system.start());

  test('all is as told, and what it wrote about people is found nowhere but in sealed content', async () => {
    const { code, said } = await system.run('story', '--search-canaries');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Det som öppnades är stängt.') });
    expect(said).toContain('Minuter utan ansvarig enhet: 0');
    expect(said).toContain('Allt som alltid ska gälla gäller (C1, C2, C3, C4, C7).');
    expect(said).toMatch(/Temporal +[1-9]\d* histories/);
    expect(said).toMatch(/Record, schema custody +[1-9]\d* tables/);
  });

  test('it can be played again, on the next holiday, in English', async () => {
    const { code, said } = await system.run('story', '--lang', 'en');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('What was opened is closed.') });
  });

  test('a word that leaked is found where it is, however it was encoded, and named by its field', async () => {
    const canaries = new Canaries();
    const [asBytes, inJson, inLog] = ['bytes', 'json', 'log'].map((field) => canaries.word(field));
    const base64 = Buffer.from(`{"name":"${inJson}"}`).toString('base64');
    await system.sql('create table coordination.leak (ciphertext bytea, payload jsonb)');
    await system.sql('insert into coordination.leak values ($1, $2)', [
      Buffer.from(`namn ${asBytes}`),
      JSON.stringify({ data: base64 }),
    ]);
    await appendFile(path.join(system.running.logFolder, 'police.log'), `error at ${inLog?.toLowerCase()}\n`);
    const { searched } = await searchCanaries(system.running, {
      begun: new Date(),
      canaries: canaries.all(),
      matterId: '-',
      unit: '-',
    });
    await system.sql('drop table coordination.leak');
    const found = searched.flatMap(({ findings }) =>
      findings.map(({ canary, form, where }) => `${canary.field} ${form} ${where}`),
    );
    expect(found.toSorted()).toEqual([
      'bytes hex coordination.leak.ciphertext',
      'json base64 coordination.leak.payload',
      'log plain police.log',
    ]);
  });

  test('the search finds what is there: the name of a unit stands in tables and mail', async () => {
    const { searched, unproven } = await searchCanaries(system.running, {
      begun: new Date(0),
      canaries: [{ field: 'planted', text: 'Socialjouren-Stockholm' }],
      matterId: 'socialjouren-stockholm',
      unit: 'socialjouren-stockholm',
    });
    const found = searched.filter(({ findings }) => findings.length > 0).map(({ place }) => place);
    expect(found).toEqual(expect.arrayContaining(['Mail', 'Record, schema custody']));
    // No unit is named to Temporal or Redis (C5): a search that should see one in Temporal is not believed.
    expect(found).not.toContain('Redis');
    expect(unproven).toEqual(['Temporal']);
  });
});
