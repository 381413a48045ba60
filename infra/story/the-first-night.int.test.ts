import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { root } from '../bin/prepare.js';
import { freePorts } from '../local/ports.js';
import { readRunning } from '../local/running-file.js';
import { PORT_NAMES, portVariable } from '../local/settings.js';
import { searchCanaries } from './canary-search.js';

// A whole local system of its own, as people start it: its own ports, its own folder, gone afterwards.
const folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-story-'));
const state = path.join(folder, 'state');
let environment: NodeJS.ProcessEnv;
let system: ChildProcess | undefined;
jest.setTimeout(180_000);

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function run(script: string, args: readonly string[]): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [path.join(root, 'infra', 'bin', script), ...args], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return { child, said: () => said };
}

async function story(...args: string[]): Promise<Ended> {
  const { child, said } = run('run.js', ['story', ...args]);
  await once(child, 'close');
  return { code: child.exitCode, said: said() };
}

beforeAll(async () => {
  chmodSync(folder, 0o711); // PostgreSQL may run as another user, who must pass
  const ports = await freePorts(PORT_NAMES.length);
  const {
    DATABASE_URL: _record,
    KEYS_DATABASE_URL: _keys,
    REDIS_URL: _redis,
    TEMPORAL_ADDRESS: _temporal,
    NODE_OPTIONS: _jest,
    HANDSLAG_APPS: _apps,
    ...inherited
  } = process.env;
  environment = {
    ...inherited,
    ...Object.fromEntries(PORT_NAMES.map((name, index) => [portVariable(name), String(ports[index])])),
    HANDSLAG_STATE: state,
  };
});

afterAll(async () => {
  if (system !== undefined && system.exitCode === null && system.signalCode === null) {
    system.kill('SIGTERM');
    await once(system, 'exit');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('without a running system the story says what to type, and plays nothing', async () => {
  const { code, said } = await story();
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining('npm start') });
});

describe('on a running system', () => {
  beforeAll(async () => {
    const started = run('start.js', []);
    system = started.child;
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (started.said().includes('Handslag is ready.')) resolve();
      };
      started.child.stderr?.on('data', look);
      started.child.once('close', () => reject(new Error(`the system ended:\n${started.said()}`)));
    });
  });

  test('all is as told, and what it wrote about people is found nowhere but in sealed content', async () => {
    const { code, said } = await story('--search-canaries');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Det som öppnades är stängt.') });
    expect(said).toContain('Minuter utan ansvarig enhet: 0');
    expect(said).toMatch(/Temporal +[1-9]\d* histories/);
    expect(said).toMatch(/Record, schema custody +[1-9]\d* tables/);
  });

  test('it can be played again, on the next holiday, in English', async () => {
    const { code, said } = await story('--lang', 'en');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('What was opened is closed.') });
  });

  test('the search finds what is there: the name of a unit stands in tables, Redis and mail', async () => {
    const { searched, unproven } = await searchCanaries(readRunning(state), {
      begun: new Date(0),
      canaries: [{ field: 'planted', text: 'Socialjouren-Stockholm' }],
      matterId: 'socialjouren-stockholm',
      unit: 'socialjouren-stockholm',
    });
    const found = searched.filter(({ findings }) => findings.length > 0).map(({ place }) => place);
    expect(found).toEqual(expect.arrayContaining(['Redis', 'Mail', 'Record, schema custody']));
    // No unit is named to Temporal (C5), so a search that should see one there is not believed.
    expect(unproven).toEqual(['Temporal']);
  });
});
