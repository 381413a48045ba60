export {
  type CallOut,
  type CallOutActivities,
  type CallOutBook,
  type CallOutDeps,
  type CallOutFacts,
  type CallOutMatter,
  type CallOutMatterState,
  createCallOutActivities,
} from './call-out.activities.js';
export { type CaseBook, type CaseDeps, type CaseRef, caseActivities } from './case.activities.js';
export {
  type ChildDecisionActivities,
  type ChildDecisionFacts,
  createChildDecisionActivities,
} from './child-decision.activities.js';
export {
  type ClockActivities,
  type ClockDeps,
  createClockActivities,
  type MatterCall,
  type MatterClockBook,
} from './clock.activities.js';
export type { Clock } from './clock.js';
export {
  createErasureActivities,
  type Erasure,
  type ErasureActivities,
  type ErasureBook,
  type ErasureDeps,
  type ErasureStep,
} from './erasure.activities.js';
export { createPartyActivities, type PartyDeps } from './party.activities.js';
export {
  createPartyClockActivities,
  type PartyCall,
  type PartyClockActivities,
  type PartyClockBook,
  type PartyClockDeps,
} from './party-clock.activities.js';
export {
  createStepActivities,
  type Step,
  type StepActivities,
  type StepAnswer,
  type StepBook,
  type StepDeps,
} from './step.activities.js';
