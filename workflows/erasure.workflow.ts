import { continueAsNew, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { ErasureActivities } from '#activities';
import { partyQueue } from './ids.js';
import type { ErasureInput } from './inputs.js';
import { lookAgain } from './messages.js';

/**
 * Carries out one disposal decision, a few persons at a time; its workflow id is `erasure:<decisionId>`. Ends when all are erased
 * or passed over and the proof is signed, or the record has refused the decision. It decides nothing: who goes was decided by
 * two persons, and each step asks the record again. Killed anywhere and run from the top, it goes on where the record is.
 */
export async function erasureWorkflow({ party, decisionId }: ErasureInput): Promise<void> {
  // The courier tells the stream by signal; there is nothing to hear, since nothing waits.
  setHandler(lookAgain, () => undefined);
  // A key store that is away is waited for: half an erasure is gone on with, never given up.
  const options = { taskQueue: partyQueue(party), retry: { maximumInterval: '30 seconds' } } as const;
  const { publishErasure, eraseSome } = proxyActivities<ErasureActivities>({
    ...options,
    startToCloseTimeout: '60 seconds',
  });
  // It tries to open everything that was erased, which may be much.
  const { proveErasure } = proxyActivities<ErasureActivities>({
    ...options,
    startToCloseTimeout: '10 minutes',
  });

  await publishErasure({ decisionId });
  for (;;) {
    const { left } = await eraseSome({ decisionId });
    if (left === 0) break;
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof erasureWorkflow>({ party, decisionId });
  }
  await proveErasure({ decisionId });
}
