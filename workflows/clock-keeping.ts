import type { Clock } from '#activities';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** How much two countings of one instant may differ without a new timer. */
const TOLERANCE_MS = 1_000;

/** A clock, and when it is due by the workflow's own time, which is never compared with a record instant (DESIGN 7). */
export interface Armed {
  readonly clock: Clock;
  readonly dueAt: number | null;
  /** How long to wait before asking again should nothing have moved. */
  readonly pauseMs: number;
}

/** A clock whose milliseconds were counted at `since`. */
export const arm = (clock: Clock, since: number): Armed => ({
  clock,
  dueAt: clock.waitMs === null ? null : since + clock.waitMs,
  pauseMs: FIRST_PAUSE_MS,
});

/** The milliseconds left at `now`, null when nothing is armed. */
export const leftMs = ({ dueAt }: Armed, now: number): number | null => (dueAt === null ? null : dueAt - now);

/**
 * What is armed after being told a clock. A newer one counts; repeats and late ones change nothing, save that a repeat which
 * is due clearly earlier is right: one instant was meant, and a clock that lay unread (the engine was away) counts too long.
 */
export function told(armed: Armed, clock: Clock, now: number): Armed {
  if (clock.version > armed.clock.version) return arm(clock, now);
  if (clock.version < armed.clock.version || clock.waitMs === null || armed.dueAt === null) return armed;
  return now + clock.waitMs < armed.dueAt - TOLERANCE_MS ? arm(clock, now) : armed;
}

/**
 * What is armed after `asked` was answered, when a newer clock may have been told meanwhile. The answer was read from the
 * record after the question, so it counts at the same version too (not yet: so long still). An answer that moves nothing
 * although it was due is asked for again after a pause that doubles up to a minute; asking at once would spin.
 */
export function answered(armed: Armed, asked: Armed, answer: Clock, now: number): Armed {
  const isToldMeanwhile = armed.clock.version > asked.clock.version;
  if (isToldMeanwhile) return told(armed, answer, now);
  const isStillDue = !answer.closed && answer.waitMs !== null && answer.waitMs <= 0;
  if (answer.version > asked.clock.version || (answer.version === asked.clock.version && !isStillDue)) {
    return arm(answer, now);
  }
  return {
    clock: asked.clock,
    dueAt: now + asked.pauseMs,
    pauseMs: Math.min(2 * asked.pauseMs, LONGEST_PAUSE_MS),
  };
}
