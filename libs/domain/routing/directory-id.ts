import type { LocalDate } from '#calendar';

/** The id of a unit: kebab-case ascii, as in units.csv (`rvt-farsta`). Never the id of a person. */
export type UnitId = string & { readonly __brand: 'UnitId' };
/** The id of an authority: its name in kebab-case ascii (`farsta-stadsdelsnamnd`). */
export type AuthorityId = string & { readonly __brand: 'AuthorityId' };
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Whether a text has the shape of a unit id; whether the unit exists is the snapshot's to say. */
export function isUnitId(text: string): text is UnitId {
  return KEBAB.test(text);
}

/** Whether a text has the shape of an authority id. */
export function isAuthorityId(text: string): text is AuthorityId {
  return KEBAB.test(text);
}

/** Takes a unit id that is known to be one. Throws on a malformed id: that is a bug, not a refusal. */
export function unitId(text: string): UnitId {
  if (!isUnitId(text)) throw new Error(`not a unit id: ${JSON.stringify(text)}`);
  return text;
}

/** Takes an authority id that is known to be one. Throws on a malformed id. */
export function authorityId(text: string): AuthorityId {
  if (!isAuthorityId(text)) throw new Error(`not an authority id: ${JSON.stringify(text)}`);
  return text;
}

/** A span of days, first and last inclusive; null is open (no start or no end known). */
export interface ValidDays {
  readonly validFrom: LocalDate | null;
  readonly validTo: LocalDate | null;
}

/** Whether the span contains the day (both ends inclusive). */
export function isInForce(span: ValidDays, day: LocalDate): boolean {
  return (span.validFrom === null || span.validFrom <= day) && (span.validTo === null || day <= span.validTo);
}
