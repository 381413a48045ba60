import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '#database';
import { RECORD_SCHEMAS } from '../migrate/schemas.js';

/** Of no person: that somebody looked goes by its age (LookupSweep, its words are sealed), staff's own, and addresses of systems. */
const NEITHER_TIED_NOR_KEPT_FOR_PROOF = ['lookup_made', 'protection_officer', 'webhook_change'];

/** Columns of ids that are no row of a person's: a deadline's clock, a leaf, an endpoint. */
const TIES = ['subject_id', 'matter_id', 'handoff_id', 'incident_id'];

interface Table {
  readonly name: string;
  readonly uuids: string[];
  readonly has_units: boolean;
}

describe('an erasure knows every table of a party', () => {
  let database: TestDatabase;
  let admin: DataSource;
  const parties = RECORD_SCHEMAS.map(({ schema }) => schema).filter(
    (schema) => !['directory', 'custody', 'keys', 'audit', 'notice', 'coordination'].includes(schema),
  );
  beforeAll(async () => {
    database = await createTestDatabase(RECORD_SCHEMAS);
    admin = await new DataSource({
      type: 'postgres',
      url: database.adminUrl,
      installExtensions: false,
    }).initialize();
  }, 120_000);
  afterAll(async () => {
    await admin?.destroy();
    await database?.drop();
  });

  const tablesOf = (schema: string): Promise<Table[]> =>
    admin.query(
      `select c.relname as name,
         coalesce(array_agg(a.attname::text) filter (where a.atttypid = 'uuid'::regtype), '{}') as uuids,
         bool_or(a.attname in ('unit_id', 'authority')) as has_units
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') group by c.relname order by c.relname`,
      [schema],
    );
  const erasedOf = async (schema: string): Promise<{ name: string; tied: string; sealed: string | null }[]> =>
    admin.query(`select name, tied, sealed from ${schema}.tables_of_persons()`);

  it('there are parties to ask', () => {
    expect(parties).toEqual(expect.arrayContaining(['police', 'socialjouren', 'rvt', 'bou']));
  });

  it('every table that names a person, a matter, a handoff or an incident is erased from, and within the unit', async () => {
    for (const schema of parties) {
      const erased = new Map((await erasedOf(schema)).map((one) => [one.name, one]));
      for (const { name, uuids, has_units } of await tablesOf(schema)) {
        const isTied = uuids.some((column) => TIES.includes(column));
        const found = erased.get(name);
        if (!isTied || ['effect', 'deadline', 'disposal_item'].includes(name)) continue;
        expect([schema, name, found?.tied]).toEqual([schema, name, expect.stringContaining('$')]);
        // Without one of them another authority's row about the same person would go too.
        if (name !== 'call_out') expect([schema, name, has_units]).toEqual([schema, name, true]);
      }
    }
  });

  it('every table that seals something of a person has its wraps erased with it', async () => {
    for (const schema of parties) {
      const sealing: { name: string }[] = await admin.query(
        `select table_name as name from information_schema.columns where table_schema = $1 and column_name = 'ciphertext'
           and table_name not like 'log_review%'`,
        [schema],
      );
      const erased = new Map((await erasedOf(schema)).map(({ name, sealed }) => [name, sealed]));
      for (const { name } of sealing) {
        if (NEITHER_TIED_NOR_KEPT_FOR_PROOF.includes(name)) continue;
        expect([schema, name, erased.get(name)]).toEqual([schema, name, expect.any(String)]);
      }
    }
  });

  it('and the statements it makes of them are understood by PostgreSQL', async () => {
    const part = JSON.stringify({
      subject: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10',
      matters: ['0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a11'],
      handoffs: [],
      incidentDone: true,
      incident: '0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a12',
    });
    for (const schema of parties) {
      expect(await admin.query(`select * from ${schema}.sealed_of_person($1)`, [part])).toEqual([]);
      const [row]: { ids: string[] }[] = await admin.query(`select ${schema}.rows_of_person($1) as ids`, [
        part,
      ]);
      expect(row?.ids).toEqual([]);
    }
  });
});
