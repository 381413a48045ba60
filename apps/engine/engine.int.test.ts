import { randomBytes } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { bundleWorkflows, createLogger } from '#temporal';
import { type Engine, startEngine } from './engine.service.js';
import { EngineConfigSchema } from './engine-config.schema.js';

jest.setTimeout(60_000);

/** Stands before the real server, so that a test can take it away from the engine alone. */
class Gate {
  #server: Server | undefined;
  #port = 0;
  readonly #sockets = new Set<Socket>();

  constructor(readonly target: string) {}

  get address(): string {
    return `127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    const [host = '', port] = this.target.split(':');
    this.#server = createServer((near) => {
      const far = connect(Number(port), host);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (typeof address === 'object' && address) this.#port = address.port;
  }

  async shut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

const lines: string[] = [];
let gate: Gate;
let engine: Engine;

beforeAll(async () => {
  const target = process.env['TEST_TEMPORAL_ADDRESS'];
  if (!target) throw new Error('TEST_TEMPORAL_ADDRESS is not set: run npm test, or name a dev server');
  gate = new Gate(target);
  await gate.open();
  await gate.shut();
  const config = EngineConfigSchema.parse({
    TEMPORAL_ADDRESS: gate.address,
    HANDSLAG_PAYLOAD_KEY: randomBytes(32).toString('base64url'),
    PORT: '0',
  });
  const entry = fileURLToPath(new URL('../../workflows/registry.ts', import.meta.url));
  const { code } = await bundleWorkflows({ entry, from: 'source' });
  engine = await startEngine(
    config,
    code,
    createLogger('info', (line) => lines.push(line)),
  );
}, 30_000);
afterAll(async () => gate?.shut(), 30_000);

const ask = async (path: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`http://127.0.0.1:${engine.port}${path}`);
  return { status: response.status, body: await response.json() };
};

/** Readiness comes and goes by itself; asked again four times a second until it is so. */
async function untilReadyIs(status: number): Promise<unknown> {
  for (;;) {
    const answer = await ask('/health/ready');
    if (answer.status === status) return answer.body;
    await pause(250);
  }
}

describe('the engine', () => {
  test('starts while Temporal is down, lives, and says what is missing', async () => {
    expect(await ask('/health/live')).toEqual({ status: 200, body: { status: 'live' } });
    expect(await ask('/health/ready')).toEqual({
      status: 503,
      body: { status: 'not-ready', missing: ['temporal', 'worker'] },
    });
    expect((await ask('/anything')).status).toBe(404);
  });

  test('becomes ready when Temporal comes, unready when it goes, and ready again', async () => {
    await gate.open();
    await untilReadyIs(200);
    await gate.shut();
    expect(await untilReadyIs(503)).toMatchObject({ missing: expect.arrayContaining(['temporal']) });
    expect((await ask('/health/live')).status).toBe(200);
    await gate.open();
    await untilReadyIs(200);
  });

  test('ends when it is told to, although Temporal is down, and its health with it', async () => {
    await gate.shut();
    await engine.stop();
    await expect(ask('/health/live')).rejects.toThrow();
    expect(lines.some((line) => line.includes('worker.running'))).toBe(true);
  });
});
