import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { identify, isSame } from '../local/process-identity.js';
import { LocalSystem } from '../testing/local-system.js';
import { whatIsWrong } from './test/record-counts.js';
import { Sender } from './test/sender.js';

// kill -9 of `npm start`, with and without everything that it started: nothing of it blocks the next start (issue 3, 2).
jest.setTimeout(180_000);

let system: LocalSystem;
let sender: Sender;
let bystander: ChildProcess;

beforeAll(async () => {
  // Somebody else's program, started in the same folder: it is nobody's to end.
  bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  system = await LocalSystem.start();
  sender = new Sender(system);
}, 180_000);
afterAll(async () => {
  await system?.stop();
  bystander.kill();
  if (bystander.exitCode === null && bystander.signalCode === null) await once(bystander, 'exit');
}, 60_000);

const alive = (processes: readonly { pid: number; born: string }[]) => processes.filter(isSame);

const sentCases = async (): Promise<number> =>
  (await system.sql<{ count: number }>('select count(*)::int as count from custody.dispatch'))[0]?.count ?? 0;

test('npm start killed alone: the next ends what it left, and what was acknowledged is there', async () => {
  await sender.reportAndSend();
  const left = system.children;
  expect(left.length).toBeGreaterThanOrEqual(12);
  await system.kill('npm start');
  expect(alive(left).length).toBeGreaterThan(0);
  await system.start();
  expect(system.said()).toContain('ended what an earlier run left');
  expect(alive(left)).toEqual([]);
  expect(await sentCases()).toBe(1);
  await sender.reportAndSend();
});

test('npm start killed with all that it started: the next start works, and nothing is lost or doubled', async () => {
  const before = await sentCases();
  await sender.reportAndSend();
  const all = system.children;
  await system.kill('npm start');
  for (const { pid } of alive(all)) process.kill(pid, 'SIGKILL');
  await system.start();
  expect(await sentCases()).toBe(before + 1);
  await sender.reportAndSend();
  expect(sender.strange).toEqual([]);
  expect(await whatIsWrong(system)).toEqual([]);
});

test('Ctrl-C ends everything that it started, and nothing else', async () => {
  const all = system.children;
  const { code, said } = await system.interrupt();
  expect({ code, said }).toEqual({
    code: 0,
    said: expect.stringContaining('Ctrl-C: ending what was started'),
  });
  expect(alive(all)).toEqual([]);
  expect(identify(bystander.pid ?? 0)).toBeDefined();
});
