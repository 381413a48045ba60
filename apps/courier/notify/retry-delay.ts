const LONGEST_MS = 15 * 60_000;

/** Milliseconds until a failed delivery is tried again: double each time, a quarter of an hour at most. */
export function retryDelay(attemptsMade: number, firstMs: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, attemptsMade - 1), LONGEST_MS);
}
