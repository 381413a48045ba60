/** The bundle's entry. Whatever is exported here is a workflow, by the name it has here: nothing else may be. */
export { childDecisionWorkflow } from './child-decision.workflow.js';
export { erasureWorkflow } from './erasure.workflow.js';
export { matterClockWorkflow } from './matter-clock.workflow.js';
export { partyClockWorkflow } from './party-clock.workflow.js';
export { policeCallOutWorkflow } from './police-call-out.workflow.js';
