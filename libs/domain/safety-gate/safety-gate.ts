import type { Label } from '../wording/index.js';

/** What would reach a person. Each of them is covered by the gate (DESIGN 6.4). */
export const GATED_CONTACTS = {
  notice: { sv: 'Underrättelse', en: 'Notice' },
  'consent-request': { sv: 'Fråga om samtycke', en: 'Consent request' },
  'decision-served': { sv: 'Delgivning av beslut', en: 'Decision served' },
  appointment: { sv: 'Kallelse eller bokad tid', en: 'Appointment' },
} as const satisfies Record<string, Label>;
export type GatedContact = keyof typeof GATED_CONTACTS;

/** What the person reached is to the person who has to be safe. */
export const REACHED_RELATIONS = {
  self: { sv: 'Personen själv', en: 'The person' },
  'alleged-perpetrator': { sv: 'Misstänkt våldsutövare', en: 'Alleged perpetrator' },
  guardian: { sv: 'Vårdnadshavare', en: 'Guardian' },
  relative: { sv: 'Anhörig eller släkting', en: 'Relative' },
} as const satisfies Record<string, Label>;
export type ReachedRelation = keyof typeof REACHED_RELATIONS;

/** Whether violence in the name of honour is in question; not known counts as yes. */
export type HonourRelated = 'yes' | 'no' | 'unknown';

/** Grounds for not telling now. Sections for a lawyer to confirm where domain.md has not read them (U). */
export const POSTPONING_GROUNDS = {
  'FL-25': {
    sv: 'Underrättelsen skulle göra beslutet avsevärt svårare att genomföra (FL 25 §)',
    en: 'Telling would make the decision much harder to carry out (FL 25)',
  },
  'OSL-10-3': {
    sv: 'Synnerlig vikt att uppgiften inte röjs för parten (OSL 10:3)',
    en: 'Of extraordinary importance that it is not revealed to the party (OSL 10:3)',
  },
  'OSL-12-3': {
    sv: 'Barnet skulle lida betydande men om vårdnadshavaren får veta (OSL 12:3)',
    en: 'The child would suffer substantial harm if the guardian knew (OSL 12:3)',
  },
  'OSL-26-1': {
    sv: 'Den enskilde eller närstående skulle lida men (OSL 26:1)',
    en: 'The person or someone close would suffer harm (OSL 26:1)',
  },
  'OSL-26-2': {
    sv: 'Vistelseorten ska inte bli känd (OSL 26:2)',
    en: 'The whereabouts must not become known (OSL 26:2)',
  },
} as const satisfies Record<string, Label>;
export type PostponingGround = keyof typeof POSTPONING_GROUNDS;

/** The newest decision about one person to be reached. */
export interface RecordedReach {
  readonly decision: 'now' | 'postponed';
  /** Until when a postponed one waits for its review; the day passing opens nothing. */
  readonly reviewAt: Date | null;
}

export interface SafetyGateFacts {
  readonly contact: GatedContact;
  readonly relation: ReachedRelation;
  readonly honourRelated: HonourRelated;
  /** True when no person chose to reach this one: a letter that goes out by itself. */
  readonly isAutomatic: boolean;
  /** A child whose protection is still to be assessed: no guardian is told before (B3, DESIGN 6.4). */
  readonly assessmentIsDue: boolean;
  readonly decided: RecordedReach | null;
}

export const CLOSED_BECAUSE = {
  'assessment-first': {
    sv: 'Skyddsbedömningen är inte gjord; ingen vårdnadshavare kontaktas före den.',
    en: 'The protection assessment is not made; no guardian is contacted before it.',
  },
  'never-automatically': {
    sv: 'Inget begärs av en misstänkt våldsutövare av sig självt.',
    en: 'Nothing is asked of an alleged perpetrator automatically.',
  },
  undecided: {
    sv: 'Det är inte beslutat för den här personen.',
    en: 'It has not been decided for this person.',
  },
  postponed: {
    sv: 'Det är uppskjutet; omprövningen avgör, inte dagen.',
    en: 'It is postponed; the review decides, not the day.',
  },
} as const satisfies Record<string, Label>;
export type ClosedBecause = keyof typeof CLOSED_BECAUSE;

export type GateAnswer = { readonly open: true } | { readonly open: false; readonly because: ClosedBecause };

/**
 * Whether something may reach a person. Closed unless a decision about that very person says now; open without one only
 * for the person herself, whose safe contact is guarded apart, and for a relative where honour is known not to be in
 * question. Time never opens it (C3): a postponed one stays closed past its day of review.
 */
export function safetyGate(facts: SafetyGateFacts): GateAnswer {
  const { relation, contact, decided } = facts;
  if (relation === 'self') return { open: true };
  if (relation === 'alleged-perpetrator' && contact === 'consent-request' && facts.isAutomatic) {
    return closed('never-automatically');
  }
  if (facts.assessmentIsDue) return closed('assessment-first');
  if (decided?.decision === 'postponed') return closed('postponed');
  if (decided?.decision === 'now') return { open: true };
  return relation === 'relative' && facts.honourRelated === 'no' ? { open: true } : closed('undecided');
}

function closed(because: ClosedBecause): GateAnswer {
  return { open: false, because };
}
