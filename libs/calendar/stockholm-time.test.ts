import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  endOfDay,
  formatLocalInstant,
  instantOf,
  instantOfLocal,
  localDateOf,
  localDateOfInstant,
  localDateTimeOf,
  localTimeOf,
  offsetMinutesAt,
  parseLocalTime,
  startOfDay,
  ZONE,
} from './index.js';

const SPRING = localDateOf(2026, 3, 29);
const AUTUMN = localDateOf(2026, 10, 25);
const anyInstant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2050-12-31T00:00:00Z'),
  noInvalidDate: true,
});

describe('local time and instants', () => {
  it('is an hour ahead of UTC in winter and two in summer', () => {
    expect(instantOf(localDateOf(2026, 1, 15), localTimeOf(12, 0)).toISOString()).toBe(
      '2026-01-15T11:00:00.000Z',
    );
    expect(instantOf(localDateOf(2026, 7, 15), localTimeOf(12, 0)).toISOString()).toBe(
      '2026-07-15T10:00:00.000Z',
    );
  });

  test.each([
    ['01:59', '2026-03-29T00:59:00.000Z'],
    ['02:00', '2026-03-29T01:00:00.000Z'],
    ['02:30', '2026-03-29T01:30:00.000Z'],
    ['03:00', '2026-03-29T01:00:00.000Z'],
    ['03:30', '2026-03-29T01:30:00.000Z'],
  ])(
    'reads %s in the spring night as %s: what does not exist falls as long after the jump',
    (time, expected) => {
      const parsed = parseLocalTime(time);
      expect(parsed && instantOf(SPRING, parsed).toISOString()).toBe(expected);
    },
  );

  test.each([
    ['01:59', 'first', '2026-10-24T23:59:00.000Z'],
    ['02:30', 'first', '2026-10-25T00:30:00.000Z'],
    ['02:30', 'second', '2026-10-25T01:30:00.000Z'],
    ['03:00', 'first', '2026-10-25T02:00:00.000Z'],
    ['03:00', 'second', '2026-10-25T02:00:00.000Z'],
  ] as const)('reads %s in the autumn night, the %s time, as %s', (time, occurrence, expected) => {
    const parsed = parseLocalTime(time);
    expect(parsed && instantOf(AUTUMN, parsed, occurrence).toISOString()).toBe(expected);
  });

  it('has a spring day of 23 hours and an autumn day of 25', () => {
    const hours = (date: typeof SPRING) =>
      (endOfDay(date).getTime() + 1 - startOfDay(date).getTime()) / 3_600_000;
    expect([hours(SPRING), hours(AUTUMN), hours(localDateOf(2026, 6, 19))]).toEqual([23, 25, 24]);
  });

  it('agrees with the zone rules of the platform at any instant', () => {
    const platform = new Intl.DateTimeFormat('sv-SE', {
      timeZone: ZONE,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const ours = formatLocalInstant(instant).slice(0, 19).replace('T', ' ');
        return ours === platform.format(instant);
      }),
    );
  });

  it('comes back to the same instant, by one of the two readings', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const local = localDateTimeOf(instant);
        const readings = [instantOfLocal(local, 'first'), instantOfLocal(local, 'second')];
        return readings.some((reading) => reading.getTime() === instant.getTime());
      }),
    );
  });

  it('comes back to the same instant in every half hour around both changes of clocks', () => {
    const around = ['2026-03-28T12:00:00Z', '2026-10-24T12:00:00Z'].flatMap((start) =>
      Array.from({ length: 72 }, (_, index) => new Date(Date.parse(start) + index * 1_800_000)),
    );
    const lost = around.filter((instant) => {
      const local = localDateTimeOf(instant);
      return ![instantOfLocal(local), instantOfLocal(local, 'second')].some(
        (one) => one.getTime() === instant.getTime(),
      );
    });
    expect(lost).toEqual([]);
  });

  it('ends a day on the day itself, a millisecond before the next begins', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const date = localDateOfInstant(instant);
        const end = endOfDay(date);
        return (
          localDateOfInstant(end) === date &&
          localDateOfInstant(startOfDay(date)) === date &&
          localDateOfInstant(new Date(end.getTime() + 1)) > date &&
          startOfDay(date) <= instant &&
          instant <= end
        );
      }),
    );
  });

  it('writes an instant with its own offset', () => {
    expect(
      [new Date('2026-10-25T00:30:00Z'), new Date('2026-10-25T01:30:00Z')].map(formatLocalInstant),
    ).toEqual(['2026-10-25T02:30:00.000+02:00', '2026-10-25T02:30:00.000+01:00']);
    expect(offsetMinutesAt(new Date('2026-06-19T00:00:00.123Z'))).toBe(120);
  });

  it('knows no time after 24:00', () => {
    expect(['24:00', '00:00', '24:01', '23:60', '8:00'].map((text) => parseLocalTime(text))).toEqual([
      '24:00',
      '00:00',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
