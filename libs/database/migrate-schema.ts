import type { DataSource } from 'typeorm';
import { openDataSource, type SchemaDefinition } from './schema-definition.js';
import { OWNER_ROLE } from './service-roles.js';

/**
 * Creates the schema if it is missing and runs its migrations forward, each in a transaction of its own. Two at
 * once wait for one another. Returns the names of the migrations that were run.
 */
export async function migrateSchema(
  admin: DataSource,
  url: string,
  definition: SchemaDefinition,
): Promise<string[]> {
  const lock = admin.createQueryRunner();
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock(hashtext($1))', [`handslag migrate ${definition.schema}`]);
    await lock.query(`create schema if not exists ${definition.schema} authorization ${OWNER_ROLE}`);
    const owner = await openDataSource({
      url,
      definition,
      applicationName: `handslag migrate ${definition.schema}`,
      poolSize: 2,
      role: OWNER_ROLE,
    });
    try {
      return (await owner.runMigrations()).map(({ name }) => name);
    } finally {
      await owner.destroy();
    }
  } finally {
    await lock.query('select pg_advisory_unlock(hashtext($1))', [`handslag migrate ${definition.schema}`]);
    await lock.release();
  }
}

/** The statements by which the schema differs from its entities; empty when the migrations are complete. */
export async function schemaDifference(url: string, definition: SchemaDefinition): Promise<string[]> {
  const owner = await openDataSource({
    url,
    definition,
    applicationName: 'handslag schema check',
    poolSize: 2,
    role: OWNER_ROLE,
  });
  try {
    const { upQueries } = await owner.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await owner.destroy();
  }
}
