import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { createTestDatabase, migrateSchema, schemaDifference, type TestDatabase } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { HANDOFF_TRANSITIONS } from '#domain';
import { CUSTODY_SCHEMA } from '../schema.js';
import { SERVERS } from './servers.js';

describe.each(SERVERS)('the schema of custody on $name', ({ url }) => {
  let database: TestDatabase;
  let admin: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase([DIRECTORY_SCHEMA, CUSTODY_SCHEMA], url);
    admin = await new DataSource({
      type: 'postgres',
      url: database.adminUrl,
      installExtensions: false,
    }).initialize();
  }, 60_000);
  afterAll(async () => {
    await admin?.destroy();
    await database?.drop();
  });

  it('differs in nothing from the entities', async () => {
    expect(await schemaDifference(database.adminUrl, CUSTODY_SCHEMA)).toEqual([]);
  });

  it('has an entity for every table', async () => {
    const rows: { tablename: string }[] = await admin.query(
      `select tablename from pg_tables where schemaname = 'custody' and tablename <> 'migration' order by 1`,
    );
    const named = getMetadataArgsStorage()
      .tables.filter(({ target }) => CUSTODY_SCHEMA.entities.some((entity) => entity === target))
      .map(({ name }) => name);
    expect(rows.map(({ tablename }) => tablename)).toEqual(named.sort());
  });

  it('knows the same machine of the handoff as the domain', async () => {
    const rows: unknown[] = await admin.query(
      'select action, side, from_phase as "from", to_phase as "to" from custody.handoff_transition',
    );
    const inDomain = HANDOFF_TRANSITIONS.map(({ action, side, from, to }) => ({ action, side, from, to }));
    expect(rows).toHaveLength(inDomain.length);
    expect(rows).toEqual(expect.arrayContaining(inDomain));
  });

  it('migrates what is migrated already to the same', async () => {
    expect(await migrateSchema(admin, database.adminUrl, CUSTODY_SCHEMA)).toEqual([]);
  });
});
