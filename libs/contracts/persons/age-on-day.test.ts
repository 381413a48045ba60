import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ageOnDay, isChildOn } from './age-on-day.js';

describe('ageOnDay', () => {
  it.each([
    ['2006-03-01', '2024-02-29', 17],
    ['2006-02-28', '2024-02-29', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2004-02-29', '2024-02-29', 20],
    ['2026-06-06', '2026-06-05', -1],
  ])('gives for a birth on %s, on %s, %i', (born, day, age) => {
    expect(ageOnDay(born, day)).toBe(age);
  });

  it('never makes anyone younger as days pass', () => {
    const day = fc
      .date({ min: new Date('1950-01-01'), max: new Date('2049-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (born, one, other) => {
        const [earlier, later] = [one, other].sort();
        return ageOnDay(born, String(earlier)) <= ageOnDay(born, String(later));
      }),
    );
  });

  it('takes the eighteenth birthday as grown up', () => {
    expect([isChildOn('2008-06-05', '2026-06-04'), isChildOn('2008-06-05', '2026-06-05')]).toEqual([
      true,
      false,
    ]);
  });
});
