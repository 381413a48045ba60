import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatLocalInstant, isWorkingDay } from '#calendar';
import { nextHolidayNight } from './holiday-night.js';

test('from the end of November it is the night before Christmas Day, and offices open on the Monday', () => {
  const { holiday, alarmAt, nextOfficeDay } = nextHolidayNight(new Date('2026-11-22T05:09:00Z'));
  expect(holiday.name.sv).toBe('juldagen');
  expect(formatLocalInstant(alarmAt)).toBe('2026-12-25T02:40:00.000+01:00');
  expect(nextOfficeDay).toBe('2026-12-28');
});

test('a night that has begun is not played twice: a minute after the alarm it is the next holiday', () => {
  const first = nextHolidayNight(new Date('2026-11-22T05:09:00Z'));
  const second = nextHolidayNight(new Date(first.alarmAt.getTime() + 60_000));
  expect(second.holiday.date).toBe('2027-01-01'); // Boxing Day 2026 is a Saturday
});

test('whenever it is asked, the night is to come and its day is a weekday on which no office opens', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
      (now) => {
        const { holiday, alarmAt, nextOfficeDay } = nextHolidayNight(now);
        expect(alarmAt.getTime()).toBeGreaterThan(now.getTime());
        expect([6, 0]).not.toContain(new Date(`${holiday.date}T12:00:00Z`).getUTCDay());
        expect(isWorkingDay(holiday.date)).toBe(false);
        expect(nextOfficeDay > holiday.date).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
