import { CalendarError } from './calendar-error.js';
import {
  addDays,
  FIRST_YEAR,
  LAST_YEAR,
  type LocalDate,
  localDateOf,
  type Weekday,
  weekdayOf,
  yearOf,
} from './local-date.js';
import type { Text } from './text.js';

/** How the law fixes a day within a year. */
type DayRule =
  | { readonly kind: 'fixed'; readonly month: number; readonly day: number }
  | { readonly kind: 'easter'; readonly offset: number }
  /** the weekday on or after a date: Midsummer Day is the Saturday from 20 to 26 June */
  | { readonly kind: 'weekday'; readonly weekday: Weekday; readonly month: number; readonly day: number };

interface HolidayRule {
  readonly name: Text;
  readonly on: DayRule;
  /** A public holiday by lag 1989:253, or an eve that lag 1930:173 2 § puts beside them. */
  readonly standing: 'public-holiday' | 'eve';
  readonly source: string;
  /** First and last year in force, both inclusive; absent is without limit within the calendar. */
  readonly from?: number;
  readonly until?: number;
}

const fixed = (month: number, day: number): DayRule => ({ kind: 'fixed', month, day });
const easter = (offset: number): DayRule => ({ kind: 'easter', offset });
const saturdayFrom = (month: number, day: number): DayRule => ({ kind: 'weekday', weekday: 6, month, day });

const LAW = 'lag (1989:253) om allmänna helgdagar';
const EVES = 'lag (1930:173) om beräkning av lagstadgad tid 2 §';
const rule = (sv: string, en: string, on: DayRule): HolidayRule => ({
  name: { sv, en },
  on,
  standing: 'public-holiday',
  source: LAW,
});
const eve = (sv: string, en: string, on: DayRule): HolidayRule => ({
  name: { sv, en },
  on,
  standing: 'eve',
  source: EVES,
});

/** Every day but the ordinary Sundays, which are public holidays without a name of their own. */
const RULES: readonly HolidayRule[] = [
  rule('nyårsdagen', "New Year's Day", fixed(1, 1)),
  rule('trettondedag jul', 'Epiphany', fixed(1, 6)),
  rule('långfredagen', 'Good Friday', easter(-2)),
  rule('påskdagen', 'Easter Day', easter(0)),
  rule('annandag påsk', 'Easter Monday', easter(1)),
  rule('första maj', '1 May', fixed(5, 1)),
  rule('Kristi himmelsfärdsdag', 'Ascension Day', easter(39)),
  rule('pingstdagen', 'Whit Sunday', easter(49)),
  // Lag (2004:1320): the National Day took the place of Whit Monday at the turn of the year.
  { ...rule('annandag pingst', 'Whit Monday', easter(50)), until: 2004 },
  { ...rule('nationaldagen', 'National Day', fixed(6, 6)), from: 2005 },
  {
    ...eve('midsommarafton', "Midsummer's Eve", { kind: 'weekday', weekday: 5, month: 6, day: 19 }),
  },
  rule('midsommardagen', 'Midsummer Day', saturdayFrom(6, 20)),
  rule('alla helgons dag', "All Saints' Day", saturdayFrom(10, 31)),
  eve('julafton', 'Christmas Eve', fixed(12, 24)),
  rule('juldagen', 'Christmas Day', fixed(12, 25)),
  rule('annandag jul', 'Boxing Day', fixed(12, 26)),
  eve('nyårsafton', "New Year's Eve", fixed(12, 31)),
];

/** A named day that is not a working day. */
export interface Holiday {
  readonly date: LocalDate;
  readonly name: Text;
  readonly standing: 'public-holiday' | 'eve';
  readonly source: string;
}

/** Easter Day by the Gregorian computus (Meeus, Jones, Butcher). */
const easterDay = (year: number): LocalDate => {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return localDateOf(year, Math.floor(n / 31), (n % 31) + 1);
};

const dayIn = (year: number, on: DayRule): LocalDate => {
  switch (on.kind) {
    case 'fixed':
      return localDateOf(year, on.month, on.day);
    case 'easter':
      return addDays(easterDay(year), on.offset);
    case 'weekday': {
      const earliest = localDateOf(year, on.month, on.day);
      return addDays(earliest, (on.weekday - weekdayOf(earliest) + 7) % 7);
    }
  }
};

const joined = (first: Text, second: Text): Text => ({
  sv: `${first.sv} och ${second.sv}`,
  en: `${first.en} and ${second.en}`,
});

const computeHolidays = (year: number): ReadonlyMap<LocalDate, Holiday> => {
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new CalendarError(
      'OUT_OF_RANGE',
      `The calendar covers ${FIRST_YEAR} to ${LAST_YEAR}, not ${year}.`,
    );
  }
  const days = new Map<LocalDate, Holiday>();
  for (const { name, on, standing, source, from = FIRST_YEAR, until = LAST_YEAR } of RULES) {
    if (year < from || year > until) continue;
    const date = dayIn(year, on);
    const other = days.get(date);
    // 1 May 2008 was Ascension Day too; a public holiday stays one.
    days.set(date, other ? { ...other, name: joined(other.name, name) } : { date, name, standing, source });
  }
  return days;
};

const years = new Map<number, ReadonlyMap<LocalDate, Holiday>>();

const holidaysByDate = (year: number): ReadonlyMap<LocalDate, Holiday> => {
  const known = years.get(year);
  if (known) return known;
  const computed = computeHolidays(year);
  years.set(year, computed);
  return computed;
};

/**
 * The named public holidays and the three eves of a year, in order; ordinary Sundays are not listed.
 * Throws `OUT_OF_RANGE` outside 1990–2199. Source: lag (1989:253) as in force that year; lag (1930:173) 2 § for eves.
 */
export const holidaysOf = (year: number): readonly Holiday[] =>
  [...holidaysByDate(year).values()].sort((a, b) => a.date.localeCompare(b.date));

/** The named holiday or eve of a day, if it is one. An ordinary Sunday has none. */
export const holidayOn = (date: LocalDate): Holiday | undefined => holidaysByDate(yearOf(date)).get(date);

/** The name of a holiday or eve, Swedish and English; undefined on other days and ordinary Sundays. */
export const holidayName = (date: LocalDate): Text | undefined => holidayOn(date)?.name;

/** By lag (1989:253): every Sunday and the days it names. The three eves are not public holidays. */
export const isPublicHoliday = (date: LocalDate): boolean =>
  weekdayOf(date) === 7 || holidayOn(date)?.standing === 'public-holiday';

/** Midsummer's Eve, Christmas Eve or New Year's Eve. */
export const isEve = (date: LocalDate): boolean => holidayOn(date)?.standing === 'eve';
