import { type Result, refuse, succeed } from '../refusals/index.js';
import { keysOf, type Label } from '../wording/index.js';
import { SUPPORT_MODALITIES, type SupportModality } from './interventions.js';

/** Conversations of a person and contact episode without an investigation (R-004, SoL 11:5). */
export const FREE_CONVERSATIONS = 5;
/** From this one on the investigation is to be offered. */
const OFFERED_AT = 4;

/** How a session stands; `IN_ERROR` was never one. */
export const SESSION_STATES = {
  BOOKED: { sv: 'Bokat', en: 'Booked' },
  ATTENDED: { sv: 'Genomfört', en: 'Attended' },
  NO_SHOW: { sv: 'Uteblev', en: 'No-show' },
  CANCELLED: { sv: 'Avbokat', en: 'Cancelled' },
  IN_ERROR: { sv: 'Felregistrerat', en: 'Entered in error' },
} as const satisfies Record<string, Label>;
export type SessionState = keyof typeof SESSION_STATES;

/** A conversation that was held, and a booked one, spends one of the five; one that never was does not. */
const SPENDS: readonly SessionState[] = ['BOOKED', 'ATTENDED'];

/** What became of the investigation that lets support go on after the five. */
export const INVESTIGATION_STEPS = {
  OFFERED: { sv: 'Utredning är erbjuden', en: 'The investigation is offered' },
  ACCEPTED: { sv: 'Personen vill ha en utredning', en: 'The person wants an investigation' },
  DECLINED: { sv: 'Personen vill inte ha en utredning', en: 'The person wants no investigation' },
  BRIDGED: {
    sv: 'Stödet fortsätter medan RVT utreder',
    en: 'The support goes on while RVT investigates',
  },
  GRANTED: { sv: 'RVT har beviljat stöd', en: 'RVT has granted support' },
  REFUSED: { sv: 'RVT har avslagit', en: 'RVT has refused' },
} as const satisfies Record<string, Label>;
export type InvestigationStep = keyof typeof INVESTIGATION_STEPS;

export interface SessionOfEpisode {
  readonly modality: SupportModality;
  readonly state: SessionState;
}

/** The newest step, and until when a bridge reaches; null before there is one. */
export interface InvestigationStanding {
  readonly step: InvestigationStep;
  readonly bridgedUntil: Date | null;
}

export interface Episode {
  readonly sessions: readonly SessionOfEpisode[];
  readonly investigation: InvestigationStanding | null;
}

const COUNTED = keysOf(SUPPORT_MODALITIES).filter((one) => SUPPORT_MODALITIES[one].counted);

/** How many of the five are spent. `counted`: the modalities that spend one, of the configuration. */
export function conversationsSpent(
  sessions: readonly SessionOfEpisode[],
  counted: readonly SupportModality[] = COUNTED,
): number {
  return sessions.filter(({ state, modality }) => SPENDS.includes(state) && counted.includes(modality))
    .length;
}

/** Whether the investigation is to be offered now: at the fourth, and nobody has. */
export function isInvestigationOfferDue({ sessions, investigation }: Episode): boolean {
  return investigation === null && conversationsSpent(sessions) >= OFFERED_AT;
}

/**
 * Whether one more session may be booked to begin at an instant. Not counted, within the five, granted by RVT, or before
 * a bridge ends: yes. Refuses FIVE_CONVERSATIONS_SPENT otherwise.
 */
export function decideBooking(
  { sessions, investigation }: Episode,
  asked: { readonly modality: SupportModality; readonly startsAt: Date },
  counted: readonly SupportModality[] = COUNTED,
): Result<null> {
  if (!counted.includes(asked.modality)) return succeed(null);
  if (conversationsSpent(sessions, counted) < FREE_CONVERSATIONS) return succeed(null);
  if (investigation?.step === 'GRANTED') return succeed(null);
  const isBridged =
    investigation?.step === 'BRIDGED' &&
    investigation.bridgedUntil !== null &&
    asked.startsAt < investigation.bridgedUntil;
  return isBridged ? succeed(null) : refuse('FIVE_CONVERSATIONS_SPENT');
}

const BEFORE: Readonly<Record<InvestigationStep, readonly (InvestigationStep | null)[]>> = {
  OFFERED: [null, 'OFFERED', 'DECLINED', 'REFUSED'],
  ACCEPTED: ['OFFERED', 'DECLINED'],
  DECLINED: ['OFFERED', 'ACCEPTED', 'BRIDGED'],
  BRIDGED: ['ACCEPTED', 'BRIDGED'],
  // RVT's decision can come without an offer of RVC: she went there herself.
  GRANTED: [null, 'OFFERED', 'ACCEPTED', 'BRIDGED', 'DECLINED', 'REFUSED'],
  REFUSED: ['ACCEPTED', 'BRIDGED', 'GRANTED'],
};

/**
 * Whether a step may follow what is recorded. Refuses INVESTIGATION_STEP_ORDER, BRIDGE_BY_UNIT_HEAD for anybody else, and
 * DECISION_REFERENCE for a decision of RVT that is not named.
 */
export function decideInvestigationStep(
  investigation: InvestigationStanding | null,
  asked: { readonly step: InvestigationStep; readonly isUnitHead: boolean; readonly hasDecision: boolean },
): Result<null> {
  const { step, isUnitHead, hasDecision } = asked;
  if (!BEFORE[step].includes(investigation?.step ?? null)) return refuse('INVESTIGATION_STEP_ORDER');
  if (step === 'BRIDGED' && !isUnitHead) return refuse('BRIDGE_BY_UNIT_HEAD');
  if ((step === 'GRANTED' || step === 'REFUSED') && !hasDecision) return refuse('DECISION_REFERENCE');
  return succeed(null);
}
