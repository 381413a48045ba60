import { CalendarError } from './calendar-error.js';
import type { Language } from './text.js';

declare const localDateBrand: unique symbol;

/** A day of the Swedish civil calendar, `YYYY-MM-DD`; string order is calendar order. */
export type LocalDate = string & { readonly [localDateBrand]: true };

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DAY_MS = 86_400_000;
const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Lag (1989:253) is the only holiday law the calendar knows; the year after it is the first whole one. */
export const FIRST_YEAR = 1990;
/** A bound against slips of the pen, far beyond any period of the registry. */
export const LAST_YEAR = 2199;

const lastDayOfMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

const isLocalDate = (text: string): text is LocalDate => {
  if (!SHAPE.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  return year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= lastDayOfMonth(year, month);
};

/** The day named by `YYYY-MM-DD`, or undefined if there is no such day (2026-02-29). */
export const parseLocalDate = (text: string): LocalDate | undefined => (isLocalDate(text) ? text : undefined);

const fromEpochDay = (epochDay: number): LocalDate => {
  const text = new Date(epochDay * DAY_MS).toISOString().slice(0, 10);
  if (!isLocalDate(text))
    throw new CalendarError('OUT_OF_RANGE', `No calendar day ${epochDay} days from 1970.`);
  return text;
};

const epochDayOf = (date: LocalDate): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/** The day of these parts; a month or a day outside its range throws `OUT_OF_RANGE`. */
export const localDateOf = (year: number, month: number, day: number): LocalDate => {
  const pad = (value: number, width: number) => String(value).padStart(width, '0');
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  if (!isLocalDate(text)) throw new CalendarError('OUT_OF_RANGE', `${text} is not a day of the calendar.`);
  return text;
};

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));
const monthOf = (date: LocalDate): number => Number(date.slice(5, 7));
export const dayOfMonth = (date: LocalDate): number => Number(date.slice(8, 10));

/** The weekday by ISO 8601, 1 Monday to 7 Sunday. */
export const weekdayOf = (date: LocalDate): Weekday => {
  // 1970-01-01 was a Thursday.
  const index = (((epochDayOf(date) + 3) % 7) + 7) % 7;
  const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
  return weekdays[index] ?? 1;
};

/** `days` later; negative is earlier. Days of the calendar, whatever the clocks do. */
export const addDays = (date: LocalDate, days: number): LocalDate => fromEpochDay(epochDayOf(date) + days);

/** Whole days from `from` to `to`; negative if `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => epochDayOf(to) - epochDayOf(from);

/**
 * `months` later on the day with the same number or, where the month has none, on its last day
 * (lag 1930:173 1 §): 31 October and four months is 28 February.
 */
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const index = yearOf(date) * 12 + (monthOf(date) - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return localDateOf(year, month, Math.min(dayOfMonth(date), lastDayOfMonth(year, month)));
};

/** Every day of a year, in order. */
export const daysOfYear = (year: number): LocalDate[] => {
  const first = localDateOf(year, 1, 1);
  return Array.from({ length: daysBetween(first, localDateOf(year + 1, 1, 1)) }, (_, index) =>
    addDays(first, index),
  );
};

const NAMES = {
  sv: {
    weekdays: 'måndag tisdag onsdag torsdag fredag lördag söndag'.split(' '),
    months: 'januari februari mars april maj juni juli augusti september oktober november december'.split(
      ' ',
    ),
  },
  en: {
    weekdays: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
    months: 'January February March April May June July August September October November December'.split(
      ' ',
    ),
  },
} as const;

/** The day in words: `fredag 19 juni 2026`, `Friday 19 June 2026`. The same whatever the release of ICU. */
export const formatDate = (date: LocalDate, language: Language): string => {
  const { weekdays, months } = NAMES[language];
  return `${weekdays[weekdayOf(date) - 1]} ${dayOfMonth(date)} ${months[monthOf(date) - 1]} ${yearOf(date)}`;
};
