import { localDateOfInstant } from '#calendar';
import {
  type AuthorityId,
  type DirectorySnapshot,
  isInForce,
  type UnitId,
  unitWithId,
} from '../routing/index.js';
import type { Role } from '../units/index.js';
import type { PersonId } from './ids.js';

/** Who acts: a named person with a mandate at the unit, or the unit's own system (null). */
export interface Actor {
  readonly person: PersonId | null;
  readonly unit: UnitId;
  readonly roles: readonly Role[];
}

/** What a pure decision is given beside the facts: record time, the directory as read, fresh ids. */
export interface DecisionContext {
  readonly now: Date;
  readonly snapshot: DirectorySnapshot;
  readonly actor: Actor;
  readonly newId: () => string;
}

/** The function named in events and receipts: a role at a unit, never a person. */
export function functionOf(actor: Actor): string {
  return actor.roles[0] ?? 'system';
}

/** True for a unit that the directory knows and that is in force at the instant: neither ended nor not yet begun. */
export function isUnitAt(snapshot: DirectorySnapshot, id: UnitId, at: Date): boolean {
  const unit = unitWithId(snapshot, id);
  return unit !== undefined && isInForce(unit, localDateOfInstant(at));
}

/** The refusal when nothing can be offered to the unit at the instant: not known, ended, or not begun; null when it can. */
export function refusalOfUnit(
  snapshot: DirectorySnapshot,
  id: UnitId,
  at: Date,
): 'UNKNOWN_UNIT' | 'UNIT_ENDED' | 'UNIT_NOT_YET' | null {
  const unit = unitWithId(snapshot, id);
  const day = localDateOfInstant(at);
  if (unit === undefined) return 'UNKNOWN_UNIT';
  if (isInForce(unit, day)) return null;
  return unit.validTo !== null && unit.validTo < day ? 'UNIT_ENDED' : 'UNIT_NOT_YET';
}

/** The authority that answers for a unit's data at the instant. Throws for a unit without one: the loader refuses those. */
export function authorityOf(snapshot: DirectorySnapshot, id: UnitId, at: Date): AuthorityId {
  const unit = unitWithId(snapshot, id);
  const day = localDateOfInstant(at);
  const authority = unit?.authorities.find((one) => isInForce(one, day)) ?? unit?.authorities.at(-1);
  if (authority === undefined) throw new Error(`no authority for unit ${id} on ${day}`);
  return authority.authority;
}
