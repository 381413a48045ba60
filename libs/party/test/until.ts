import { setTimeout as sleep } from 'node:timers/promises';

const WITHIN_MS = 25_000;
/** Spinning would take the processor from what is waited for. */
const LOOK_MS = 20;

/** Looks until something is there: another process, or the service's own background, is doing it right now. Throws after 25 s. */
export async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  const end = performance.now() + WITHIN_MS;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error('waited for what did not come');
    await sleep(LOOK_MS);
  }
}
