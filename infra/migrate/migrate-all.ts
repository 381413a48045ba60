import { DataSource } from 'typeorm';
import { createServiceRoles, migrateSchema, type SchemaDefinition } from '#database';
import { loadRecord } from './load-record.js';
import type { MigrateConfig } from './migrate-config.js';
import { KEY_STORE_SCHEMAS, RECORD_SCHEMAS } from './schemas.js';

/** Migrates record and key store and loads the directory; resolves with one line that tells what changed. */
export async function migrateAll(config: MigrateConfig): Promise<string> {
  const ran = [
    ...(await migrateDatabase(config.databaseUrl, RECORD_SCHEMAS, config)),
    ...(await migrateDatabase(config.keysDatabaseUrl, KEY_STORE_SCHEMAS, config)),
  ];
  const loaded = await loadRecord(config);
  return `${ran.length === 0 ? 'up to date' : `${ran.length} migrations run`}${loaded}`;
}

async function migrateDatabase(
  url: string,
  schemas: readonly SchemaDefinition[],
  { passwords }: MigrateConfig,
): Promise<string[]> {
  const admin = await new DataSource({ type: 'postgres', url, installExtensions: false }).initialize();
  try {
    await createServiceRoles(admin, passwords);
    const ran: string[] = [];
    // In order: a later schema may refer to an earlier one.
    for (const definition of schemas) ran.push(...(await migrateSchema(admin, url, definition)));
    return ran;
  } finally {
    await admin.destroy();
  }
}
