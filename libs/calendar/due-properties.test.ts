import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  type DueContext,
  daysBetween,
  due,
  isWorkingDay,
  localDateOf,
  localDateOfInstant,
  needsOfficeHours,
  type Period,
  type Roll,
  startOfDay,
  validatePeriod,
} from './index.js';
import { ACCEPTANCE, ALWAYS, errorOf, OFFICE, time } from './test/builders.js';

const FIRST = localDateOf(2000, 1, 1);
const anyDay = fc.integer({ min: 0, max: 18_000 }).map((days) => addDays(FIRST, days));
const anyRoll = fc.constantFrom<Roll>('none', 'next-working-day', 'lapse');
const anyPeriod = fc.oneof(
  fc.record({
    kind: fc.constantFrom('days' as const, 'weeks' as const, 'months' as const),
    count: fc.integer({ min: 1, max: 30 }),
    roll: anyRoll,
  }),
  fc.record({
    kind: fc.constantFrom('working-days' as const, 'minutes' as const, 'office-minutes' as const),
    count: fc.integer({ min: 1, max: 40 }),
  }),
  fc.constant<Period>({ kind: 'same-day', late: { from: time('20:00'), days: 1 } }),
  fc.constantFrom<Period>(
    { kind: 'next-opening' },
    { kind: 'when-open' },
    { kind: 'first-office-day' },
    ACCEPTANCE,
  ),
);
const context: DueContext = { officeHours: OFFICE };

describe('for any period', () => {
  it('a later start is never due earlier', () => {
    fc.assert(
      fc.property(anyPeriod, anyDay, fc.integer({ min: 0, max: 80 * 60 }), (period, date, minutes) => {
        const start = startOfDay(date);
        const later = new Date(start.getTime() + minutes * 60_000);
        return due(period, start, context).dueAt <= due(period, later, context).dueAt;
      }),
    );
  });

  it('nothing is due before its start, and the due day is the local day of the due instant', () => {
    fc.assert(
      fc.property(anyPeriod, anyDay, fc.integer({ min: 0, max: 1439 }), (period, date, minute) => {
        const start = new Date(startOfDay(date).getTime() + minute * 60_000);
        const { dueAt, dueDate } = due(period, start, context);
        return dueAt >= start && localDateOfInstant(dueAt) === dueDate;
      }),
    );
  });

  it('a rolled day is a working day, every day up to it is off, and each of them is told', () => {
    const kind = fc.constantFrom('days' as const, 'weeks' as const, 'months' as const);
    fc.assert(
      fc.property(kind, fc.integer({ min: 1, max: 30 }), anyDay, (unit, count, date) => {
        const raw = due({ kind: unit, count, roll: 'none' }, date).dueDate;
        const result = due({ kind: unit, count, roll: 'next-working-day' }, date);
        const off = Array.from({ length: daysBetween(raw, result.dueDate) }, (_, index) =>
          addDays(raw, index),
        );
        const told = result.because.filter(({ code }) => code === 'ROLLED_DAY').map((one) => one.date);
        return (
          isWorkingDay(result.dueDate) && off.every((one) => !isWorkingDay(one)) && told.join() === off.join()
        );
      }),
    );
  });

  it('a lapsing period is called on the day that it would not have rolled to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), anyDay, (count, date) => {
        const lapsing = due({ kind: 'weeks', count, roll: 'lapse' }, date);
        const rolling = due({ kind: 'weeks', count, roll: 'next-working-day' }, date);
        return (
          lapsing.dueDate === addDays(date, count * 7) &&
          (lapsing.rolledDate ?? lapsing.dueDate) === rolling.dueDate
        );
      }),
    );
  });

  it('hours are asked for exactly by the periods that cannot do without them', () => {
    fc.assert(
      fc.property(anyPeriod, anyDay, (period, date) => {
        const refused = errorOf(() => due(period, date)) === 'HOURS_REQUIRED';
        return refused === needsOfficeHours(period) && validatePeriod(period).length === 0;
      }),
    );
  });

  it('the sentences are never empty in either language', () => {
    fc.assert(
      fc.property(anyPeriod, anyDay, (period, date) =>
        due(period, date, { officeHours: ALWAYS }).because.every(
          ({ text }) => text.sv.length > 5 && text.en.length > 5,
        ),
      ),
    );
  });
});
