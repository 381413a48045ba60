import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Problem } from './problem.js';
import { identify, isSame } from './process-identity.js';
import { stateFolder } from './state-folder.js';

const UrlsSchema = z.record(z.string(), z.string());
const RunningSchema = z.object({
  owner: z.object({ pid: z.number(), born: z.string() }),
  /** Address of each app by name: `issuer`, `police`, … */
  apps: UrlsSchema,
  databaseUrl: z.string().describe('as administrator'),
  keysDatabaseUrl: z.string().describe('as administrator'),
  redisUrl: z.string(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
  payloadKey: z.string(),
  mailFile: z.string(),
  logFolder: z.string(),
});

/** Where everything of a running Handslag is: written by `npm start`, read by story, verify, rearm and keys. */
export type RunningHandslag = Omit<z.infer<typeof RunningSchema>, 'owner'>;

const fileOf = (folder: string): string => path.join(folder, 'running.json');

export function writeRunning(folder: string, running: RunningHandslag): void {
  const owner = identify(process.pid);
  writeFileSync(`${fileOf(folder)}.new`, JSON.stringify({ owner, ...running }, null, 2), { mode: 0o600 });
  renameSync(`${fileOf(folder)}.new`, fileOf(folder));
}

export function forgetRunning(folder: string): void {
  rmSync(fileOf(folder), { force: true });
}

/** The Handslag that `npm start` runs from this project. Throws a Problem that says what to type if it does not run. */
export function readRunning(folder = stateFolder()): RunningHandslag {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(fileOf(folder), 'utf8'));
  } catch {
    content = undefined;
  }
  const parsed = RunningSchema.safeParse(content);
  if (!parsed.success || !isSame(parsed.data.owner)) {
    throw new Problem(
      'Handslag is not running: type "npm start" in another terminal, wait until it is ready, then run this again.',
    );
  }
  const { owner: _, ...running } = parsed.data;
  return running;
}
