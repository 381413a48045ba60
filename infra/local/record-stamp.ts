import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { projectRoot } from './state-folder.js';

const StampsSchema = z.array(z.object({ stamp: z.string().nullable() }));

/**
 * What the record would be brought to by this build and these secrets; undefined when the build is not known to be whole, and
 * the migration must look for itself.
 */
export function stampOf(secrets: string): string | undefined {
  try {
    const sources = readFileSync(path.join(projectRoot(), 'dist', '.sources.json'));
    return `handslag ${createHash('sha256').update(sources).update(secrets).digest('hex')}`;
  } catch {
    return undefined;
  }
}

/** Whether every one of these databases of one server was brought there; one question instead of a migration that finds nothing. */
export async function isStamped(stamp: string, databaseUrls: readonly string[]): Promise<boolean> {
  const names = databaseUrls.map(databaseOf);
  const stamps = await asAdministrator(databaseUrls[0] ?? '', (client) =>
    client.query(
      `select shobj_description(oid, 'pg_database') as stamp from pg_database where datname = any ($1)`,
      [names],
    ),
  );
  const found = StampsSchema.parse(stamps.rows);
  return found.length === names.length && found.every((one) => one.stamp === stamp);
}

/** Writes the stamp into the databases themselves, so that it goes when they go and comes back with a backup. */
export async function putStamp(stamp: string, databaseUrls: readonly string[]): Promise<void> {
  await asAdministrator(databaseUrls[0] ?? '', async (client) => {
    for (const url of databaseUrls) {
      const name = client.escapeIdentifier(databaseOf(url));
      await client.query(`comment on database ${name} is ${client.escapeLiteral(stamp)}`);
    }
  });
}

const databaseOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));

async function asAdministrator<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
