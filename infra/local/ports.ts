import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Problem } from './problem.js';

/** Throws a Problem that names the port and the variable that moves it, when something already listens there. */
export async function assertPortFree(port: number, what: string, variable: string): Promise<void> {
  const failure = await tryToListen(port);
  if (failure === 'EADDRINUSE') {
    throw new Problem(
      `Port ${port}, for ${what}, is used by another program: stop that program, or choose another port with ${variable}=<port> in front of the command.`,
    );
  }
  if (failure) {
    throw new Problem(
      `Port ${port}, for ${what}, cannot be opened (${failure}): choose another with ${variable}=<port>.`,
    );
  }
}

function tryToListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(undefined)));
  });
}

/**
 * Where free ports are looked for: below the range from which Linux and macOS give ports to outgoing connections, or a
 * client of another program could take one between the choice and its use.
 */
const FIRST_CHOSEN = 20_000;
const CHOICES = 12_000;

/** Ports of 127.0.0.1 that were free a moment ago; held together, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(Array.from({ length: count }, holdAnyPort));
  await Promise.all(probes.map(({ close }) => close()));
  return probes.map(({ port }) => port);
}

interface HeldPort {
  readonly port: number;
  close(): Promise<void>;
}

async function holdAnyPort(): Promise<HeldPort> {
  for (;;) {
    const held = await holdPort(FIRST_CHOSEN + randomInt(CHOICES));
    if (held !== undefined) return held;
  }
}

function holdPort(port: number): Promise<HeldPort | undefined> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    probe.listen(port, '127.0.0.1', () =>
      resolve({ port, close: () => new Promise((closed) => probe.close(() => closed())) }),
    );
  });
}
