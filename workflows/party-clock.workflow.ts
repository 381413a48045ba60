import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { PartyClockActivities } from '#activities';
import { partyQueue } from './ids.js';
import type { PartyClockInput } from './inputs.js';
import { keepClock } from './keep-clock.js';

/** Keeps one clock of a party's own schema; its workflow id is `clock:<schema>:<id>`. Ends when that clock is closed. */
export async function partyClockWorkflow({ schema, clockId, clock }: PartyClockInput): Promise<void> {
  const { callAgainParty } = proxyActivities<PartyClockActivities>({
    taskQueue: partyQueue(schema),
    // Short: a call that died with its process is made again after this, and made twice it does no harm.
    startToCloseTimeout: '6 seconds',
    retry: { maximumInterval: '30 seconds' },
  });
  const next = await keepClock(clock, ({ deadlineId, rung }) =>
    callAgainParty({ schema, clockId, deadlineId, rung }),
  );
  if (next) await continueAsNew<typeof partyClockWorkflow>({ schema, clockId, clock: next });
}
