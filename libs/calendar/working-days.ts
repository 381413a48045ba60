import { holidayOn } from './holidays.js';
import { addDays, type LocalDate, weekdayOf } from './local-date.js';
import type { Text } from './text.js';

/**
 * Not a Saturday, a Sunday, a public holiday, Midsummer's Eve, Christmas Eve or New Year's Eve
 * (inferred from lag 1930:173 2 §; domain.md B7). Maundy Thursday and bridge days are working days.
 */
export const isWorkingDay = (date: LocalDate): boolean =>
  weekdayOf(date) < 6 && holidayOn(date) === undefined;

/** Why a day is not a working day, in words; undefined for a working day. */
export const whyNotWorkingDay = (date: LocalDate): Text | undefined => {
  const holiday = holidayOn(date);
  if (holiday) return holiday.name;
  const weekday = weekdayOf(date);
  if (weekday === 6) return { sv: 'lördag', en: 'a Saturday' };
  if (weekday === 7) return { sv: 'söndag', en: 'a Sunday' };
  return undefined;
};

/** The day itself if it is a working day, else the next one: "nästa vardag" of lag 1930:173 2 §. */
export const rollToWorkingDay = (date: LocalDate): LocalDate => {
  let day = date;
  while (!isWorkingDay(day)) day = addDays(day, 1);
  return day;
};

/** The first working day after a day, never the day itself ("nästkommande vardag"). */
export const nextWorkingDay = (date: LocalDate): LocalDate => rollToWorkingDay(addDays(date, 1));

/** The `count`-th working day after a day; 0 is the day itself. */
export const addWorkingDays = (date: LocalDate, count: number): LocalDate => {
  let day = date;
  for (let passed = 0; passed < count; passed += 1) day = nextWorkingDay(day);
  return day;
};
