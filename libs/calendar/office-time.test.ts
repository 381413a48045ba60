import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  CalendarError,
  endOfFirstOfficeDay,
  endOfOfficeDay,
  formatLocalInstant,
  isOpen,
  nextOpening,
  type OfficeHours,
  officeDaysAdded,
  officeTimeAdded,
  openFrom,
  openingsOn,
  validateOfficeHours,
} from './index.js';
import { ALL_WEEK, ALWAYS, day, exception, NIGHTS, OFFICE, row, weekly } from './test/builders.js';

/** Swedish time in, Swedish time out. */
const at = (text: string) => new Date(`${text}:00+02:00`);
const winter = (text: string) => new Date(`${text}:00+01:00`);
const wall = (instant: Date | undefined) => instant && formatLocalInstant(instant).slice(0, 16);

const anyInstant = fc.date({
  min: new Date('2025-01-01T00:00:00Z'),
  max: new Date('2027-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const anyHours = fc.constantFrom<OfficeHours>(OFFICE, NIGHTS, ALWAYS, ALL_WEEK);

describe('two office hours', () => {
  test.each([
    ['a call-out at 23:30', '2026-06-09T23:30', '2026-06-10T10:00'],
    ['a call-out at 03:00', '2026-06-09T03:00', '2026-06-09T10:00'],
    ['a Saturday', '2026-06-13T14:00', '2026-06-15T10:00'],
    ["Midsummer's Eve", '2026-06-19T11:00', '2026-06-22T10:00'],
    ["the night before Midsummer's Eve", '2026-06-18T23:30', '2026-06-22T10:00'],
    ['office hours', '2026-06-09T09:15', '2026-06-09T11:15'],
    ['an hour before closing on a Friday', '2026-06-12T15:00', '2026-06-15T09:00'],
    ['two hours before closing', '2026-06-09T14:30', '2026-06-09T16:30'],
    ['closing time', '2026-06-09T16:30', '2026-06-10T10:00'],
  ])('from %s (%s) end at %s', (_, start, expected) => {
    expect(wall(officeTimeAdded(OFFICE, at(start), 120))).toBe(expected);
  });

  it('count two real hours in the nights when clocks change', () => {
    expect(wall(officeTimeAdded(ALWAYS, winter('2026-03-29T01:00'), 120))).toBe('2026-03-29T04:00');
    expect(wall(officeTimeAdded(ALWAYS, at('2026-10-25T01:00'), 120))).toBe('2026-10-25T02:00');
    expect(wall(officeTimeAdded(NIGHTS, winter('2026-03-29T01:00'), 120))).toBe('2026-03-29T04:00');
  });

  it('of no length end when the unit is open: not at closing time', () => {
    expect(wall(officeTimeAdded(OFFICE, at('2026-06-09T16:30'), 0))).toBe('2026-06-10T08:00');
    expect(wall(officeTimeAdded(OFFICE, at('2026-06-09T16:29'), 0))).toBe('2026-06-09T16:29');
  });

  it('add up, however they are cut', () => {
    const minutes = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(anyHours, anyInstant, minutes, minutes, (hours, start, first, second) => {
        const inTwo = officeTimeAdded(hours, officeTimeAdded(hours, start, first), second);
        return inTwo.getTime() === officeTimeAdded(hours, start, first + second).getTime();
      }),
    );
  });

  it('never come earlier for a later start', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, fc.integer({ min: 0, max: 10_000 }), (hours, start, later) => {
        const second = new Date(start.getTime() + later * 60_000);
        return officeTimeAdded(hours, start, 120) <= officeTimeAdded(hours, second, 120);
      }),
    );
  });
});

describe('opening', () => {
  test.each([
    ['2026-06-09T03:00', '2026-06-09T08:00'],
    ['2026-06-09T14:00', '2026-06-10T08:00'],
    ['2026-06-09T08:00', '2026-06-10T08:00'],
    ['2026-06-18T14:00', '2026-06-22T08:00'],
    ['2026-06-05T23:00', '2026-06-08T08:00'],
  ])('next comes after %s at %s', (start, expected) => {
    expect(wall(nextOpening(OFFICE, at(start)))).toBe(expected);
  });

  it('is at once where a unit never closes, whichever way that is written', () => {
    const start = at('2026-06-09T03:17');
    expect([nextOpening(ALWAYS, start), nextOpening(ALL_WEEK, start), openFrom(ALL_WEEK, start)]).toEqual([
      start,
      start,
      start,
    ]);
  });

  it('comes after the only time that a unit is closed', () => {
    const nightly = weekly(['MON TUE WED THU FRI SAT SUN HOLIDAY 06:00-05:00']);
    expect(wall(nextOpening(nightly, at('2026-06-09T07:00')))).toBe('2026-06-10T06:00');
  });

  it('includes its first instant and not its last', () => {
    const moments = ['2026-06-09T07:59', '2026-06-09T08:00', '2026-06-09T16:29', '2026-06-09T16:30'];
    expect(moments.map((text) => isOpen(OFFICE, at(text)))).toEqual([false, true, true, false]);
  });

  it('reaches over midnight into a holiday, which has hours of its own', () => {
    const moments = [
      '2026-06-18T23:00',
      '2026-06-19T07:00',
      '2026-06-19T12:00',
      '2026-06-22T07:00',
      '2026-06-22T09:00',
    ];
    expect(moments.map((text) => isOpen(NIGHTS, at(text)))).toEqual([true, true, true, true, false]);
    expect(isOpen(NIGHTS, at('2026-06-10T07:59'))).toBe(true);
  });

  it('is open from now on, or from the next opening, and open then', () => {
    fc.assert(
      fc.property(anyHours, anyInstant, (hours, start) => {
        const from = openFrom(hours, start);
        return isOpen(hours, from) && from >= start && from > start === !isOpen(hours, start);
      }),
    );
  });

  it('lasts longest in the repeated hour', () => {
    const bar = weekly(['SAT 22:00-02:30']);
    const [opening] = openingsOn(bar, day('2026-10-24'));
    expect(opening && (opening.closes.getTime() - opening.opens.getTime()) / 60_000).toBe(5.5 * 60);
  });
});

describe('a holiday', () => {
  it('closes a unit that has no row for it', () => {
    const office = weekly(['MON TUE WED THU FRI 09:00-16:00']);
    expect(openingsOn(office, day('2026-05-14'))).toEqual([]);
    expect(openingsOn(office, day('2026-06-19'))).toEqual([]);
  });

  it('rules over the weekday, while an ordinary Sunday is a Sunday', () => {
    const hours = weekly(['SUN 10:00-12:00', 'HOLIDAY 14:00-15:00']);
    const opens = (text: string) => openingsOn(hours, day(text)).map((opening) => wall(opening.opens));
    expect([opens('2026-06-07'), opens('2026-05-24'), opens('2026-06-19')]).toEqual([
      ['2026-06-07T10:00'],
      ['2026-05-24T14:00'],
      ['2026-06-19T14:00'],
    ]);
  });
});

describe('exceptions and validity', () => {
  const rows = ['MON TUE WED THU FRI 08:00-16:00'];

  it('close a day, or give it other hours, and no other day', () => {
    const hours = weekly(rows, [
      exception('2026-06-09'),
      exception('2026-06-10', '10:00-12:00', '13:00-14:00'),
    ]);
    expect(wall(officeTimeAdded(hours, at('2026-06-09T07:00'), 150))).toBe('2026-06-10T13:30');
    expect(wall(endOfOfficeDay(hours, day('2026-06-11')))).toBe('2026-06-11T16:00');
  });

  it('open a unit on a holiday', () => {
    expect(isOpen(weekly(rows, [exception('2026-06-19', '09:00-11:00')]), at('2026-06-19T10:00'))).toBe(true);
  });

  it('count from the first day of a row through its last', () => {
    const hours = weekly([
      row('MON TUE WED THU FRI 08:00-16:00', { validTo: day('2026-06-09') }),
      row('MON TUE WED THU FRI 10:00-18:00', { validFrom: day('2026-06-10') }),
    ]);
    expect(['2026-06-09', '2026-06-10'].map((text) => wall(endOfOfficeDay(hours, day(text))))).toEqual([
      '2026-06-09T16:00',
      '2026-06-10T18:00',
    ]);
  });

  it('are named when they cannot be', () => {
    expect(validateOfficeHours(OFFICE)).toEqual([]);
    expect(validateOfficeHours(weekly(['MON closed']))).toEqual(['No row is ever open.']);
    expect(validateOfficeHours(weekly(['MON 24:00-08:00']))).toHaveLength(1);
    const twice = weekly(rows, [exception('2026-06-09'), exception('2026-06-09')]);
    expect(validateOfficeHours(twice)).toEqual(['2026-06-09 has two exceptions.']);
  });
});

describe('the office day', () => {
  test.each([
    ['2026-06-09T03:00', '2026-06-09T16:30'],
    ['2026-06-09T12:00', '2026-06-09T16:30'],
    ['2026-06-09T17:00', '2026-06-10T16:30'],
    ['2026-06-18T17:00', '2026-06-22T16:30'],
  ])('that is first from %s ends at %s', (start, expected) => {
    expect(wall(endOfFirstOfficeDay(OFFICE, at(start)))).toBe(expected);
  });

  it('is not over at lunch', () => {
    const lunch = weekly(['TUE 08:00-12:00', 'TUE 13:00-16:00']);
    expect(wall(endOfFirstOfficeDay(lunch, at('2026-06-09T12:30')))).toBe('2026-06-09T16:00');
  });

  test.each([
    ['2026-06-09T06:00', 1, '2026-06-09T16:30'],
    ['2026-06-09T08:00', 1, '2026-06-09T16:30'],
    ['2026-06-09T14:00', 1, '2026-06-10T16:30'],
    ['2026-06-09T14:00', 2, '2026-06-11T16:30'],
    ['2026-06-13T14:00', 1, '2026-06-15T16:30'],
    ['2026-06-18T14:00', 1, '2026-06-22T16:30'],
  ])('asked for whole from %s, %i of them end at %s', (start, count, expected) => {
    expect(wall(officeDaysAdded(OFFICE, at(start), count))).toBe(expected);
  });

  it('of a unit that never closes is the day, and ends on it', () => {
    expect(formatLocalInstant(endOfFirstOfficeDay(ALWAYS, at('2026-06-09T03:00')))).toBe(
      '2026-06-09T23:59:59.999+02:00',
    );
    expect(endOfOfficeDay(OFFICE, day('2026-06-19'))).toBeUndefined();
  });

  it('of a night ends in the morning', () => {
    expect(wall(endOfFirstOfficeDay(NIGHTS, at('2026-06-09T20:00')))).toBe('2026-06-10T08:00');
  });
});

describe('a unit without hours', () => {
  const never = weekly([row('MON 08:00-09:00', { validTo: day('2026-01-31') })]);
  test.each([
    ['next opening', () => nextOpening(never, at('2026-06-09T03:00'))],
    ['open from', () => openFrom(never, at('2026-06-09T03:00'))],
    ['office time', () => officeTimeAdded(never, at('2026-06-09T03:00'), 1)],
    ['office day', () => endOfFirstOfficeDay(never, at('2026-06-09T03:00'))],
    ['office days', () => officeDaysAdded(never, at('2026-06-09T03:00'), 1)],
  ])('has no %s, and says so', (_, ask) => {
    expect(ask).toThrow(CalendarError);
    expect(ask).toThrow(/hold no opening within 400 days/);
  });
});
