import { type LocalDate, localDateOfInstant } from '#calendar';
import type { Role } from '../units/index.js';

/** When a mandate counts: in all its days, or only while its holder is on duty by the rota. */
export const MANDATE_HOURS = {
  always: { sv: 'alla tider', en: 'at all hours' },
  'on-shift': { sv: 'bara under schemalagd tjänst', en: 'only while on duty by the rota' },
} as const;
export type MandateHours = keyof typeof MANDATE_HOURS;

export interface MandateHeld {
  readonly person: string;
  readonly unit: string;
  readonly role: Role;
  /** Local days, both inclusive; null is open (ADR 0012). */
  readonly validFrom: LocalDate | null;
  readonly validUntil: LocalDate | null;
  readonly hours: MandateHours;
  /** Ended at this instant, whatever its days say; null when it was not. */
  readonly revokedAt: Date | null;
}

export interface RotaHeld {
  readonly person: string;
  readonly unit: string;
  readonly duty: 'on-duty' | 'deputy-head';
  /** From inclusive, until exclusive. */
  readonly from: Date;
  readonly until: Date;
}

export interface Staffing {
  readonly mandates: readonly MandateHeld[];
  readonly rota: readonly RotaHeld[];
}

export interface RoleAt {
  readonly unit: string;
  readonly role: Role;
}

/**
 * What a person may act as at an instant of record time (DESIGN 8): her mandates of that local day that are not revoked, of
 * those on shift only while the rota has her on duty at that unit, and the head's role where she stands in and still works.
 * `directory.roles_of` says the same in SQL; a test holds one against the other.
 */
export function rolesAt({ mandates, rota }: Staffing, person: string, at: Date): readonly RoleAt[] {
  const held = mandates.filter((one) => one.person === person && isHeld(one, at));
  const onRota = (unit: string, duty: RotaHeld['duty']) =>
    rota.some(
      (spell) =>
        spell.person === person &&
        spell.unit === unit &&
        spell.duty === duty &&
        spell.from <= at &&
        at < spell.until,
    );
  const byMandate = held.filter(({ hours, unit }) => hours === 'always' || onRota(unit, 'on-duty'));
  const standingIn = [...new Set(held.map(({ unit }) => unit))].filter((unit) => onRota(unit, 'deputy-head'));
  const roles = [
    ...byMandate.map(({ unit, role }) => ({ unit, role })),
    ...standingIn.map((unit) => ({ unit, role: 'unit-head' as const })),
  ];
  return roles.filter(
    (one, index) => roles.findIndex((other) => other.unit === one.unit && other.role === one.role) === index,
  );
}

/** What rests: she works at the unit on that day, and her shift has not begun or is over. Only an emergency opens (break-glass). */
export function restingRolesAt(staffing: Staffing, person: string, at: Date): readonly RoleAt[] {
  const active = rolesAt(staffing, person, at);
  return staffing.mandates
    .filter((one) => one.person === person && isHeld(one, at) && one.hours === 'on-shift')
    .filter(({ unit, role }) => !active.some((other) => other.unit === unit && other.role === role))
    .map(({ unit, role }) => ({ unit, role }));
}

function isHeld({ validFrom, validUntil, revokedAt }: MandateHeld, at: Date): boolean {
  const day = localDateOfInstant(at);
  return (
    (validFrom === null || validFrom <= day) &&
    (validUntil === null || day <= validUntil) &&
    (revokedAt === null || at < revokedAt)
  );
}
