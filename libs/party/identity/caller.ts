import type { Role } from '#domain';

/** A role at a unit, in force at the record's time, and the authority that answers for the unit. */
export interface Mandate {
  readonly unit: string;
  readonly role: Role;
  readonly authority: string | null;
}

/** The person the token proves, and what the mandates of this party's units let her do now (DESIGN 8). */
export interface Caller {
  /** The token's `sub`; pseudonymous outside the audit. */
  readonly person: string;
  readonly mandates: readonly Mandate[];
}

/** The units at which the caller has one of the roles; all of them when no role is named. */
export function unitsOf(caller: Caller, roles?: readonly Role[]): string[] {
  const units = caller.mandates
    .filter(({ role }) => roles === undefined || roles.includes(role))
    .map(({ unit }) => unit);
  return [...new Set(units)];
}

/** The caller's roles at a unit. */
export function rolesAtUnit(caller: Caller, unit: string): Role[] {
  return caller.mandates.filter((mandate) => mandate.unit === unit).map(({ role }) => role);
}

/** The caller's mandate at a unit; undefined when there is none. */
export function mandateAt(caller: Caller, unit: string): Mandate | undefined {
  return caller.mandates.find((mandate) => mandate.unit === unit);
}
