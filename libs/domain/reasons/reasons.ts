import type { Label } from '../wording/index.js';

/** Why a unit does not take an offer over (forms.md 3). Never for a concern report about a child (C9). */
export const DECLINE_REASONS = {
  NOT_TARGET_GROUP: { sv: 'Tillhör inte målgruppen', en: 'Not in our target group' },
  NOT_OUR_MANDATE: { sv: 'Ligger utanför vårt uppdrag', en: 'Outside our mandate' },
  NO_CONSENT: { sv: 'Samtycke saknas', en: 'Consent is missing' },
  PERSON_DECLINED: { sv: 'Personen har tackat nej', en: 'The person has said no' },
  DUPLICATE: { sv: 'Samma ärende har redan skickats', en: 'The same matter was already sent' },
  ALREADY_OPEN_HERE: { sv: 'Pågår redan hos oss', en: 'Already open here' },
  DECISION_NEEDED_FIRST: { sv: 'Ett beslut behövs först', en: 'A decision is needed first' },
  RISK_ASSESSMENT_FIRST: {
    sv: 'En hot- och riskbedömning behövs först',
    en: 'A risk assessment is needed first',
  },
  CONFLICT_OF_INTEREST: { sv: 'Jäv eller intressekonflikt', en: 'Conflict of interest' },
  SITE_UNSUITABLE: { sv: 'Lokalen passar inte', en: 'The premises are unsuitable' },
  CARE_LEVEL: { sv: 'Fel vårdnivå', en: 'Wrong level of care' },
  INFORMATION_NOT_RECEIVED: {
    sv: 'Begärda uppgifter kom inte',
    en: 'The information asked for did not come',
  },
} as const satisfies Record<string, Label>;
export type DeclineReason = keyof typeof DECLINE_REASONS;

/** Where a matter belongs instead. A redirect only proposes; the sender decides and sends anew (DESIGN 5). */
export const REDIRECT_REASONS = {
  // Also the reason for a protected case: nothing more telling exists on purpose.
  WRONG_DISTRICT: { sv: 'Annat stadsdelsområde', en: 'Another district' },
  MOVED: { sv: 'Personen har flyttat', en: 'The person has moved' },
  OTHER_MUNICIPALITY: { sv: 'Annan kommun', en: 'Another municipality' },
  CHILD_TO_BOU: { sv: 'Barnet hör till BoU', en: 'The child belongs to BoU' },
  ADULT_TO_RVT: { sv: 'Den vuxna hör till RVT', en: 'The adult belongs to RVT' },
  PERPETRATOR_RESIDENCE: {
    sv: 'Följer den misstänktes bostadsort',
    en: "Follows the alleged perpetrator's residence",
  },
  PRIMARY_CARE: { sv: 'Hör till primärvården', en: 'Belongs to primary care' },
  BUP: { sv: 'Hör till BUP', en: 'Belongs to child psychiatry (BUP)' },
  ADULT_PSYCHIATRY: { sv: 'Hör till vuxenpsykiatrin', en: 'Belongs to adult psychiatry' },
  SUBSTANCE_MISUSE: { sv: 'Hör till beroendevården', en: 'Belongs to substance misuse care' },
  EMERGENCY_NOW: { sv: 'Akut nu: ring', en: 'Emergency now: ring' },
} as const satisfies Record<string, Label>;
export type RedirectReason = keyof typeof REDIRECT_REASONS;

/** Why a holder cannot go on and hands back or onward. It stays responsible until that is accepted (C2). */
export const HAND_BACK_REASONS = {
  UNREACHABLE: { sv: 'Personen går inte att nå', en: 'The person cannot be reached' },
  SAFETY_CHANGED: { sv: 'Säkerhetsläget har ändrats', en: 'The safety situation has changed' },
  CONSENT_WITHDRAWN: { sv: 'Samtycket har återkallats', en: 'Consent was withdrawn' },
  MOVED: { sv: 'Personen har flyttat', en: 'The person has moved' },
  CAPACITY_LOST: { sv: 'Enheten kan inte längre utföra arbetet', en: 'The unit can no longer do the work' },
  ACCEPTED_IN_ERROR: { sv: 'Mottagen av misstag', en: 'Accepted in error' },
} as const satisfies Record<string, Label>;
export type HandBackReason = keyof typeof HAND_BACK_REASONS;

/** The person's own reason for saying no (tacka nej), which is no unit's decline. */
export const PERSON_REASONS = {
  NOT_READY: { sv: 'Inte redo', en: 'Not ready' },
  FEARS_REPRISAL: { sv: 'Rädd för repressalier', en: 'Fears reprisal' },
  FEARS_FOR_CUSTODY: { sv: 'Rädd att förlora vårdnaden', en: 'Fears losing guardianship' },
  OTHER_SUPPORT: { sv: 'Har annat stöd', en: 'Has other support' },
  TOGETHER_AGAIN: { sv: 'Har återupptagit relationen', en: 'Together again' },
  LANGUAGE: { sv: 'Språket', en: 'Language' },
  CHILDCARE_OR_TRAVEL: { sv: 'Barnpassning eller resväg', en: 'Childcare or travel' },
  DISTRUST: { sv: 'Saknar förtroende', en: 'Distrust' },
  NOT_STATED: { sv: 'Vill inte säga', en: 'Not stated' },
} as const satisfies Record<string, Label>;
export type PersonReason = keyof typeof PERSON_REASONS;

/** The reason sets by the name that an action states. */
export const REASON_SETS = {
  decline: DECLINE_REASONS,
  redirect: REDIRECT_REASONS,
  'hand-back': HAND_BACK_REASONS,
  person: PERSON_REASONS,
} as const satisfies Record<string, Record<string, Label>>;
export type ReasonSet = keyof typeof REASON_SETS;

/** Each set is data with a version and a day from which it holds; an event keeps the version it was given under. */
export const REASON_SET_VERSIONS: Readonly<Record<ReasonSet, { version: number; validFrom: string }>> = {
  decline: { version: 1, validFrom: '2026-01-01' },
  redirect: { version: 1, validFrom: '2026-01-01' },
  'hand-back': { version: 1, validFrom: '2026-01-01' },
  person: { version: 1, validFrom: '2026-01-01' },
};

/**
 * Reasons that may never be offered in any set (forms.md 3): lack of capacity (a hold with a review date instead),
 * "not violence" (a disagreement goes to the unit heads), and anything that reveals a protected identity.
 */
export const NEVER_OFFERED: readonly RegExp[] = [
  /^(NO|LACK_OF|LACKING)_CAPACITY$|QUEUE|WORKLOAD|UNDERSTAFFED|WAITING_LIST|FULL$/,
  /NOT_VIOLENCE|NO_VIOLENCE/,
  /PROTECTED|SECRE|HIDDEN|CONFIDENTIAL_ADDRESS|ASSUMED_IDENTITY|MASKED/,
];

/** The reasons of all sets that are on the never-offered list; empty when the sets are lawful. */
export function reasonsNeverOffered(codes: readonly string[]): string[] {
  return codes.filter((code) => NEVER_OFFERED.some((pattern) => pattern.test(code)));
}
