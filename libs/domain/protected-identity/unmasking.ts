import type { Role } from '../units/index.js';

/** How long what was unmasked can be read, by the person to whom it was, in milliseconds. */
export const UNMASKING_MS = 15 * 60_000;

/** The longest time for which a unit head can name an officer, in days: then it is decided anew. */
export const LONGEST_OFFICE_DAYS = 366;

/** Who asks, at the unit whose records it is about. */
export interface AskingToUnmask {
  /** Her roles at that unit, now. */
  readonly roles: readonly Role[];
  /** The unit head has named her, for a time that is running. */
  readonly isNamedOfficer: boolean;
}

/**
 * The function entitled to protected identities at a unit: its head, or a case worker or liaison whom the head has
 * named for a time. A name alone, without a post at the unit, entitles to nothing.
 */
export function isEntitledToProtected({ roles, isNamedOfficer }: AskingToUnmask): boolean {
  if (roles.includes('unit-head')) return true;
  return isNamedOfficer && roles.some((role) => role === 'case-worker' || role === 'liaison');
}
