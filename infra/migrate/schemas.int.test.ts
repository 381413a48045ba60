import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, schemaDifference, type TestDatabase } from '#database';
import { RECORD_SCHEMAS } from './schemas.js';

describe('the schemas of the record', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase(RECORD_SCHEMAS);
  }, 120_000);
  afterAll(async () => database?.drop());

  it.each(RECORD_SCHEMAS.map((definition) => [definition.schema, definition] as const))(
    'migrate to what the entities of %s say, in the order that is listed',
    async (_, definition) => {
      expect(await schemaDifference(database.adminUrl, definition)).toEqual([]);
    },
  );
});
