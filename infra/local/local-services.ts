import path from 'node:path';
import type { ServiceUrls } from './app-environment.js';
import { startChild, whenReady } from './child.js';
import { assertPortFree } from './ports.js';
import { step } from './say.js';
import type { LocalSecrets } from './secrets.js';
import { opensPort } from './services/opens-port.js';
import { ensureDatabase, startPostgres, useGivenPostgres } from './services/postgres.service.js';
import { startRedis, useGivenRedis } from './services/redis.service.js';
import type { RunningService, ServiceHome } from './services/service.port.js';
import { startTemporal, useGivenTemporal } from './services/temporal.service.js';
import { type LocalSettings, type PortName, portVariable } from './settings.js';
import { projectRoot } from './state-folder.js';
import { type Running, supervise } from './supervised.js';

const WHAT: Readonly<Partial<Record<PortName, string>>> = {
  issuer: 'the front page',
  smtp: 'the mail catcher',
  postgres: 'PostgreSQL',
  redis: 'Redis',
  temporal: 'Temporal',
};
const DATABASE = 'handslag';
const KEYS_DATABASE = 'handslag_keys';

/** Refuses before anything is started, when a port that will be needed is taken. */
export async function assertPortsFree(settings: LocalSettings): Promise<void> {
  const ours = [
    ...settings.apps,
    ...(settings.databaseUrl ? [] : (['postgres'] as const)),
    ...(settings.redisUrl ? [] : (['redis'] as const)),
    ...(settings.temporalAddress ? [] : (['temporal'] as const)),
    'smtp' as const,
  ];
  for (const name of ours) await assertPortFree(settings.ports[name], WHAT[name] ?? name, portVariable(name));
}

/** Starts, or finds, what the apps need. What was started is added to `running` at once, so that a failure further on can end it. */
export async function startLocalServices(
  settings: LocalSettings,
  home: ServiceHome,
  secrets: LocalSecrets,
  running: Running[],
  tell: (line: string) => void,
): Promise<ServiceUrls> {
  const kept = async (name: string, start: () => Promise<RunningService>): Promise<RunningService> => {
    let first: RunningService | undefined;
    const watched = await supervise({
      name,
      tell,
      start: async () => {
        const service = await start();
        first ??= service;
        return service;
      },
    });
    running.push(watched);
    if (!first) throw new Error(`${name} did not start`);
    return first;
  };
  const { ports } = settings;
  const postgres = settings.databaseUrl
    ? () => useGivenPostgres(settings.databaseUrl ?? '')
    : () =>
        startPostgres(home, { port: ports.postgres, password: secrets.get('postgres'), database: DATABASE });
  const redis = settings.redisUrl
    ? () => useGivenRedis(settings.redisUrl ?? '')
    : () => startRedis(home, ports.redis);
  const temporal = settings.temporalAddress
    ? () => useGivenTemporal(settings.temporalAddress ?? '', settings.temporalNamespace)
    : () => startTemporal(home, ports.temporal);
  const mailFile = path.join(home.folder, 'mail', 'messages.jsonl');

  const results = await Promise.allSettled([
    step(
      'PostgreSQL',
      () => kept('PostgreSQL', postgres),
      ({ how }) => how,
    ),
    step(
      'Redis',
      () => kept('Redis', redis),
      ({ how }) => how,
    ),
    step(
      'Temporal',
      () => kept('Temporal', temporal),
      ({ how }) => how,
    ),
    step(
      'mail catcher',
      () => kept('mail catcher', () => startMailCatcher(home, ports.smtp, mailFile)),
      ({ how }) => how,
    ),
  ] as const);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  const [record, queue, engine, mail] = results.map((result) =>
    result.status === 'fulfilled' ? result.value.url : '',
  );
  const databaseUrl = record ?? '';
  return {
    databaseUrl,
    keysDatabaseUrl: settings.keysDatabaseUrl ?? (await keysDatabase(databaseUrl)),
    redisUrl: queue ?? '',
    temporalAddress: engine ?? '',
    smtpUrl: mail ?? '',
    mailFile,
  };
}

/** The key store is a database of its own, with a backup of its own (DESIGN 8); by default beside the record. */
async function keysDatabase(databaseUrl: string): Promise<string> {
  const url = new URL(databaseUrl);
  const name =
    url.pathname === `/${DATABASE}` ? KEYS_DATABASE : `${decodeURIComponent(url.pathname.slice(1))}_keys`;
  await ensureDatabase(databaseUrl, name);
  url.pathname = `/${name}`;
  return url.href;
}

async function startMailCatcher(home: ServiceHome, port: number, mailFile: string): Promise<RunningService> {
  const logFile = path.join(home.logFolder, 'mail-catcher.log');
  const child = startChild(home.ledger, {
    name: 'mail-catcher',
    command: process.execPath,
    args: [path.join(projectRoot(), 'dist', 'infra', 'local', 'mail-catcher', 'main.js')],
    logFile,
    environment: { PATH: process.env['PATH'], PORT: String(port), HANDSLAG_MAIL_FILE: mailFile },
    signal: 'SIGTERM',
  });
  await whenReady(child, { name: 'mail catcher', logFile }, () => opensPort('127.0.0.1', port));
  return { url: `smtp://127.0.0.1:${port}`, how: 'started', ended: child.ended, stop: child.stop };
}
