import {
  CalendarError,
  type LocalDate,
  type LocalTime,
  type NamedEvent,
  type OfficeHours,
  type OfficeHoursException,
  type OfficeHoursRow,
  type Period,
  parseLocalDate,
  parseLocalTime,
} from '../index.js';

/** A day written as in a table of dates. */
export const day = (text: string): LocalDate => {
  const date = parseLocalDate(text);
  if (!date) throw new Error(`${text} is not a day`);
  return date;
};

export const time = (text: string): LocalTime => {
  const parsed = parseLocalTime(text);
  if (!parsed) throw new Error(`${text} is not a time`);
  return parsed;
};

/** `08:00-16:30`, or `closed`. */
const hours = (text: string): OfficeHoursRow['hours'] => {
  if (text === 'closed') return 'closed';
  const [opens = '', closes = ''] = text.split('-');
  return { opens: time(opens), closes: time(closes) };
};

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN', 'HOLIDAY'] as const;

/** `'MON TUE 08:00-16:30'`: days, then hours. */
export const row = (
  text: string,
  validity: Pick<OfficeHoursRow, 'validFrom' | 'validTo'> = {},
): OfficeHoursRow => {
  const words = text.split(' ');
  return { days: DAYS.filter((one) => words.includes(one)), hours: hours(words.at(-1) ?? ''), ...validity };
};

export const exception = (date: string, ...open: string[]): OfficeHoursException => ({
  date: day(date),
  hours: open.map(hours).filter((one) => one !== 'closed'),
});

export const weekly = (
  rows: readonly (string | OfficeHoursRow)[],
  exceptions: readonly OfficeHoursException[] = [],
): OfficeHours => ({
  kind: 'weekly',
  version: 'test-1',
  rows: rows.map((one) => (typeof one === 'string' ? row(one) : one)),
  exceptions,
});

/** A district's unit as the directory assumes it. */
export const OFFICE = weekly(['MON TUE WED THU 08:00-16:30', 'FRI 08:00-16:00', 'SAT SUN HOLIDAY closed']);
/** A clinic that takes over when others close, the night through, and all day on days off. */
export const NIGHTS = weekly([
  'MON TUE WED THU FRI 16:00-08:00',
  'MON 00:00-08:00',
  'SAT SUN HOLIDAY 00:00-24:00',
]);
export const ALWAYS: OfficeHours = { kind: 'always-open', version: 'test-always' };
/** The same, written as rows. */
export const ALL_WEEK = weekly(['MON TUE WED THU FRI SAT SUN HOLIDAY 00:00-24:00']);

const INCIDENT: NamedEvent = { id: 'incident', label: { sv: 'händelsen', en: 'the incident' } };
export const NEEDED_BEFORE: NamedEvent = {
  id: 'needed-before',
  label: { sv: 'behövs före', en: 'needed before' },
};

/** Two office hours from the later of the first opening after the incident and the sending, or what is needed before. */
export const ACCEPTANCE: Period = {
  kind: 'earliest',
  of: [
    {
      kind: 'then',
      first: {
        kind: 'latest',
        of: [{ kind: 'from-event', event: INCIDENT, period: { kind: 'when-open' } }, { kind: 'at-once' }],
      },
      next: { kind: 'office-minutes', count: 120 },
    },
    { kind: 'known-instant', event: NEEDED_BEFORE },
  ],
};

/** The code of a `CalendarError`, for what must be refused. */
export const errorOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof CalendarError ? error.code : 'another error';
  }
  return 'no error';
};
