import { describe, expect, it } from '@jest/globals';
import Holidays from 'date-holidays';
import { daysOfYear, isEve, isPublicHoliday, isWorkingDay, type LocalDate, weekdayOf } from './index.js';

const YEARS = Array.from({ length: 51 }, (_, index) => 2000 + index);

const oracle = new Holidays('SE', { languages: ['sv'] });

/**
 * The oracle has forgotten that Whit Monday was a public holiday until 2004 (lag 2004:1320). Of 6 June 2000 to 2004 it
 * knows the name, and 3.37.0 marks it rightly as an observance: an oracle read without the kind of day is wrong there.
 */
const WHIT_MONDAYS = ['2000-06-12', '2001-06-04', '2002-05-20', '2003-06-09', '2004-05-31'];

const uncorrectedByOracle = (year: number): Set<string> =>
  new Set(
    oracle
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .map(({ date }) => date.slice(0, 10)),
  );

const publicByOracle = (year: number): Set<string> =>
  new Set([...uncorrectedByOracle(year), ...WHIT_MONDAYS.filter((date) => date.startsWith(String(year)))]);

const evesByOracle = (year: number): Set<string> =>
  new Set(
    oracle
      .getHolidays(year)
      .filter(({ rule }) => ['12-24', '12-31', 'friday after 06-19'].some((eve) => rule.startsWith(eve)))
      .map(({ date }) => date.slice(0, 10)),
  );

const differing = (isSame: (date: LocalDate, year: number) => boolean): string[] =>
  YEARS.flatMap((year) => daysOfYear(year).filter((date) => !isSame(date, year)));

describe('every day from 2000 to 2050 against date-holidays', () => {
  const known = new Map(
    YEARS.map((year) => [year, { holidays: publicByOracle(year), eves: evesByOracle(year) }]),
  );
  const holidays = (year: number) => known.get(year)?.holidays ?? new Set<string>();
  const eves = (year: number) => known.get(year)?.eves ?? new Set<string>();

  it('agrees on every public holiday', () => {
    expect(
      differing(
        (date, year) => isPublicHoliday(date) === (weekdayOf(date) === 7 || holidays(year).has(date)),
      ),
    ).toEqual([]);
  });

  it('agrees on the three eves, three each year', () => {
    expect(YEARS.filter((year) => eves(year).size !== 3)).toEqual([]);
    expect(differing((date, year) => isEve(date) === eves(year).has(date))).toEqual([]);
  });

  it('agrees on every working day', () => {
    expect(
      differing(
        (date, year) =>
          isWorkingDay(date) === (weekdayOf(date) < 6 && !holidays(year).has(date) && !eves(year).has(date)),
      ),
    ).toEqual([]);
  });

  it('differs from the uncorrected oracle on the five Whit Mondays and no other day', () => {
    const raw = new Map(YEARS.map((year) => [year, uncorrectedByOracle(year)]));
    const days = differing(
      (date, year) => weekdayOf(date) === 7 || isPublicHoliday(date) === (raw.get(year)?.has(date) ?? false),
    );
    expect(days).toEqual(WHIT_MONDAYS);
  });

  it('has 6 June as a working day until 2004 where it falls on one, and as a holiday from 2005', () => {
    const sixthOfJune = (year: number) => daysOfYear(year).filter((date) => date.endsWith('-06-06'));
    const working = YEARS.filter((year) => sixthOfJune(year).some(isWorkingDay));
    expect(working).toEqual([2000, 2001, 2002, 2003]);
  });
});
