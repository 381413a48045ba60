import { createHash, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { migrateSchema } from './migrate-schema.js';
import type { SchemaDefinition } from './schema-definition.js';
import {
  createServiceRoles,
  SERVICES,
  type Service,
  type ServicePasswords,
  serviceRole,
} from './service-roles.js';

/** A database of its own for one test file, migrated by the real migrations. */
export interface TestDatabase {
  /** As the administrator, for raw SQL. */
  readonly adminUrl: string;
  /** As one of the services, for what row-level security lets it see. */
  urlFor(service: Service): string;
  drop(): Promise<void>;
}

/** On a test server only: the services' passwords are known. */
export const TEST_PASSWORDS = Object.fromEntries(
  SERVICES.map((service) => [service, `test-${service}`]),
) as ServicePasswords;

/** What a template holds beside its migrations, loaded once per server. */
export interface FilledTemplate {
  /** Changes whenever what is loaded does. */
  readonly key: string;
  /** Loads it as the administrator of the template's database. */
  readonly fill: (adminUrl: string) => Promise<void>;
}

/**
 * Makes a database from a template that is migrated once per set of migrations and server. `serverUrl` is by
 * default the server of `TEST_DATABASE_URL`, which `npm test` starts.
 */
export async function createTestDatabase(
  definitions: readonly SchemaDefinition[],
  serverUrl = requiredServer(),
  filled?: FilledTemplate,
): Promise<TestDatabase> {
  const server = await new DataSource({
    type: 'postgres',
    url: serverUrl,
    installExtensions: false,
  }).initialize();
  const name = `handslag_test_${randomUUID().replaceAll('-', '')}`;
  try {
    const template = await ensureTemplate(server, serverUrl, definitions, filled);
    await server.query(`create database ${name} template ${template}`);
  } finally {
    await server.destroy();
  }
  const adminUrl = withDatabase(serverUrl, name);
  return {
    adminUrl,
    urlFor(service) {
      const url = new URL(adminUrl);
      url.username = serviceRole(service);
      url.password = TEST_PASSWORDS[service];
      return url.href;
    },
    async drop() {
      const connection = await new DataSource({
        type: 'postgres',
        url: serverUrl,
        installExtensions: false,
      }).initialize();
      await connection.query(`drop database ${name} with (force)`);
      await connection.destroy();
    },
  };
}

async function ensureTemplate(
  server: DataSource,
  serverUrl: string,
  definitions: readonly SchemaDefinition[],
  filled: FilledTemplate | undefined,
): Promise<string> {
  const template = `handslag_template_${fingerprint(definitions, filled?.key ?? '')}`;
  const runner = server.createQueryRunner();
  await runner.connect();
  try {
    await runner.query(`select pg_advisory_lock(hashtext('handslag test template'))`);
    const known: unknown[] = await runner.query('select 1 from pg_database where datname = $1', [template]);
    if (known.length > 0) return template;
    await createServiceRoles(server, TEST_PASSWORDS);
    const building = `${template}_building`;
    await runner.query(`drop database if exists ${building} with (force)`);
    await runner.query(`create database ${building}`);
    const url = withDatabase(serverUrl, building);
    const admin = await new DataSource({ type: 'postgres', url, installExtensions: false }).initialize();
    try {
      for (const definition of definitions) await migrateSchema(admin, url, definition);
      await filled?.fill(url);
    } finally {
      await admin.destroy();
    }
    await runner.query(`alter database ${building} rename to ${template}`);
    return template;
  } finally {
    await runner.query(`select pg_advisory_unlock(hashtext('handslag test template'))`);
    await runner.release();
  }
}

/** Changes whenever the text of a migration changes, so that no test runs on an old template. */
function fingerprint(definitions: readonly SchemaDefinition[], filling: string): string {
  const hash = createHash('sha256').update(filling);
  for (const { schema, migrations } of definitions) {
    hash.update(schema);
    for (const migration of migrations) hash.update(migrationText(migration));
  }
  return hash.digest('hex').slice(0, 16);
}

function migrationText(migration: new () => object): string {
  const instance = new migration();
  return `${migration.name}${migration.toString()}${'sql' in instance ? String(instance.sql) : ''}`;
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function requiredServer(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url)
    throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test`, which starts PostgreSQL.');
  return url;
}
