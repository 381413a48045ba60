import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import pg from 'pg';
import { freePorts } from '../ports.js';
import { ProcessLedger } from '../process-ledger.js';
import { startPostgres } from './postgres.service.js';
import { postgresUser } from './postgres-folders.js';

/** A process that has ended and keeps its number, since its parent never asks for it; ends with the parent. */
async function unburied(): Promise<{ pid: number; bury: () => void }> {
  const parent = spawn('bash', ['-c', 'sleep 0.05 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    // Of the same user as the server: another user's number PostgreSQL does not mind.
    ...(postgresUser() ?? {}),
    cwd: '/',
  });
  const [said]: unknown[] = await once(parent.stdout, 'data');
  const pid = Number(String(said).trim());
  while (!execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z'))
    await pause(10);
  return { pid, bury: () => void parent.kill('SIGKILL') };
}

test('a lock that names a killed server, not yet buried, does not keep the next one from starting', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-lock-'));
  chmodSync(folder, 0o711);
  const ledger = ProcessLedger.open(folder);
  const home = { folder, logFolder: folder, ledger, durable: false };
  const [port = 0] = await freePorts(1);
  const plan = { port, password: 'test', database: 'handslag' };
  const dead = await unburied();
  try {
    const first = await startPostgres(home, plan);
    const client = new pg.Client({ connectionString: first.url });
    await client.connect();
    const { rows } = await client.query<{ data: string }>(`select current_setting('data_directory') as data`);
    await client.end();
    await first.stop();
    const data = rows[0]?.data ?? '';
    writeFileSync(path.join(data, 'postmaster.pid'), `${dead.pid}\n${data}\n1\n${port}\n\n127.0.0.1\n`);
    const next = await startPostgres(home, plan);
    expect(next.how).toContain('started');
    await next.stop();
  } finally {
    dead.bury();
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
