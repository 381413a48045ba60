import type { DeadlineRuleId } from '../deadlines/index.js';
import type { RiskLevel } from '../instruments/index.js';
import type { PublishedFactCode } from '../published-facts/index.js';
import type { Label } from '../wording/index.js';

/** After what the risk is looked at anew (forms.md 4, D-19, X-21). `ahead`: before the day of it, and not the day it is heard of. */
export const RISK_EVENTS = {
  'new-incident': { label: { sv: 'Ny händelse', en: 'A new incident' }, ahead: false },
  'suspect-arrested': {
    label: { sv: 'Den misstänkte är gripen', en: 'The suspect is arrested' },
    ahead: false,
  },
  'suspect-released': {
    label: { sv: 'Den misstänkte är frigiven', en: 'The suspect is released' },
    ahead: false,
  },
  'contact-ban-granted': { label: { sv: 'Kontaktförbud beviljat', en: 'Contact ban granted' }, ahead: false },
  'contact-ban-broken': { label: { sv: 'Kontaktförbud brutet', en: 'Contact ban broken' }, ahead: false },
  'contact-ban-expiring': {
    label: { sv: 'Kontaktförbud löper ut', en: 'Contact ban expiring' },
    ahead: false,
  },
  'custody-hearing': { label: { sv: 'Vårdnadsförhandling', en: 'Custody hearing' }, ahead: true },
  'contact-visit': { label: { sv: 'Umgängestillfälle', en: 'Contact visit' }, ahead: true },
} as const satisfies Record<string, { readonly label: Label; readonly ahead: boolean }>;
export type RiskEvent = keyof typeof RISK_EVENTS;

/** Whether a text names such an event; a published fact of the same name is one. */
export function isRiskEvent(text: string): text is RiskEvent {
  return Object.hasOwn(RISK_EVENTS, text);
}

/** Published facts that ask for a review of the risk, of those that exist. */
export function factsOfRisk(codes: readonly PublishedFactCode[]): PublishedFactCode[] {
  return codes.filter(isRiskEvent);
}

/** How soon the risk is assessed again, by the strictest of its three judgements. */
export const REASSESSMENT_BY_LEVEL = {
  high: 'risk-reassessment-high',
  medium: 'risk-reassessment-medium',
  low: 'risk-reassessment-low',
} as const satisfies Record<RiskLevel, DeadlineRuleId>;

/** What a review of the risk came to. */
export const RISK_REVIEW_OUTCOMES = {
  UNCHANGED: { sv: 'Bedömningen står fast', en: 'The assessment stands' },
  ASSESS_ANEW: { sv: 'Risken bedöms på nytt', en: 'The risk is assessed anew' },
} as const satisfies Record<string, Label>;
export type RiskReviewOutcome = keyof typeof RISK_REVIEW_OUTCOMES;

/** What is known of the assessment that the police may make; shown, and waited for by nothing (B9, Riksrevisionen 2024). */
export const POLICE_ASSESSMENT_STATES = {
  REQUESTED: { sv: 'Begärd', en: 'Requested' },
  RECEIVED: { sv: 'Kommit', en: 'Received' },
  NEVER_CAME: { sv: 'Kom aldrig', en: 'Never came' },
  NOT_REQUESTED: { sv: 'Inte begärd', en: 'Not requested' },
} as const satisfies Record<string, Label>;
export type PoliceAssessmentState = keyof typeof POLICE_ASSESSMENT_STATES;
