import { type Result, refuse, succeed } from '../refusals/index.js';
import type { Role } from '../units/index.js';
import { CONTENT_ROLES } from './permissions.js';

/** Who grants: the person and the roles that she has at that unit now. */
export interface Granter {
  readonly person: string;
  readonly roles: readonly Role[];
}

export interface MandateWished {
  readonly person: string;
  readonly role: Role;
  /** The roles that the person has or will have at the unit already. */
  readonly beside: readonly Role[];
  /** The service that the unit belongs to. */
  readonly party: string;
}

/** Roles that watch over others, or decide who may what: two persons give them. */
const POWERS: readonly Role[] = ['unit-head', 'auditor', 'administrator', 'coordinator'];
const APART: readonly Role[] = ['auditor', 'administrator'];

/**
 * Whether a mandate may be granted, and by how many. A head gives a case role alone; what watches or administers takes a
 * second person, and so does anything that an administrator begins, since she could else let a friend read (DESIGN 8).
 * Refuses SELF_GRANT, NO_MANDATE, ROLE_NOT_AT_UNIT and ROLES_APART (who audits or administers reads no content there).
 */
export function decideGrant(by: Granter, wish: MandateWished): Result<'granted' | 'proposed'> {
  if (by.person === wish.person) return refuse('SELF_GRANT');
  if (!by.roles.some((role) => role === 'unit-head' || role === 'administrator')) return refuse('NO_MANDATE');
  if (!isRoleAt(wish.party, wish.role)) return refuse('ROLE_NOT_AT_UNIT');
  if (areApart(wish.role, wish.beside)) return refuse('ROLES_APART');
  return succeed(POWERS.includes(wish.role) || !by.roles.includes('unit-head') ? 'proposed' : 'granted');
}

/**
 * Whether a second person may approve. She is neither who proposed nor who gets it; one of the two is a head.
 * Refuses SELF_GRANT, SECOND_PERSON_REQUIRED and NO_MANDATE.
 */
export function decideApproval(
  by: Granter,
  wish: Pick<MandateWished, 'person'>,
  proposer: { readonly person: string; readonly wasHead: boolean },
): Result<null> {
  if (by.person === wish.person) return refuse('SELF_GRANT');
  if (by.person === proposer.person) return refuse('SECOND_PERSON_REQUIRED');
  const may = by.roles.includes('unit-head') || (proposer.wasHead && by.roles.includes('administrator'));
  return may ? succeed(null) : refuse('NO_MANDATE');
}

/** Case roles belong to units that hold matters, the coordinator's to coordination; the rest are everywhere. */
function isRoleAt(party: string, role: Role): boolean {
  if (role === 'coordinator') return party === 'coordination';
  if (role === 'liaison') return party === 'police';
  return !(CONTENT_ROLES.includes(role) && party === 'coordination');
}

function areApart(role: Role, beside: readonly Role[]): boolean {
  const others: readonly Role[] = APART.includes(role)
    ? CONTENT_ROLES
    : CONTENT_ROLES.includes(role)
      ? APART
      : [];
  return beside.some((one) => others.includes(one));
}
