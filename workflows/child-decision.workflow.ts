import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { ChildDecisionActivities } from '#activities';
import { isOver, stepsOf } from './child-decision-story.js';
import { CASE_OPTIONS, followCase } from './follow-case.js';
import { partyQueue } from './ids.js';
import type { CaseInput } from './inputs.js';

/**
 * The story of a child at BoU (DESIGN 6.4), from the decision on an investigation to the end of the follow-up; its workflow
 * id is `child-decision:<caseId>`. The duties before that decision (D-01 to D-04) run in custody from the report on.
 */
export async function childDecisionWorkflow({ party, caseId, longAfter }: CaseInput): Promise<void> {
  const { childDecisionFacts, closeChildDecision } = proxyActivities<ChildDecisionActivities>({
    ...CASE_OPTIONS,
    taskQueue: partyQueue(party),
  });
  const outcome = await followCase({
    process: 'child-decision',
    caseId,
    longAfter,
    read: () => childDecisionFacts({ caseId }),
    stepsOf,
    isOver,
    // What is done is asked for no longer.
    isSeenInFacts: () => true,
  });
  if (outcome === 'grown-long') {
    await continueAsNew<typeof childDecisionWorkflow>({
      party,
      caseId,
      ...(longAfter === undefined ? {} : { longAfter }),
    });
  }
  await closeChildDecision({ caseId });
}
