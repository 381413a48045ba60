import { CalendarError } from './calendar-error.js';
import { addDays, type LocalDate } from './local-date.js';
import { type OfficeHours, type Opening, openingsOn } from './office-hours.js';
import { endOfDay, localDateOfInstant } from './stockholm-time.js';

/** A unit that does not open within this time is not a unit to wait for. */
const HORIZON_DAYS = 400;
const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 86_400_000;

const later = (a: Date, b: Date): Date => (a > b ? a : b);

/**
 * Openings in order from the day before `from`, whose night may reach into it. Where two meet or overlap the later
 * begins when the earlier ends, so that no minute counts twice.
 */
function* openingsFrom(hours: OfficeHours, from: LocalDate): Generator<Opening> {
  let covered = new Date(0);
  for (let day = -1; day <= HORIZON_DAYS; day += 1) {
    for (const opening of openingsOn(hours, addDays(from, day))) {
      const opens = later(opening.opens, covered);
      if (opening.closes > opens) yield { ...opening, opens };
      covered = later(opening.closes, covered);
    }
  }
}

const neverOpens = (hours: OfficeHours, at: Date): CalendarError =>
  new CalendarError(
    'NEVER_OPENS',
    `The hours ${hours.version} hold no opening within ${HORIZON_DAYS} days of ${at.toISOString()}.`,
  );

/** The opening that an instant falls in, else the first one after it. Throws `NEVER_OPENS`. */
const openingAtOrAfter = (hours: OfficeHours, at: Date): Opening => {
  for (const opening of openingsFrom(hours, localDateOfInstant(at))) if (opening.closes > at) return opening;
  throw neverOpens(hours, at);
};

/** Whether the unit is staffed at an instant. The instant of closing is not open. */
export const isOpen = (hours: OfficeHours, at: Date): boolean => {
  for (const { opens, closes } of openingsFrom(hours, localDateOfInstant(at))) {
    if (opens > at) return false;
    if (closes > at) return true;
  }
  return false;
};

/** The instant itself while the unit is open, else the next time it opens. Throws `NEVER_OPENS`. */
export const openFrom = (hours: OfficeHours, at: Date): Date => later(openingAtOrAfter(hours, at).opens, at);

/**
 * The first time after an instant that the unit opens its door; an opening that is already under way does not count.
 * 03:00 on a Tuesday gives 08:00 the same Tuesday, 14:00 gives 08:00 on Wednesday. A unit that does not close within a
 * week is there at once. Throws `NEVER_OPENS`. Source: domain.md B7, D-18.
 */
export const nextOpening = (hours: OfficeHours, at: Date): Date => {
  let covered: Date | undefined;
  for (const { opens, closes } of openingsFrom(hours, localDateOfInstant(at))) {
    if (opens > at && opens.getTime() !== covered?.getTime()) return opens;
    covered = closes;
    if (closes.getTime() - at.getTime() > WEEK_MS) return at;
  }
  throw neverOpens(hours, at);
};

/**
 * The instant when the unit has been open for `minutes` since `at`: two office hours from 23:30 and from 03:00 is
 * 10:00 in the morning. Real minutes, also in the nights when clocks change. Throws `NEVER_OPENS`.
 */
export const officeTimeAdded = (hours: OfficeHours, at: Date, minutes: number): Date => {
  let left = minutes * MINUTE_MS;
  for (const { opens, closes } of openingsFrom(hours, localDateOfInstant(at))) {
    if (closes <= at) continue;
    const from = later(opens, at);
    const available = closes.getTime() - from.getTime();
    if (left <= available) return new Date(from.getTime() + left);
    left -= available;
  }
  throw neverOpens(hours, at);
};

/**
 * When the office day that begins on a local day ends: its last closing, or undefined if the unit does not open that
 * day. A closing at 24:00 is the last millisecond of the day, as in `endOfDay`.
 */
export const endOfOfficeDay = (hours: OfficeHours, day: LocalDate): Date | undefined => {
  const closes = openingsOn(hours, day).at(-1)?.closes;
  if (closes === undefined) return undefined;
  const midnight = endOfDay(day).getTime() + 1;
  return closes.getTime() === midnight ? endOfDay(day) : closes;
};

/**
 * The end of the office day under way at an instant (a lunch break is within it), else of the next one.
 * Throws `NEVER_OPENS`.
 */
export const endOfFirstOfficeDay = (hours: OfficeHours, at: Date): Date => {
  const { day, closes } = openingAtOrAfter(hours, at);
  return endOfOfficeDay(hours, day) ?? closes;
};

/**
 * The end of the `count`-th office day that begins at or after an instant, so that at least `count` whole office days
 * lie between. Asked at 14:00 on a Tuesday, one office day ends at closing time on Wednesday; asked on a Saturday, on
 * Monday. Throws `NEVER_OPENS`.
 */
export const officeDaysAdded = (hours: OfficeHours, at: Date, count: number): Date => {
  const today = localDateOfInstant(at);
  let left = count;
  for (let day = 0; day <= HORIZON_DAYS; day += 1) {
    const date = addDays(today, day);
    const opens = openingsOn(hours, date).at(0)?.opens;
    if (opens === undefined || opens < at) continue;
    left -= 1;
    if (left <= 0) return endOfOfficeDay(hours, date) ?? opens;
  }
  throw neverOpens(hours, at);
};
