import { spawn } from 'node:child_process';
import path from 'node:path';
import { SERVICES } from '#database';
import type { ServiceUrls } from './app-environment.js';
import { endedEarly } from './problem.js';
import { isStamped, putStamp, stampOf } from './record-stamp.js';
import type { LocalSecrets } from './secrets.js';
import { projectRoot } from './state-folder.js';

/**
 * Brings the record up to date; resolves with a line that tells what was done. A record of our own that this very build has
 * already seen to is left alone; somebody else's server may have changed meanwhile and is always looked through.
 */
export async function migrateRecord(
  urls: ServiceUrls,
  secrets: LocalSecrets,
  isOurs: boolean,
): Promise<string> {
  const passwords = JSON.stringify(
    Object.fromEntries(SERVICES.map((role) => [role, secrets.get(`role.${role}`)])),
  );
  const stamp = isOurs ? stampOf(passwords) : undefined;
  if (stamp === undefined) return runMigration(urls, passwords);
  const databases = [urls.databaseUrl, urls.keysDatabaseUrl];
  if (await isStamped(stamp, databases)) return 'up to date';
  const done = await runMigration(urls, passwords);
  await putStamp(stamp, databases);
  return done;
}

/** Runs `infra/migrate` in a process of its own; resolves with its last line. */
function runMigration(urls: ServiceUrls, passwords: string): Promise<string> {
  const program = path.join(projectRoot(), 'dist', 'infra', 'migrate', 'main.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      cwd: projectRoot(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DATABASE_URL: urls.databaseUrl,
        KEYS_DATABASE_URL: urls.keysDatabaseUrl,
        HANDSLAG_LOCAL: '1',
        HANDSLAG_ROLE_PASSWORDS: passwords,
      },
    });
    let said = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8');
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(said.trim().split('\n').at(-1) ?? 'done');
      else reject(endedEarly('The migration', urls.databaseUrl.replace(/\/\/.*@/, '//'), complaint));
    });
  });
}
