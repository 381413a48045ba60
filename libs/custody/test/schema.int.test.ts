import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, schemaDifference, type TestDatabase } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
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
  });
  afterAll(async () => {
    await admin?.destroy();
    await database?.drop();
  });

  it('differs in nothing from the entities', async () => {
    expect(await schemaDifference(database.adminUrl, CUSTODY_SCHEMA)).toEqual([]);
  });
});
