import type { Role } from '../units/index.js';
import type { Label } from '../wording/index.js';
import { CONTENT_ROLES } from './permissions.js';

/** Why somebody is let in, or kept out until an emergency is declared. */
export type ContentAccess =
  | { readonly ordinary: true; readonly by: 'assigned' | 'nobody-assigned' | 'head' | 'on-duty' }
  | { readonly ordinary: false; readonly because: 'assigned-to-another' | 'off-shift' };

export interface AccessAsked {
  readonly person: string;
  /** Her roles at the unit that reads, now. */
  readonly roles: readonly Role[];
  /** The rota has her on duty there now. */
  readonly isOnDuty: boolean;
  /** Persons that the unit's matters of this case are assigned to, closed ones if none is open; null for one that nobody has. */
  readonly assignedTo: readonly (string | null)[];
}

/**
 * Ordinary access to the content of a case within the unit that has it (SoLPUF 10 §: what the work needs). A case that nobody has
 * yet is open to the unit, so that it can be taken; once it is a person's, to her, to the head or who stands in, and to who is
 * on duty. Anybody else breaks the glass: with a reason, for a while, reviewed.
 */
export function contentAccess({ person, roles, isOnDuty, assignedTo }: AccessAsked): ContentAccess {
  if (!roles.some((role) => CONTENT_ROLES.includes(role))) return { ordinary: false, because: 'off-shift' };
  if (roles.includes('unit-head')) return { ordinary: true, by: 'head' };
  if (assignedTo.includes(person)) return { ordinary: true, by: 'assigned' };
  if (assignedTo.length === 0 || assignedTo.includes(null)) return { ordinary: true, by: 'nobody-assigned' };
  return isOnDuty ? { ordinary: true, by: 'on-duty' } : { ordinary: false, because: 'assigned-to-another' };
}

/** Why the glass is broken; the words beside it are sealed. */
export const BREAK_GLASS_REASONS = {
  DANGER_NOW: { sv: 'Fara för liv eller hälsa just nu', en: 'Danger to life or health now' },
  CHILD_AT_RISK_NOW: { sv: 'Ett barn är i fara just nu', en: 'A child is at risk now' },
  PERSON_IN_CONTACT: {
    sv: 'Personen eller en myndighet är i kontakt och måste få svar',
    en: 'The person or an authority is in contact and must have an answer',
  },
  COLLEAGUE_AWAY: {
    sv: 'Den som har ärendet går inte att nå och något måste göras',
    en: 'Who has the matter cannot be reached and something must be done',
  },
} as const satisfies Record<string, Label>;
export type BreakGlassReason = keyof typeof BREAK_GLASS_REASONS;

/** How long a broken glass stays open. Configuration, unconfirmed. */
export const BREAK_GLASS_MINUTES = 60;

/** What the reviewer found. */
export const BREAK_GLASS_RESULTS = {
  JUSTIFIED: { sv: 'Befogad', en: 'Justified' },
  NOT_JUSTIFIED: { sv: 'Inte befogad', en: 'Not justified' },
  INCIDENT: { sv: 'Personuppgiftsincident', en: 'A personal data breach' },
} as const satisfies Record<string, Label>;
export type BreakGlassResult = keyof typeof BREAK_GLASS_RESULTS;
