import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { assertPortFree, freePorts } from './ports.js';

test('a port in use is refused with its number, its service and the variable that moves it', async () => {
  const [port = 0] = await freePorts(1);
  await expect(assertPortFree(port, 'RVT', 'HANDSLAG_PORT_RVT')).resolves.toBeUndefined();
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
  try {
    await expect(assertPortFree(port, 'RVT', 'HANDSLAG_PORT_RVT')).rejects.toThrow(
      `Port ${port}, for RVT, is used by another program: stop that program, or choose another port with HANDSLAG_PORT_RVT=<port>`,
    );
  } finally {
    await new Promise((resolve) => holder.close(resolve));
  }
});

test('free ports differ, and no outgoing connection is given one of them meanwhile', async () => {
  const ports = await freePorts(40);
  expect(new Set(ports).size).toBe(40);
  // 32768 is where Linux begins to choose ports for outgoing connections, macOS at 49152.
  expect(Math.max(...ports)).toBeLessThan(32_768);
});
