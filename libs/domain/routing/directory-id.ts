/** The id of a unit: kebab-case ascii, as in units.csv (`rvt-farsta`). Never the id of a person. */
export type UnitId = string & { readonly __brand: 'UnitId' };
/** The id of an authority: its name in kebab-case ascii (`farsta-stadsdelsnamnd`). */
export type AuthorityId = string & { readonly __brand: 'AuthorityId' };
/** A calendar day in Europe/Stockholm as `YYYY-MM-DD`; such strings compare as the days do. */
export type IsoDay = string & { readonly __brand: 'IsoDay' };

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text has the shape of a unit id; whether the unit exists is the snapshot's to say. */
export function isUnitId(text: string): text is UnitId {
  return KEBAB.test(text);
}

/** Whether a text has the shape of an authority id. */
export function isAuthorityId(text: string): text is AuthorityId {
  return KEBAB.test(text);
}

/** Whether a text is a day that exists, written `YYYY-MM-DD`. */
export function isIsoDay(text: string): text is IsoDay {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lastDay = month === 2 && isLeapYear ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
  return day >= 1 && day <= lastDay;
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

/** Takes a day that is known to be one. Throws on a malformed or impossible day. */
export function isoDay(text: string): IsoDay {
  if (!isIsoDay(text)) throw new Error(`not a day written YYYY-MM-DD: ${JSON.stringify(text)}`);
  return text;
}

/** A span of days, first and last inclusive; null is open (no start or no end known). */
export interface ValidDays {
  readonly validFrom: IsoDay | null;
  readonly validTo: IsoDay | null;
}

/** Whether the span contains the day (both ends inclusive). */
export function isInForce(span: ValidDays, day: IsoDay): boolean {
  return (span.validFrom === null || span.validFrom <= day) && (span.validTo === null || day <= span.validTo);
}
