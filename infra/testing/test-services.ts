import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePorts } from '../local/ports.js';
import { explained } from '../local/problem.js';
import { ProcessLedger } from '../local/process-ledger.js';
import { step } from '../local/say.js';
import { startPostgres } from '../local/services/postgres.service.js';
import { installedPostgres } from '../local/services/postgres-programs.js';
import { startRedis } from '../local/services/redis.service.js';
import type { RunningService, ServiceHome } from '../local/services/service.port.js';
import { startTemporal } from '../local/services/temporal.service.js';

const PREFIX = 'handslag-test-';

export interface TestServices {
  /** TEST_DATABASE_URL (a superuser), TEST_POSTGRES_15_URL where 15 is installed, TEST_REDIS_URL, TEST_TEMPORAL_ADDRESS. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Ephemeral PostgreSQL, Redis and Temporal on free ports, in a folder that is deleted at the end. A variable that is already set is used instead. */
export async function startTestServices(): Promise<TestServices> {
  await sweepTestFolders();
  const folder = mkdtempSync(path.join(os.tmpdir(), PREFIX));
  chmodSync(folder, 0o711); // PostgreSQL may run as another user, who must pass
  const ledger = ProcessLedger.open(folder);
  const running: RunningService[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.splice(0).map((service) => service.stop()));
    ledger.close();
    removeFolder(folder);
  };
  const home = (name: string): ServiceHome => {
    const own = path.join(folder, name);
    mkdirSync(own, { mode: 0o711 });
    return { folder: own, logFolder: own, ledger, durable: false };
  };
  const [first = 0, second = 0, third = 0, fourth = 0] = await freePorts(4);
  const password = randomBytes(12).toString('base64url');
  const older = installedPostgres(15);
  const wanted: { variable: string; name: string; start: () => Promise<RunningService> }[] = [
    {
      variable: 'TEST_DATABASE_URL',
      name: 'PostgreSQL',
      start: () => startPostgres(home('main'), { port: first, password, database: 'handslag' }),
    },
    { variable: 'TEST_REDIS_URL', name: 'Redis', start: () => startRedis(home('redis'), second) },
    {
      variable: 'TEST_TEMPORAL_ADDRESS',
      name: 'Temporal',
      start: () => startTemporal(home('temporal'), third),
    },
  ];
  if (older) {
    wanted.push({
      variable: 'TEST_POSTGRES_15_URL',
      name: 'PostgreSQL 15',
      start: () =>
        startPostgres(home('older'), { port: fourth, password, database: 'handslag', programs: older }),
    });
  }
  const results = await Promise.allSettled(
    wanted.map(async ({ variable, name, start }): Promise<[string, string]> => {
      const given = process.env[variable];
      if (given) return [variable, given];
      const service = await step(name, start, ({ how }) => how);
      running.push(service);
      return [variable, service.url];
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw explained(failed.reason, folder);
  }
  const environment = Object.fromEntries(
    results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
  );
  return { environment, stop };
}

/** Ends the services and removes the folders of test runs that were killed. */
async function sweepTestFolders(): Promise<void> {
  for (const name of readdirSync(os.tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = path.join(os.tmpdir(), name);
    if (ProcessLedger.ownerOf(folder)) continue;
    if (!ProcessLedger.isIn(folder)) continue; // just made by a run beside us
    await ProcessLedger.sweep(folder);
    removeFolder(folder);
  }
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
