import { condition, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Clock } from '#activities';
import { clockSet } from './messages.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const LONGEST_SLEEP_MS = 365 * 24 * 60 * 60 * 1_000;

/** A clock and when it is due by the workflow's own time, which is never compared with a record instant (DESIGN 7). */
interface Armed {
  readonly clock: Clock;
  readonly dueAt: number | null;
}

/**
 * Sleeps until the wake-up or a newer clock, then asks `callAgain`, which reads the record again and answers with the next
 * clock; so on until the clock is closed. Answers with the clock to continue as new with, or null when it is closed.
 */
export async function keepClock(
  first: Clock,
  callAgain: (clock: Clock) => Promise<Clock>,
): Promise<Clock | null> {
  // The milliseconds were counted when the start was sent; a busy engine may run it much later.
  let armed = arm(first, workflowInfo().runStartTime.getTime());
  let pauseMs = FIRST_PAUSE_MS;

  setHandler(clockSet, (told) => {
    if (told.version > armed.clock.version) armed = arm(told, Date.now());
  });

  while (!armed.clock.closed) {
    const { clock } = armed;
    const toldMeanwhile = (): boolean => armed.clock.version > clock.version;
    if (workflowInfo().continueAsNewSuggested) return { ...clock, waitMs: leftMs(armed) };
    if (await woken(() => toldMeanwhile() || workflowInfo().continueAsNewSuggested, leftMs(armed))) continue;

    const answer = await callAgain(clock);
    if (toldMeanwhile() && answer.version <= armed.clock.version) continue;
    if (answer.version > clock.version || !isStillDue(answer, clock)) {
      armed = arm(answer, Date.now());
      pauseMs = FIRST_PAUSE_MS;
    } else {
      // Nothing moved although it was due: asking at once again would spin.
      armed = arm({ ...clock, waitMs: pauseMs }, Date.now());
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  }
  return null;
}

const arm = (clock: Clock, since: number): Armed => ({
  clock,
  dueAt: clock.waitMs === null ? null : since + clock.waitMs,
});

const leftMs = ({ dueAt }: Armed): number | null => (dueAt === null ? null : dueAt - Date.now());

/** Whether an answer that is not newer leaves the clock as due as it was. */
const isStillDue = (answer: Clock, asked: Clock): boolean =>
  answer.version < asked.version || (!answer.closed && answer.waitMs !== null && answer.waitMs <= 0);

/** Waits for what it is told or for the time to pass; true if told. */
async function woken(isTold: () => boolean, waitMs: number | null): Promise<boolean> {
  if (waitMs !== null && waitMs <= 0) return false;
  if (waitMs !== null) return await condition(isTold, Math.ceil(Math.min(waitMs, LONGEST_SLEEP_MS)));
  await condition(isTold);
  return true;
}
