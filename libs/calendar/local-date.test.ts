import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addWorkingDays,
  CalendarError,
  daysBetween,
  daysOfYear,
  formatDate,
  holidayName,
  holidaysOf,
  isWorkingDay,
  localDateOf,
  nextWorkingDay,
  parseLocalDate,
  rollToWorkingDay,
  weekdayOf,
  whyNotWorkingDay,
} from './index.js';
import { day } from './test/builders.js';

const FIRST = localDateOf(2000, 1, 1);
const anyDay = fc.integer({ min: 0, max: 18_000 }).map((days) => addDays(FIRST, days));

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof CalendarError ? error.code : 'another error';
  }
  return 'no error';
};

describe('a local day', () => {
  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '2026-04-31',
    '0026-01-01',
    '2026-01-01T00:00',
    '',
    '20260101',
  ])('is not %p', (text) => expect(parseLocalDate(text)).toBeUndefined());

  it('may be 29 February of a leap year', () => {
    expect([
      parseLocalDate('2024-02-29'),
      parseLocalDate('2000-02-29'),
      parseLocalDate('2100-02-29'),
    ]).toEqual(['2024-02-29', '2000-02-29', undefined]);
  });

  test.each([
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2025-10-31', 1, '2025-11-30'],
    ['2025-12-31', 2, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
  ])('%s and %i months is %s', (start, months, expected) => {
    expect(addMonths(day(start), months)).toBe(expected);
  });

  it('counts days there and back', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (date, days) => {
        const other = addDays(date, days);
        return (
          daysBetween(date, other) === days &&
          addDays(other, -days) === date &&
          weekdayOf(addDays(date, 7)) === weekdayOf(date)
        );
      }),
    );
  });

  it('adds months without passing the month aimed at, and in order', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (date, months) => {
        const later = addMonths(date, months);
        const aimed = (Number(date.slice(5, 7)) - 1 + months) % 12;
        return Number(later.slice(5, 7)) - 1 === aimed && later <= addMonths(addDays(date, 1), months);
      }),
    );
  });

  it('has a year of 366 days when it leaps', () => {
    expect([2024, 2025, 2100].map((year) => daysOfYear(year).length)).toEqual([366, 365, 365]);
  });

  it('is written in words', () => {
    const date = localDateOf(2026, 6, 9);
    expect([formatDate(date, 'sv'), formatDate(date, 'en')]).toEqual([
      'tisdag 9 juni 2026',
      'Tuesday 9 June 2026',
    ]);
  });
});

describe('working days', () => {
  it('are Maundy Thursday, Twelfth Night and bridge days, but none of the three eves', () => {
    const days = ['2026-04-02', '2026-01-05', '2026-05-15', '2026-06-19', '2026-12-24', '2026-12-31'];
    expect(days.map((text) => isWorkingDay(day(text)))).toEqual([true, true, true, false, false, false]);
  });

  it('roll to a working day over nothing but days off, each with a reason', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const rolled = rollToWorkingDay(date);
        const between = Array.from({ length: daysBetween(date, rolled) }, (_, index) => addDays(date, index));
        return (
          isWorkingDay(rolled) &&
          whyNotWorkingDay(rolled) === undefined &&
          between.every((day) => !isWorkingDay(day) && whyNotWorkingDay(day) !== undefined)
        );
      }),
    );
  });

  it('follow each other in order, and adding them adds up', () => {
    const few = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(anyDay, few, few, (date, first, second) => {
        const once = addWorkingDays(date, first + second);
        return once === addWorkingDays(addWorkingDays(date, first), second) && nextWorkingDay(date) > date;
      }),
    );
  });

  it('are never more than six days away', () => {
    const gaps = Array.from({ length: 18_000 }, (_, index) => addDays(FIRST, index)).map((date) =>
      daysBetween(date, nextWorkingDay(date)),
    );
    expect(Math.max(...gaps)).toBe(6);
  });
});

describe('holidays', () => {
  it('have names in both languages, and an ordinary Sunday has none', () => {
    expect(holidayName(day('2026-06-19'))).toEqual({ sv: 'midsommarafton', en: "Midsummer's Eve" });
    expect(holidayName(day('2026-06-21'))).toBeUndefined();
  });

  it('carry both names when two fall on one day', () => {
    expect(holidayName(day('2008-05-01'))?.sv).toBe('första maj och Kristi himmelsfärdsdag');
  });

  it('exchange Whit Monday for the National Day at the turn of 2005', () => {
    const names = (year: number) => holidaysOf(year).map(({ name }) => name.sv);
    expect(names(2004)).toContain('annandag pingst');
    expect(names(2004)).not.toContain('nationaldagen');
    expect(names(2005)).toContain('nationaldagen');
    expect(names(2005)).not.toContain('annandag pingst');
  });

  it('are refused outside the years that the law covers', () => {
    expect([
      codeOf(() => holidaysOf(1989)),
      codeOf(() => holidaysOf(2200)),
      codeOf(() => holidaysOf(1990)),
    ]).toEqual(['OUT_OF_RANGE', 'OUT_OF_RANGE', 'no error']);
  });
});
