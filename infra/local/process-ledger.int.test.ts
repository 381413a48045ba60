import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { identify } from './process-identity.js';
import { ProcessLedger } from './process-ledger.js';

const DEAD_OWNER = { pid: 2 ** 22 + 1, born: 'long ago' };
let folder: string;
let sleeper: ChildProcess;
let pid: number;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-ledger-'));
  sleeper = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  pid = sleeper.pid ?? 0;
});
afterEach(() => {
  sleeper.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const ledger = (owner: object, born: string | undefined): void =>
  writeFileSync(
    path.join(folder, 'processes.json'),
    JSON.stringify({ owner, children: [{ pid, born, name: 'redis', signal: 'SIGTERM' }] }),
  );

test('what a killed run left is ended', async () => {
  ledger(DEAD_OWNER, identify(pid)?.born);
  const ended = await ProcessLedger.sweep(folder);
  expect(ended.map(({ name }) => name)).toEqual(['redis']);
  expect(identify(pid)).toBeUndefined();
});

test('a process that was only given the same number is left alone', async () => {
  ledger(DEAD_OWNER, 'another time');
  expect(await ProcessLedger.sweep(folder)).toEqual([]);
  expect(identify(pid)).toBeDefined();
});

test('what a run was killed over before it could list it is found by its mark and ended', async () => {
  const marked = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
    env: { ...process.env, HANDSLAG_STARTED_FROM: folder },
  });
  ledger(DEAD_OWNER, 'another time');
  const ended = await ProcessLedger.sweep(folder);
  expect(ended.map((child) => child.pid)).toEqual(process.platform === 'linux' ? [marked.pid] : []);
  marked.kill('SIGKILL');
});

test('nothing of a run that lives is touched', async () => {
  ledger(identify(process.pid) ?? {}, identify(pid)?.born);
  expect(await ProcessLedger.sweep(folder)).toEqual([]);
  expect(identify(pid)).toBeDefined();
});

test('a run lists what it started and forgets what ended', () => {
  const own = ProcessLedger.open(folder);
  own.add('police', pid, 'SIGTERM');
  const written = (): string => readFileSync(path.join(folder, 'processes.json'), 'utf8');
  expect(written()).toContain('police');
  own.remove(pid);
  expect(written()).not.toContain('police');
});

test('a ledger cut short by a full disk blocks nothing', async () => {
  writeFileSync(path.join(folder, 'processes.json'), '{"owner":{"pi');
  expect(await ProcessLedger.sweep(folder)).toEqual([]);
  expect(ProcessLedger.ownerOf(folder)).toBeUndefined();
});
