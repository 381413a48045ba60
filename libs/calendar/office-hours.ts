import { holidayOn } from './holidays.js';
import { addDays, type LocalDate, weekdayOf } from './local-date.js';
import { type LocalTime, localTimeOf, minutesOf } from './local-time.js';
import { instantOf } from './stockholm-time.js';
import type { Text } from './text.js';

/** HOLIDAY is a named public holiday or one of the three eves, on whatever weekday; an ordinary Sunday is SUN. */
export type OfficeDay = 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT' | 'SUN' | 'HOLIDAY';

/** Local times; `closes` not later than `opens` means the next day, and 24:00 the end of the day. */
export interface OpenHours {
  readonly opens: LocalTime;
  readonly closes: LocalTime;
}

/** Hours that recur on some days of the week. Several rows of one day add up; both dates are inclusive. */
export interface OfficeHoursRow {
  readonly days: readonly OfficeDay[];
  readonly hours: OpenHours | 'closed';
  readonly validFrom?: LocalDate;
  readonly validTo?: LocalDate;
}

/** What holds on one date in place of the weekly rows; no hours at all means closed. */
export interface OfficeHoursException {
  readonly date: LocalDate;
  readonly hours: readonly OpenHours[];
  readonly reason?: Text;
}

/** Where hours come from, as an explanation says it: `antagna`, `assumed`. */
interface NamedHours {
  readonly version: string;
  readonly label?: Text;
}

/** When a unit is staffed. `version` names the set, so that a stored deadline can tell which hours it was computed with. */
export type OfficeHours =
  | (NamedHours & { readonly kind: 'always-open' })
  | (NamedHours & {
      readonly kind: 'weekly';
      readonly rows: readonly OfficeHoursRow[];
      readonly exceptions: readonly OfficeHoursException[];
    });

export type WeeklyOfficeHours = Extract<OfficeHours, { kind: 'weekly' }>;

/** A time when a unit is open: from `opens` up to, not including, `closes`. It belongs to the day on which it opens. */
export interface Opening {
  readonly day: LocalDate;
  readonly opens: Date;
  readonly closes: Date;
}

const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;

/** The row that applies on a day: HOLIDAY on a named holiday or eve, else the weekday. */
export const officeDayOf = (date: LocalDate): OfficeDay =>
  holidayOn(date) ? 'HOLIDAY' : (WEEKDAYS[weekdayOf(date) - 1] ?? 'SUN');

const hoursOn = (hours: WeeklyOfficeHours, date: LocalDate): readonly OpenHours[] => {
  const exception = hours.exceptions.find((one) => one.date === date);
  if (exception) return exception.hours;
  const officeDay = officeDayOf(date);
  // No HOLIDAY row means closed on holidays: a unit wrongly thought closed has a staffed fallback, a unit wrongly
  // thought open has nobody there.
  return hours.rows
    .filter(({ validFrom, validTo }) => (validFrom ?? date) <= date && date <= (validTo ?? date))
    .filter(({ days }) => days.includes(officeDay))
    .flatMap((row) => (row.hours === 'closed' ? [] : [row.hours]));
};

const openingOf = (day: LocalDate, { opens, closes }: OpenHours): Opening => {
  const closingDay = minutesOf(closes) <= minutesOf(opens) ? addDays(day, 1) : day;
  // In the repeated hour of autumn a unit is open the longer of the two readings.
  return { day, opens: instantOf(day, opens, 'first'), closes: instantOf(closingDay, closes, 'second') };
};

const merged = (openings: readonly Opening[]): Opening[] => {
  const result: Opening[] = [];
  for (const opening of [...openings].sort((a, b) => a.opens.getTime() - b.opens.getTime())) {
    const last = result.at(-1);
    if (last && opening.opens <= last.closes) {
      if (opening.closes > last.closes) result[result.length - 1] = { ...last, closes: opening.closes };
    } else if (opening.closes > opening.opens) {
      result.push(opening);
    }
  }
  return result;
};

const WHOLE_DAY: OpenHours = { opens: localTimeOf(0, 0), closes: localTimeOf(24, 0) };

/** The openings that begin on a local day, in order and without overlap; none if the unit is closed. */
export const openingsOn = (hours: OfficeHours, day: LocalDate): readonly Opening[] => {
  const open = hours.kind === 'always-open' ? [WHOLE_DAY] : hoursOn(hours, day);
  return merged(open.map((one) => openingOf(day, one)));
};

/** What is wrong with a set of hours, one sentence each; empty is right. For the loader of a directory. */
export const validateOfficeHours = (hours: OfficeHours): readonly string[] => {
  if (hours.kind === 'always-open') return [];
  const all = [
    ...hours.rows.flatMap((row) => (row.hours === 'closed' ? [] : [row.hours])),
    ...hours.exceptions.flatMap((exception) => exception.hours),
  ];
  const dates = hours.exceptions.map(({ date }) => date);
  return [
    ...all
      .filter(({ opens }) => opens === '24:00')
      .map(() => 'A unit cannot open at 24:00; write 00:00 on the next day.'),
    ...hours.rows
      .filter(
        ({ validFrom, validTo }) => validFrom !== undefined && validTo !== undefined && validTo < validFrom,
      )
      .map(
        ({ validFrom, validTo }) =>
          `A row is valid from ${validFrom} to ${validTo}, which is before it begins.`,
      ),
    ...hours.rows.filter(({ days }) => days.length === 0).map(() => 'A row names no day.'),
    ...dates
      .filter((date, index) => dates.indexOf(date) !== index)
      .map((date) => `${date} has two exceptions.`),
    ...(hours.rows.some((row) => row.hours !== 'closed') ? [] : ['No row is ever open.']),
  ];
};
