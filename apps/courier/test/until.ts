import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the world says so, looking often; fails after 30 seconds of not. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('it did not come to be within 30 s');
    await sleep(20);
  }
}
