import { describe, expect, it, test } from '@jest/globals';
import {
  CALENDAR_VERSION,
  type Due,
  type DueContext,
  due,
  formatLocalInstant,
  type LocalDate,
  type Period,
  type Roll,
} from './index.js';
import { ACCEPTANCE, day, errorOf, NEEDED_BEFORE, OFFICE, time } from './test/builders.js';

const at = (text: string) => new Date(`${text}+02:00`);
const wall = ({ dueAt }: Due) => formatLocalInstant(dueAt).slice(0, 16);
const codes = ({ because }: Due) => because.map(({ code }) => code);
const said = ({ because }: Due, language: 'sv' | 'en') => because.map(({ text }) => text[language]);

describe('by the day', () => {
  it('is the last millisecond of the local day', () => {
    const result = due({ kind: 'days', count: 14, roll: 'none' }, day('2026-03-15'));
    expect(formatLocalInstant(result.dueAt)).toBe('2026-03-29T23:59:59.999+02:00');
    expect(result.dueDate).toBe('2026-03-29');
  });

  it('does not count the day of the start, whatever the hour', () => {
    const period: Period = { kind: 'days', count: 1, roll: 'none' };
    const starts = [day('2026-06-09'), at('2026-06-09T00:00:00'), at('2026-06-09T23:59:59')];
    expect(starts.map((start) => due(period, start).dueDate)).toEqual([
      '2026-06-10',
      '2026-06-10',
      '2026-06-10',
    ]);
  });

  it('follows the Swedish day of an instant, not the day in Greenwich', () => {
    expect(due({ kind: 'weeks', count: 1, roll: 'none' }, new Date('2026-06-08T22:30:00Z')).dueDate).toBe(
      '2026-06-16',
    );
  });

  test.each([
    ['2024-02-29', '2025-02-28'],
    ['2023-02-28', '2024-02-28'],
  ])('a year from %s is %s', (start, expected) => {
    expect(due({ kind: 'months', count: 12, roll: 'none' }, day(start)).dueDate).toBe(expected);
  });
});

describe('the same day', () => {
  const period: Period = { kind: 'same-day', late: { from: time('20:00'), days: 1 } };

  test.each([
    ['2026-06-19T19:59:59', '2026-06-19'],
    ['2026-06-19T20:00:00', '2026-06-20'],
    ['2026-06-20T00:00:00', '2026-06-20'],
    ['2026-12-31T23:30:00', '2027-01-01'],
  ])('for what comes at %s ends on %s, days off too', (start, expected) => {
    const result = due(period, new Date(`${start}${start.startsWith('2026-12') ? '+01:00' : '+02:00'}`));
    expect(result.dueDate).toBe(expected);
  });

  it('holds where only the day is known', () => {
    expect(due(period, day('2026-06-19')).dueDate).toBe('2026-06-19');
  });
});

describe('a last day off', () => {
  const weeks = (roll: Roll) => due({ kind: 'weeks', count: 1, roll }, day('2026-06-12'));

  it('moves to the next working day and tells why, day by day', () => {
    const result = weeks('next-working-day');
    expect(result).toMatchObject({
      dueDate: '2026-06-22',
      unrolledDate: '2026-06-19',
      rolledDate: '2026-06-22',
    });
    expect(said(result, 'sv').slice(-5)).toEqual([
      'Fredag 19 juni 2026 är midsommarafton.',
      'Lördag 20 juni 2026 är midsommardagen.',
      'Söndag 21 juni 2026 är inte en vardag.',
      'Åtgärden får vidtas nästa vardag, måndag 22 juni 2026.',
      'Senast måndag 22 juni 2026 kl. 23:59, svensk tid.',
    ]);
    expect(said(result, 'en').at(-5)).toBe("Friday 19 June 2026 is Midsummer's Eve.");
  });

  it('of a measure that lapses calls on the day itself and shows both', () => {
    const result = weeks('lapse');
    expect(result).toMatchObject({
      dueDate: '2026-06-19',
      unrolledDate: '2026-06-19',
      rolledDate: '2026-06-22',
    });
    expect(result.dueAt).toEqual(new Date('2026-06-19T21:59:59.999Z'));
    expect(codes(result)).toContain('LAPSES');
  });

  it('stands where nothing lets it move', () => {
    const result = weeks('none');
    expect(result.dueDate).toBe('2026-06-19');
    expect(result).not.toHaveProperty('rolledDate');
    expect(codes(result)).toContain('NOT_ROLLED');
  });

  it('is not mentioned when the last day is a working day', () => {
    const result = due({ kind: 'weeks', count: 1, roll: 'next-working-day' }, day('2026-06-01'));
    expect(result).not.toHaveProperty('unrolledDate');
    expect(codes(result)).not.toContain('ROLLED_DAY');
  });
});

describe('acceptance by an ordinary unit', () => {
  const accepted = (incident: string, sent: string, needed?: string) =>
    due(ACCEPTANCE, at(sent), {
      officeHours: OFFICE,
      events: { incident: at(incident), 'needed-before': needed === undefined ? undefined : at(needed) },
    });

  test.each([
    ['2026-06-08T23:30:00', '2026-06-09T06:30:00', '2026-06-09T10:00'],
    ['2026-06-09T03:00:00', '2026-06-09T05:00:00', '2026-06-09T10:00'],
    ['2026-06-09T03:00:00', '2026-06-09T09:10:00', '2026-06-09T11:10'],
    ['2026-06-13T03:00:00', '2026-06-13T08:00:00', '2026-06-15T10:00'],
    ['2026-06-19T03:00:00', '2026-06-19T08:00:00', '2026-06-22T10:00'],
  ])('after an incident at %s sent at %s is due at %s', (incident, sent, expected) => {
    expect(wall(accepted(incident, sent))).toBe(expected);
  });

  it('is due earlier if it is needed before that, and never later', () => {
    const [incident, sent] = ['2026-06-09T03:00:00', '2026-06-09T05:00:00'];
    expect(wall(accepted(incident, sent, '2026-06-09T09:00:00'))).toBe('2026-06-09T09:00');
    expect(wall(accepted(incident, sent, '2026-06-09T14:00:00'))).toBe('2026-06-09T10:00');
  });

  it('says what it did not know', () => {
    const result = due(ACCEPTANCE, at('2026-06-09T05:00:00'), { officeHours: OFFICE });
    expect(wall(result)).toBe('2026-06-09T10:00');
    expect(said(result, 'en')).toEqual(
      expect.arrayContaining(['Not known: needed before.', 'Not known: the incident.']),
    );
  });
});

describe('office periods', () => {
  const inOffice = (period: Period, start: LocalDate | Date) =>
    wall(due(period, start, { officeHours: OFFICE }));

  it('begin at the next opening for an event known by its day alone: the next weekday', () => {
    const dates = ['2025-06-19', '2025-12-23', '2026-06-05'].map(day);
    expect(dates.map((date) => inOffice({ kind: 'next-opening' }, date))).toEqual([
      '2025-06-23T08:00',
      '2025-12-29T08:00',
      '2026-06-08T08:00',
    ]);
  });

  test.each([
    ['2026-06-09T03:00:00', '2026-06-09T12:00'],
    ['2026-06-09T12:00:00', '2026-06-09T12:00'],
    ['2026-06-09T12:00:01', '2026-06-10T12:00'],
    ['2026-06-19T01:00:00', '2026-06-22T12:00'],
  ])('put noon on the first office day from %s at %s', (start, expected) => {
    expect(inOffice({ kind: 'first-office-day-at', time: time('12:00') }, at(start))).toBe(expected);
  });

  it('end with the first office day, and one whole office day later', () => {
    const start = at('2026-06-09T14:00:00');
    expect(inOffice({ kind: 'first-office-day' }, start)).toBe('2026-06-09T16:30');
    expect(inOffice({ kind: 'office-days', count: 1 }, start)).toBe('2026-06-10T16:30');
  });
});

describe('working days', () => {
  it('skip Christmas, each day off named', () => {
    const result = due({ kind: 'working-days', count: 5 }, day('2025-12-22'));
    expect(result.dueDate).toBe('2026-01-05');
    expect(said(result, 'sv')).toContain('Onsdag 24 december 2025 är julafton och räknas inte.');
    expect(codes(result).filter((code) => code === 'DAY_NOT_COUNTED')).toHaveLength(9);
  });
});

describe('the explanation', () => {
  it('goes from rule, source, calendar and start to the result', () => {
    const rule = {
      id: 'R-1',
      version: 3,
      title: { sv: 't', en: 't' },
      source: { sv: 'lagen', en: 'the act' },
    };
    const result = due({ kind: 'days', count: 1, roll: 'none' }, day('2026-06-09'), { rule });
    expect(codes(result)).toEqual(['RULE', 'SOURCE', 'CALENDAR', 'START', 'COUNTED', 'DUE']);
    expect(said(result, 'en')[0]).toBe('Rule R-1, version 3: t.');
  });

  it('names the hours only when the period uses them', () => {
    const context: DueContext = { officeHours: OFFICE };
    expect(due({ kind: 'minutes', count: 3 }, day('2026-06-09'), context).calendar).toEqual({
      version: CALENDAR_VERSION,
      zone: 'Europe/Stockholm',
    });
    expect(due({ kind: 'when-open' }, day('2026-06-09'), context).calendar).toMatchObject({
      officeHours: 'test-1',
    });
  });
});

describe('what cannot be computed', () => {
  test.each([
    ['HOURS_REQUIRED', { kind: 'next-opening' }],
    ['EVENT_REQUIRED', { kind: 'known-instant', event: NEEDED_BEFORE }],
    ['INVALID_PERIOD', { kind: 'days', count: 1.5, roll: 'none' }],
    ['INVALID_PERIOD', { kind: 'latest', of: [{ kind: 'known-instant', event: NEEDED_BEFORE }] }],
    ['INVALID_PERIOD', { kind: 'then', first: { kind: 'minutes', count: 0 }, next: { kind: 'at-once' } }],
  ] as const)('is refused with %s: %j', (code, period) => {
    expect(errorOf(() => due(period, day('2026-06-09')))).toBe(code);
  });

  it('is a year beyond the calendar', () => {
    const far = { kind: 'months', count: 1200, roll: 'next-working-day' } as const;
    expect(errorOf(() => due(far, day('2150-06-09')))).toBe('OUT_OF_RANGE');
  });
});
