import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { root } from '../bin/prepare.js';
import { freePorts } from './ports.js';
import { identify } from './process-identity.js';
import { PORT_NAMES, portVariable } from './settings.js';

// The whole command as people type it, with the issuer as the only app: what the other apps need is theirs to test.
const COMMAND = path.join(root, 'infra', 'bin', 'start.js');
let folder: string;
let environment: NodeJS.ProcessEnv;
const started: ChildProcess[] = [];
jest.setTimeout(60_000);

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-start-'));
  chmodSync(folder, 0o711); // where PostgreSQL may enter, its data stay here and are deleted with it
  const ports = await freePorts(PORT_NAMES.length);
  const given = Object.fromEntries(
    PORT_NAMES.map((name, index) => [portVariable(name), String(ports[index])]),
  );
  const {
    DATABASE_URL: _d,
    REDIS_URL: _r,
    TEMPORAL_ADDRESS: _t,
    NODE_OPTIONS: _n,
    ...inherited
  } = process.env;
  environment = {
    ...inherited,
    ...given,
    HANDSLAG_STATE: path.join(folder, 'state'),
    HANDSLAG_APPS: 'issuer',
  };
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

interface Run {
  readonly child: ChildProcess;
  /** Resolves when the line has been said; throws with everything that was said if the run ends before. */
  says(text: string): Promise<string>;
  ended(): Promise<{ code: number | null; said: string }>;
}

function start(extra: NodeJS.ProcessEnv = {}, nodeOptions: readonly string[] = []): Run {
  const child = spawn(process.execPath, [...nodeOptions, COMMAND], {
    cwd: root,
    env: { ...environment, ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      for (const listener of listeners) listener();
    });
  }
  const closed = once(child, 'close');
  return {
    child,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (said.includes(text)) resolve(said);
        };
        listeners.add(look);
        look();
        void closed.then(() => reject(new Error(`ended without saying "${text}":\n${said}`)));
      }),
    ended: async () => {
      await closed;
      return { code: child.exitCode, said };
    },
  };
}

interface Ledger {
  owner: { pid: number };
  children: { name: string; pid: number }[];
}
const state = (...parts: string[]): string => path.join(environment['HANDSLAG_STATE'] ?? '', ...parts);
const ledger = (): Ledger => JSON.parse(readFileSync(state('processes.json'), 'utf8'));
const pidOf = (name: string): number =>
  ledger().children.find((child) => child.name.startsWith(name))?.pid ?? 0;
const running = (): { databaseUrl: string; apps: { issuer: string } } =>
  JSON.parse(readFileSync(state('running.json'), 'utf8'));

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: running().databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('npm start brings everything up, restarts what dies, survives kill -9 of itself, and ends all it started', async () => {
  const first = start();
  await first.says('Handslag is ready.');
  expect((await fetch(`${running().apps.issuer}/health/ready`)).status).toBe(200);
  await query('create table public.kept (what text)');
  await query(`insert into public.kept values ('before')`);

  const beside = await start().ended();
  expect(beside.code).toBe(1);
  expect(beside.said).toMatch(/already runs from here \(process \d+\): use that one, or end it/);

  process.kill(pidOf('issuer'), 'SIGKILL');
  await first.says('issuer ended (SIGKILL); starting it again');

  const left = ledger().children;
  expect(left.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['postgres-18', 'redis', 'temporal', 'mail-catcher']),
  );
  first.child.kill('SIGKILL');
  await first.ended();
  expect(identify(pidOf('postgres'))).toBeDefined();

  const second = start();
  await second.says('ended what an earlier run left');
  await second.says('Handslag is ready.');
  for (const { pid } of left) expect(identify(pid)).toBeUndefined();
  expect(await query('select what from public.kept')).toEqual([{ what: 'before' }]);

  const all = ledger().children;
  second.child.kill('SIGINT');
  const { code, said } = await second.ended();
  expect(code).toBe(0);
  expect(said).toContain('Ctrl-C: ending what was started');
  for (const { pid } of all) expect(identify(pid)).toBeUndefined();
  expect([existsSync(state('processes.json')), existsSync(state('running.json'))]).toEqual([false, false]);
}, 180_000);
describe('npm start refuses in one sentence that says what to do', () => {
  const refusal = async (extra: NodeJS.ProcessEnv, nodeOptions: readonly string[] = []): Promise<string> => {
    const { code, said } = await start(extra, nodeOptions).ended();
    expect(code).toBe(1);
    expect(said).not.toContain('    at '); // no stack
    return said;
  };

  test('a port in use', async () => {
    const holder = createServer();
    const port = Number(environment['HANDSLAG_PORT_ISSUER']);
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    try {
      expect(await refusal({})).toContain(
        `Port ${port}, for the front page, is used by another program: stop that program, or choose another port with HANDSLAG_PORT_ISSUER=<port>`,
      );
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
  });

  test('a full disk', async () => {
    expect(await refusal({ HANDSLAG_LEAST_FREE_MB: '99999999999' })).toMatch(
      /The disk that holds .* is full: free some space/,
    );
  });

  test('an old Node', async () => {
    const pretend = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '18.20.8' })`;
    expect(await refusal({}, ['--import', pretend])).toContain(
      'Handslag needs Node 20.19 or later and this is Node 18.20.8',
    );
  });

  test('a DATABASE_URL where nothing answers', async () => {
    expect(await refusal({ DATABASE_URL: 'postgres://a:b@127.0.0.1:9/handslag' })).toMatch(
      /PostgreSQL cannot be reached at 127\.0\.0\.1:9\/handslag .*: correct DATABASE_URL or start that server, or unset DATABASE_URL/,
    );
  });

  test('a REDIS_URL where nothing answers', async () => {
    expect(await refusal({ REDIS_URL: 'redis://127.0.0.1:9' })).toContain(
      'Redis cannot be reached at 127.0.0.1:9',
    );
  });

  test('a TEMPORAL_ADDRESS where nothing answers', async () => {
    expect(await refusal({ TEMPORAL_ADDRESS: '127.0.0.1:9' })).toContain(
      'Temporal cannot be reached at 127.0.0.1:9',
    );
  });

  test('no Redis and no Python to fetch it with', async () => {
    const bare = path.join(folder, 'bare-path');
    mkdirSync(bare);
    for (const tool of ['/usr/bin/id', '/bin/ps'])
      if (existsSync(tool)) symlinkSync(tool, path.join(bare, path.basename(tool)));
    const extra = {
      PATH: bare,
      HANDSLAG_CACHE: path.join(folder, 'no-cache'),
      TEMPORAL_ADDRESS: '127.0.0.1:9',
    };
    expect(await refusal(extra)).toMatch(
      /no redis-server on the PATH and no Python 3\.9 or later to fetch it with: install Python with pip/,
    );
  });

  test('a state folder that cannot be made', async () => {
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    expect(await refusal({ HANDSLAG_STATE: path.join(file, 'state') })).toMatch(
      /cannot be written .* HANDSLAG_STATE=<folder>/,
    );
  });
});
