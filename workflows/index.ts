/**
 * The door: ids, queues, messages and types. The workflows themselves are in `registry.ts`, which only the bundle enters;
 * they are started by their type name, so that a service that starts one loads no workflow code.
 */
export type { Clock } from '#activities';
export type { erasureWorkflow } from './erasure.workflow.js';
export {
  COURIER_QUEUE,
  callOutId,
  caseWorkflowId,
  caseWorkflowType,
  ENGINE_QUEUE,
  erasureId,
  matterClockId,
  parseCallOutId,
  parseErasureId,
  parseMatterClockId,
  parsePartyClockId,
  partyClockId,
  partyQueue,
} from './ids.js';
export type { CallOutInput, CaseInput, ErasureInput, MatterClockInput, PartyClockInput } from './inputs.js';
export type { matterClockWorkflow } from './matter-clock.workflow.js';
export { clockSet, lookAgain } from './messages.js';
export type { partyClockWorkflow } from './party-clock.workflow.js';
export type { policeCallOutWorkflow } from './police-call-out.workflow.js';
