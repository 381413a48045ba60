import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { searchCanaries } from '../story/canary-search.js';
import { Canaries } from '../story/stage/canaries.js';
import { LocalSystem } from '../testing/local-system.js';
import { Month } from './month.js';

jest.setTimeout(1_200_000);

/** A report every eighth day. */
const CASES = 4;
/** Every command of every document is swept on each of these, with other choices each time. */
const SWEEP_EVERY = 2;
const SEED = 20_261_122;

describe('a simulated month', () => {
  /** One stem for thousands of words: what is searched for is the stem, and the numbers of the people as they stand. */
  const stem = new Canaries().word('stem');
  const canaries = new Canaries(stem);
  const begun = new Date();
  const isOther = (text: string): boolean => !text.startsWith(stem);
  let system: LocalSystem;
  let month: Month;
  beforeAll(async () => {
    system = await LocalSystem.start();
    month = new Month(system, canaries, SEED);
    for (let one = 0; one < CASES; one += 1) await month.caseOfEightDays({ sweeps: one % SWEEP_EVERY === 0 });
  });
  afterAll(() => system?.stop());

  test('reached what it was to reach: commands were taken at every party, and some were refused', () => {
    for (const app of ['police', 'socialjouren', 'rvt', 'bou'])
      expect([app, [...month.taken].some((one) => one.startsWith(app))]).toEqual([app, true]);
    expect(month.refused.length).toBeGreaterThan(100);
    expect(canaries.all().length).toBeGreaterThan(1_000);
  });

  test('leaves no word about anybody in Temporal, Redis, logs, mail or any column of any table', async () => {
    const { searched, unproven } = await searchCanaries(system.running, {
      begun,
      canaries: [
        { field: 'any text', text: stem },
        ...canaries
          .all()
          .filter(({ text }, at, all) => isOther(text) && all.findIndex((one) => one.text === text) === at),
      ],
      matterId: month.matters[0] ?? '',
      unit: 'socialjouren-stockholm',
    });
    const found = searched.flatMap(({ place, findings }) =>
      findings.map(({ canary, form, where }) => `${place}: ${canary.field} ${form} in ${where}`),
    );
    expect({ found, unproven }).toEqual({ found: [], unproven: [] });
  });

  test('says no word back in a refusal, and fails nowhere without a sentence for people', () => {
    const said = month.refused.filter(({ answer }) => answer.text.includes(stem));
    expect(said.map(({ asked, answer }) => `${asked}: ${answer.status} ${answer.text}`)).toEqual([]);
    const bugs = month.refused.filter(({ answer }) => answer.status >= 500);
    expect(bugs.map(({ asked, answer }) => `${asked}: ${answer.status} ${answer.code}`)).toEqual([]);
  });

  test.each(['police', 'socialjouren', 'rvt', 'bou'] as const)(
    'shows the role of %s no row of a case while the units of the request are not set',
    async (party) => {
      const tables = await system.sql<{ name: string }>(
        `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and c.relrowsecurity and has_schema_privilege($1, n.oid, 'usage')
           and has_table_privilege($1, c.oid, 'select')`,
        [`handslag_${party}`],
      );
      const client = new pg.Client({
        connectionString: system.running.databaseUrl,
        options: `-c role=handslag_${party}`,
      });
      await client.connect();
      const seen: string[] = [];
      for (const { name } of tables) {
        const { rowCount } = await client.query(`select 1 from ${name} limit 1`);
        if (rowCount !== 0) seen.push(name);
      }
      await client.end();
      expect({ seen, looked: tables.length > 10 }).toEqual({
        seen: [],
        looked: true,
      });
    },
  );
});
