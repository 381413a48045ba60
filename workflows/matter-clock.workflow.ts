import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { ClockActivities } from '#activities';
import { COURIER_QUEUE } from './ids.js';
import type { MatterClockInput } from './inputs.js';
import { keepClock } from './keep-clock.js';

// No limit on attempts: a courier that is down is waited for (C4), and the watchdog does not depend on it (C3).
const { callAgain } = proxyActivities<ClockActivities>({
  taskQueue: COURIER_QUEUE,
  // Short: a call that died with its process is made again after this, and made twice it does no harm.
  startToCloseTimeout: '6 seconds',
  retry: { maximumInterval: '30 seconds' },
});

/** Keeps the clock of one matter; its workflow id is `matter:<id>`. Ends when the matter is closed. */
export async function matterClockWorkflow({ matterId, clock }: MatterClockInput): Promise<void> {
  const next = await keepClock(clock, ({ deadlineId, rung }) => callAgain({ matterId, deadlineId, rung }));
  if (next) await continueAsNew<typeof matterClockWorkflow>({ matterId, clock: next });
}
