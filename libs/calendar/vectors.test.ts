import { describe, expect, it, test } from '@jest/globals';
import { type Due, due, holidaysOf, nextWorkingDay, type Period, weekdayOf } from './index.js';
import { day } from './test/builders.js';

const codes = ({ because }: Due) => because.map(({ code }) => code);

describe('the vectors of domain.md B7', () => {
  test.each([
    ['2025-06-19', '2025-06-23'],
    ['2025-12-23', '2025-12-29'],
    ['2025-12-30', '2026-01-02'],
    ['2026-04-02', '2026-04-07'],
    ['2026-05-13', '2026-05-15'],
    ['2026-06-05', '2026-06-08'],
    ['2026-12-23', '2026-12-28'],
    ['2026-01-05', '2026-01-07'],
  ])('the next working day after %s is %s', (event, expected) => {
    expect(nextWorkingDay(day(event))).toBe(expected);
  });

  const fourteenDays: Period = { kind: 'days', count: 14, roll: 'next-working-day' };
  test.each([
    ['2026-06-05', '2026-06-19', '2026-06-22', 3],
    ['2025-12-10', '2025-12-24', '2025-12-29', 5],
    ['2026-03-20', '2026-04-03', '2026-04-07', 4],
    ['2025-12-17', '2025-12-31', '2026-01-02', 2],
  ])('14 days from %s is %s and rolls to %s over %i days, each told', (start, raw, rolled, skipped) => {
    const result = due(fourteenDays, day(start));
    expect(result).toMatchObject({ dueDate: rolled, unrolledDate: raw, rolledDate: rolled });
    expect(codes(result).filter((code) => code === 'ROLLED_DAY')).toHaveLength(skipped);
  });

  const fourMonths: Period = { kind: 'months', count: 4, roll: 'next-working-day' };
  test.each([
    ['2025-10-31', '2026-02-28', '2026-03-02'],
    ['2026-02-20', '2026-06-20', '2026-06-22'],
    ['2025-08-24', '2025-12-24', '2025-12-29'],
  ])('four months from %s is %s and rolls to %s', (start, raw, rolled) => {
    expect(due(fourMonths, day(start))).toMatchObject({
      dueDate: rolled,
      unrolledDate: raw,
      rolledDate: rolled,
    });
  });

  const marked = (year: number) =>
    holidaysOf(year).map(({ date, standing }) => `${date.slice(5)}${standing === 'eve' ? '*' : ''}`);

  it('lists the holidays of 2026', () => {
    expect(marked(2026)).toEqual(
      '01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-19* 06-20 10-31 12-24* 12-25 12-26 12-31*'.split(
        ' ',
      ),
    );
  });

  it('lists the holidays of 2027', () => {
    expect(marked(2027)).toEqual(
      '01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-06 06-25* 06-26 11-06 12-24* 12-25 12-26 12-31*'.split(
        ' ',
      ),
    );
  });

  it('names the same weekdays as the tables', () => {
    expect(
      ['2025-06-19', '2026-01-05', '2026-02-28', '2026-06-20'].map((text) => weekdayOf(day(text))),
    ).toEqual([4, 1, 6, 6]);
  });
});
