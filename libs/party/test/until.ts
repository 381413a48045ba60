const WITHIN_MS = 25_000;

/** Looks until something is there: another process, or the service's own background, is doing it right now. Throws after 25 s. */
export async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  const end = performance.now() + WITHIN_MS;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error('waited for what did not come');
    await new Promise((next) => setImmediate(next));
  }
}
