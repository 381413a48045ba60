import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { LocalSystem } from '../testing/local-system.js';
import { searchCanaries } from './canary-search.js';

jest.setTimeout(180_000);

let system: LocalSystem;
beforeAll(async () => {
  system = await LocalSystem.prepare();
});
afterAll(() => system.stop());

test('without a running system the story says what to type, and plays nothing', async () => {
  const { code, said } = await system.run('story');
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('npm start') });
});

describe('on a running system', () => {
  beforeAll(() => system.start());

  test('all is as told, and what it wrote about people is found nowhere but in sealed content', async () => {
    const { code, said } = await system.run('story', '--search-canaries');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Det som öppnades är stängt.') });
    expect(said).toContain('Minuter utan ansvarig enhet: 0');
    expect(said).toMatch(/Temporal +[1-9]\d* histories/);
    expect(said).toMatch(/Record, schema custody +[1-9]\d* tables/);
  });

  test('it can be played again, on the next holiday, in English', async () => {
    const { code, said } = await system.run('story', '--lang', 'en');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('What was opened is closed.') });
  });

  test('the search finds what is there: the name of a unit stands in tables, Redis and mail', async () => {
    const { searched, unproven } = await searchCanaries(system.running, {
      begun: new Date(0),
      canaries: [{ field: 'planted', text: 'Socialjouren-Stockholm' }],
      matterId: 'socialjouren-stockholm',
      unit: 'socialjouren-stockholm',
    });
    const found = searched.filter(({ findings }) => findings.length > 0).map(({ place }) => place);
    expect(found).toEqual(expect.arrayContaining(['Redis', 'Mail', 'Record, schema custody']));
    // No unit is named to Temporal (C5), so a search that should see one there is not believed.
    expect(unproven).toEqual(['Temporal']);
  });
});
