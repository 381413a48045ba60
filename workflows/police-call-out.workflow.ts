import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { CallOutActivities } from '#activities';
import { isCarriedOver, stepsOf } from './call-out-story.js';
import { CASE_OPTIONS, followCase } from './follow-case.js';
import { partyQueue } from './ids.js';
import type { CallOutInput } from './inputs.js';

const { callOutFacts, closeCallOut } = proxyActivities<CallOutActivities>({
  ...CASE_OPTIONS,
  taskQueue: partyQueue('police'),
});

/**
 * The story of one police call-out, the night and the morning (DESIGN 6.2); its workflow id is `call-out:<incidentId>`.
 * Ends when every child and every adult victim is with an ordinary unit, elsewhere or closed, and what was asked of people
 * on the way is done. It opens work for people and sends nothing itself.
 */
export async function policeCallOutWorkflow({ incidentId, longAfter }: CallOutInput): Promise<void> {
  const outcome = await followCase({
    process: 'call-out',
    caseId: incidentId,
    longAfter,
    read: () => callOutFacts({ incidentId }),
    stepsOf,
    isOver: isCarriedOver,
    // The facts show when a matter has left socialjouren; only the owner knows of the others.
    isSeenInFacts: ({ stepKey }) => stepKey === 'morning-handover',
  });
  if (outcome === 'grown-long')
    await continueAsNew<typeof policeCallOutWorkflow>({
      incidentId,
      ...(longAfter === undefined ? {} : { longAfter }),
    });
  await closeCallOut({ incidentId });
}
