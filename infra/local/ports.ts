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

/** Ports of 127.0.0.1 that were free a moment ago; held together, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<{ port: number; close: () => Promise<void> }>((resolve, reject) => {
          const probe = createServer();
          probe.once('error', reject);
          probe.listen(0, '127.0.0.1', () => {
            const address = probe.address();
            if (address === null || typeof address === 'string') return reject(new Error('no port'));
            resolve({
              port: address.port,
              close: () => new Promise((closed) => probe.close(() => closed())),
            });
          });
        }),
    ),
  );
  await Promise.all(probes.map((probe) => probe.close()));
  return probes.map((probe) => probe.port);
}
