// npm start: services, record, apps; then stays until Ctrl-C, and ends only what it started.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { appUrl, type ServiceUrls } from './app-environment.js';
import { startApp } from './local-apps.js';
import { assertPortsFree, startLocalServices } from './local-services.js';
import { migrateRecord } from './migrate-record.js';
import { personasShown } from './personas-shown.js';
import { explained, Problem } from './problem.js';
import { ProcessLedger } from './process-ledger.js';
import { forgetRunning, writeRunning } from './running-file.js';
import { bold, dim, red, say, step } from './say.js';
import { LocalSecrets } from './secrets.js';
import type { ServiceHome } from './services/service.port.js';
import { type LocalSettings, readSettings } from './settings.js';
import { makeStateFolder, stateFolder } from './state-folder.js';
import type { Running } from './supervised.js';

const folder = stateFolder();
/** Groups in the order they were started; a group's members know nothing of each other. */
const services: Running[] = [];
const apps: Running[] = [];
let ledger: ProcessLedger | undefined;
let stopping: Promise<void> | undefined;

async function stopAll(): Promise<void> {
  if (!ledger) return; // another run's files and processes are not ours to touch
  forgetRunning(folder);
  // Apps first, together, so that each can drain while what it needs still answers; then what they needed.
  await Promise.all(apps.map((app) => app.stop()));
  for (const service of services.reverse()) await service.stop();
  await ledger.endAll();
  ledger.close();
}

function endBy(signal: NodeJS.Signals): void {
  // npm passes Ctrl-C on to us although the terminal already did: the second within a moment is the same.
  if (stopping) return;
  say(`${signal === 'SIGINT' ? 'Ctrl-C' : signal}: ending what was started …`);
  stopping = stopAll();
  void stopping.then(
    () => {
      say('ended; the data stay in .handslag');
      process.exit(0);
    },
    (error: unknown) => fail(error),
  );
}

function fail(error: unknown): never {
  const shown = explained(error, folder);
  process.stderr.write(
    `\n${red(shown instanceof Problem ? shown.message : (shown.stack ?? shown.message))}\n`,
  );
  process.exit(1);
}

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  makeStateFolder(folder, settings.leastFreeBytes);
  const other = ProcessLedger.ownerOf(folder);
  if (other) {
    throw new Problem(
      `Handslag already runs from here (process ${other.pid}): use that one, or end it with Ctrl-C in its terminal or "kill ${other.pid}".`,
    );
  }
  const orphans = await ProcessLedger.sweep(folder);
  if (orphans.length > 0)
    say(`ended what an earlier run left: ${orphans.map(({ name }) => name).join(', ')}`);
  ledger = ProcessLedger.open(folder);
  await assertPortsFree(settings);

  const secrets = LocalSecrets.open(folder);
  const home: ServiceHome = { folder, logFolder: path.join(folder, 'logs'), ledger, durable: true };
  mkdirSync(path.join(folder, 'mail'), { recursive: true, mode: 0o700 });
  const urls = await startLocalServices(settings, home, secrets, services, say);
  await step(
    'record',
    () => migrateRecord(urls, secrets, !settings.databaseUrl && !settings.keysDatabaseUrl),
    (told) => told,
  );
  await Promise.all(
    settings.apps.map(async (name) => {
      apps.push(
        await step(
          name,
          () => startApp(name, settings, home, secrets, urls, say),
          () => appUrl(settings, name),
        ),
      );
    }),
  );
  announce(settings, urls, secrets);
  await greet(settings);
}

function announce(settings: LocalSettings, urls: ServiceUrls, secrets: LocalSecrets): void {
  writeRunning(folder, {
    apps: Object.fromEntries(settings.apps.map((name) => [name, appUrl(settings, name)])),
    databaseUrl: urls.databaseUrl,
    keysDatabaseUrl: urls.keysDatabaseUrl,
    redisUrl: urls.redisUrl,
    temporalAddress: urls.temporalAddress,
    temporalNamespace: settings.temporalNamespace,
    payloadKey: secrets.get('payload'),
    mailFile: urls.mailFile,
    logFolder: path.join(folder, 'logs'),
  });
}

async function greet(settings: LocalSettings): Promise<void> {
  const front = appUrl(settings, 'issuer');
  const personas = settings.apps.includes('issuer') ? await personasShown(front) : [];
  const lines = [
    '',
    bold('Handslag is ready.'),
    '',
    `  ${front.padEnd(24)} front page: personas, mail, time`,
    ...settings.apps
      .filter((name) => !['issuer', 'engine', 'courier', 'sealer'].includes(name))
      .map((name) => `  ${`${appUrl(settings, name)}/api/docs`.padEnd(34)} ${name}`),
    ...(personas.length > 0 ? ['', bold('Personas'), ...personas.map((line) => `  ${line}`)] : []),
    '',
    bold('What to type next, in another terminal'),
    `  npm run story       ${dim('the first night, told by the running system')}`,
    `  npm run verify      ${dim('is everything that must be true, true?')}`,
    `  curl -s ${front}/dev/token -H 'content-type: application/json' -d '{"persona":"police-liaison-globen"}'`,
    `  ${dim('Ctrl-C here ends it; the data stay in .handslag, logs in .handslag/logs')}`,
    '',
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => endBy(signal));
// A closed terminal must not keep us from ending things in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  await start();
} catch (error) {
  if (stopping) await stopping;
  else {
    stopping = stopAll();
    await stopping;
    fail(error);
  }
}
