import type { SubjectRole } from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import type { SupportChannel } from './interventions.js';

export interface SupportAsked {
  readonly role: SubjectRole;
  readonly channel: SupportChannel;
  /** On the day of the referral; somebody who does not say who she is says whether she is an adult, or it is unknown. */
  readonly isAdult: boolean | 'unknown';
  /** The reference of a decision of RVT or BoU was stated. */
  readonly hasDecision: boolean;
}

/**
 * Whether support may begin: anybody of 18 or more on the day of the referral, whatever her role; a child by
 * decision of BoU alone. Refuses SUPPORT_FROM_18, CHILD_SUPPORT_BY_DECISION, and DECISION_REFERENCE for
 * who is said to come by a decision that is not named.
 */
export function decideSupportOpening({ role, channel, isAdult, hasDecision }: SupportAsked): Result<null> {
  if (role === 'child') {
    return channel === 'bou-decision' && hasDecision ? succeed(null) : refuse('CHILD_SUPPORT_BY_DECISION');
  }
  if (isAdult === false) return refuse('SUPPORT_FROM_18');
  if (channel === 'bou-decision') return refuse('SUBJECT_NOT_OF_KIND');
  return channel === 'rvt-decision' && !hasDecision ? refuse('DECISION_REFERENCE') : succeed(null);
}
