import { execFile } from 'node:child_process';
import { chown, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Child, startChild, whenReady } from '../child.js';
import { codeOf } from '../error-code.js';
import { endedEarly, Problem } from '../problem.js';
import { identify } from '../process-identity.js';
import { endProcess } from '../process-ledger.js';
import { enterableFolder, makeDataFolder, postgresUser, type SystemUser } from './postgres-folders.js';
import { type PostgresPrograms, postgresFromNpm } from './postgres-programs.js';
import type { RunningService, ServiceHome } from './service.port.js';

const execute = promisify(execFile);
const SUPERUSER = 'handslag_admin';

export interface PostgresPlan {
  readonly port: number;
  readonly password: string;
  /** The database the address names; made if missing. */
  readonly database: string;
  /** An installed PostgreSQL instead of the one from npm. */
  readonly programs?: PostgresPrograms;
}

/** Starts a PostgreSQL of our own on 127.0.0.1, its data in `<folder>/postgres`. */
export async function startPostgres(home: ServiceHome, plan: PostgresPlan): Promise<RunningService> {
  const user = postgresUser();
  const programs = plan.programs ?? (await postgresFromNpm(user));
  const name = `postgres-${programs.major}`;
  const data = await enterableFolder(user, path.join(home.folder, 'postgres'));
  await makeDataFolder(user, data);
  await endOrphan(data);
  await initialise(data, programs, user, plan.password);

  const logFile = path.join(home.logFolder, `${name}.log`);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '', // a path of more than 107 bytes is refused, and nobody needs the socket
    max_connections: '200',
    ...(home.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const address = (database: string): string =>
    `postgres://${SUPERUSER}:${encodeURIComponent(plan.password)}@127.0.0.1:${plan.port}/${database}`;
  const launch = async (): Promise<Child> => {
    const child = startChild(home.ledger, {
      name,
      command: path.join(programs.folder, 'postgres'),
      args: ['-D', data, '-p', String(plan.port), ...options],
      logFile,
      environment: { ...process.env, LC_ALL: 'C', PGDATA: data },
      signal: 'SIGINT', // "fast": ends sessions and writes a checkpoint
      folder: '/',
      user,
    });
    await whenReady(child, { name: 'PostgreSQL', logFile }, () => answers(address('postgres'), data), {
      withinMs: 60_000,
    });
    return child;
  };
  const child = await launchPatiently(launch);
  await ensureDatabase(address('postgres'), plan.database);
  return {
    url: address(plan.database),
    how: `${programs.major}, started`,
    ended: child.ended,
    stop: child.stop,
  };
}

/** After a kill -9 the sessions of the old server need a moment to notice, and hold its shared memory until then. */
async function launchPatiently(launch: () => Promise<Child>, attempts = 20): Promise<Child> {
  try {
    return await launch();
  } catch (error) {
    const held = error instanceof Problem && /still in use|shared memory block/.test(error.message);
    if (!held || attempts === 0) throw error;
    await pause(500);
    return await launchPatiently(launch, attempts - 1);
  }
}

/** Checks that a given PostgreSQL can be reached, is new enough, and lets us make roles. Throws a Problem otherwise. */
export async function useGivenPostgres(url: string): Promise<RunningService> {
  const { host, pathname } = new URL(url);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; may: boolean }>(
      `SELECT current_setting('server_version_num') AS version, rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user`,
    );
    const version = Number(rows[0]?.version ?? 0);
    if (version < 150_000) {
      throw new Problem(
        `The PostgreSQL at ${host} is version ${Math.floor(version / 10_000)} and Handslag needs 15 or later: point DATABASE_URL at a newer one, or unset it.`,
      );
    }
    if (rows[0]?.may !== true) {
      throw new Problem(
        `The user in DATABASE_URL may not create roles at ${host}: use one that may (ALTER ROLE … CREATEROLE CREATEDB), or unset DATABASE_URL.`,
      );
    }
    return { url, how: `${Math.floor(version / 10_000)}, given`, stop: async () => {} };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `PostgreSQL cannot be reached at ${host}${pathname} (${reason(error)}): correct DATABASE_URL or start that server, or unset DATABASE_URL to have one started.`,
    );
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes a database unless it is there. The address must name another database of the same server. */
export async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

async function initialise(
  data: string,
  { folder, major }: PostgresPrograms,
  user: SystemUser | undefined,
  password: string,
): Promise<void> {
  const found = (await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  const complete = await stat(path.join(data, 'handslag.ready')).catch(() => undefined);
  if (found !== '' && complete) {
    if (Number(found) === major) return;
    throw new Problem(
      `The data in ${data} were written by PostgreSQL ${found} and this is ${major}: use that version with DATABASE_URL, or delete the folder to begin afresh.`,
    );
  }
  // initdb was interrupted, or there was nothing: nothing of ours can be in there yet.
  await rm(data, { recursive: true, force: true });
  await makeDataFolder(user, data);
  const passwordFile = path.join(os.tmpdir(), `handslag-${process.pid}-${Date.now()}`);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  try {
    if (user) await chown(passwordFile, user.uid, user.gid);
    // PostgreSQL 17 brought a collation of its own; before it, plain C orders the same way by code point.
    const locale =
      major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
    await execute(
      path.join(folder, 'initdb'),
      [
        '-D',
        data,
        '-U',
        SUPERUSER,
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--no-sync',
        ...locale,
      ],
      { ...(user ?? {}), cwd: '/', env: { ...process.env, LC_ALL: 'C' } },
    );
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw endedEarly('initdb', data, said);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeFile(path.join(data, 'handslag.ready'), '');
}

/**
 * A starter that was killed leaves its server running, and a second one may not open the same data. What runs
 * on our own data folder is ours: it is asked to end. A lock of a server that is gone is left to PostgreSQL,
 * which also looks for sessions that outlived it, unless its number belongs to another program now.
 */
async function endOrphan(data: string): Promise<void> {
  const lockFile = path.join(data, 'postmaster.pid');
  const lock = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (lock === undefined) return;
  const [pidLine, folderLine] = lock.split('\n');
  const identity = identify(Number(pidLine));
  if (!identity) {
    if (isUnburied(Number(pidLine))) await disown(lockFile, lock);
    return;
  }
  if (folderLine === data && (await isPostgres(identity.pid))) await endProcess(identity, 'SIGINT', 15_000);
  else await rm(lockFile, { force: true });
}

/** Killed, and not yet seen off by the process that it was left to: it still has its number. */
function isUnburied(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * PostgreSQL takes a lock of any living number for a running server, but not one of its own parent. The rest of the file
 * stays as it is: by it PostgreSQL finds sessions that outlived the server.
 */
async function disown(lockFile: string, lock: string): Promise<void> {
  await writeFile(lockFile, lock.replace(/^\d+/, String(process.pid)));
}

async function isPostgres(pid: number): Promise<boolean> {
  const { stdout } = await execute('ps', ['-o', 'command=', '-p', String(pid)]).catch(async () => ({
    stdout: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
  }));
  return stdout.includes('postgres');
}

async function answers(url: string, data: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(
      `SELECT current_setting('data_directory') AS folder`,
    );
    return rows[0]?.folder === data; // another server may have taken the port meanwhile
  } catch (error) {
    if (codeOf(error) === '28P01') {
      throw new Problem(
        `PostgreSQL's data in ${data} do not know the password in secrets.json: put the old secrets.json back, or delete both to begin afresh.`,
      );
    }
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  return error instanceof Error ? error.message : String(error);
}
