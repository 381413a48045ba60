import { existsSync } from 'node:fs';
import path from 'node:path';
import { appEnvironment, appUrl, type ServiceUrls } from './app-environment.js';
import { startChild, whenReady } from './child.js';
import { Problem } from './problem.js';
import type { LocalSecrets } from './secrets.js';
import type { ServiceHome } from './services/service.port.js';
import type { AppName, LocalSettings } from './settings.js';
import { projectRoot } from './state-folder.js';
import { type Running, supervise } from './supervised.js';

/** An app asks its database, issuer and Temporal each time it is asked, and there are eight of them starting. */
const READY_LOOK_MS = 200;

/** Starts one app as a process of its own, waits until it says that it is ready, and keeps it running. */
export async function startApp(
  name: AppName,
  settings: LocalSettings,
  home: ServiceHome,
  secrets: LocalSecrets,
  urls: ServiceUrls,
  tell: (line: string) => void,
): Promise<Running> {
  const program = programOf(name);
  const logFile = path.join(home.logFolder, `${name}.log`);
  const environment = appEnvironment(name, settings, secrets, urls, process.env);
  if (name === 'issuer') environment['HANDSLAG_KEYS_FILE'] = path.join(home.folder, 'issuer-keys.json');
  return await supervise({
    name,
    tell,
    start: async () => {
      const child = startChild(home.ledger, {
        name,
        command: process.execPath,
        // Reading the maps of every package costs a process a tenth of its start; a stack names the built line without them.
        args: settings.logLevel === 'debug' ? ['--enable-source-maps', program] : [program],
        logFile,
        environment,
        signal: 'SIGTERM',
        folder: projectRoot(),
      });
      await whenReady(child, { name, logFile }, () => saysReady(appUrl(settings, name)), {
        withinMs: 90_000,
        everyMs: READY_LOOK_MS,
      });
      return child;
    },
  });
}

function programOf(name: AppName): string {
  const file = path.join(projectRoot(), 'dist', name === 'issuer' ? 'infra' : 'apps', name, 'main.js');
  if (existsSync(file)) return file;
  throw new Problem(
    `There is no ${name} to start (${path.relative(projectRoot(), file)} was not built): run "npm run build", or leave it out with HANDSLAG_APPS=<list>.`,
  );
}

async function saysReady(url: string): Promise<boolean> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) }).then(
    (response) => response.ok,
    () => false,
  );
}
