import { condition, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Clock } from '#activities';
import { answered, arm, leftMs, told } from './clock-keeping.js';
import { clockSet } from './messages.js';

/** It asks again after a year at the latest; a timer of any length would do. */
const LONGEST_SLEEP_MS = 365 * 24 * 60 * 60 * 1_000;

/**
 * Sleeps until the wake-up or a newer clock, then asks `callAgain`, which reads the record again and answers with the next
 * clock; so on until the clock is closed. Answers with the clock to continue as new with, or null when it is closed.
 */
export async function keepClock(
  first: Clock,
  callAgain: (clock: Clock) => Promise<Clock>,
): Promise<Clock | null> {
  // The milliseconds were counted when the start was sent; a busy engine may run it much later.
  let armed = arm(first, workflowInfo().startTime.getTime());
  setHandler(clockSet, (clock) => {
    armed = told(armed, clock, Date.now());
  });

  while (!armed.clock.closed) {
    const asked = armed;
    const isStirred = (): boolean => armed !== asked || workflowInfo().continueAsNewSuggested;

    const waitMs = leftMs(asked, Date.now());
    if (workflowInfo().continueAsNewSuggested) return { ...asked.clock, waitMs };
    if (await isWoken(isStirred, waitMs)) continue;
    const answer = await callAgain(asked.clock);
    // Read after the answer, never in one expression with it: what was told meanwhile would be forgotten.
    armed = answered(armed, asked, answer, Date.now());
  }
  return null;
}

/** Waits until stirred or for the time to pass; true if stirred. */
async function isWoken(isStirred: () => boolean, waitMs: number | null): Promise<boolean> {
  if (waitMs !== null && waitMs <= 0) return false;
  if (waitMs !== null) return await condition(isStirred, Math.ceil(Math.min(waitMs, LONGEST_SLEEP_MS)));
  await condition(isStirred);
  return true;
}
