import {
  FIRST_YEAR,
  instantOfLocal,
  LAST_YEAR,
  type LocalDate,
  localDateOfInstant,
  parseLocalDate,
  yearOf,
} from '#calendar';
import { UnclearQuestion } from './subcommand.js';

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;

const withinCalendar = <Start extends LocalDate | Date>(start: Start, text: string): Start => {
  const year = yearOf(start instanceof Date ? localDateOfInstant(start) : start);
  if (year >= FIRST_YEAR && year < LAST_YEAR) return start;
  throw new UnclearQuestion(
    `The calendar covers ${FIRST_YEAR} to ${LAST_YEAR - 1}, and "${text}" is outside it.`,
  );
};

/**
 * An instant, `2026-06-05T23:30` with or without seconds and zone; without a zone it is Swedish time.
 * Throws `UnclearQuestion`.
 */
export const readInstant = (text: string): Date => {
  const [, day = '', hour, minute, second = '0', fraction = '', zone] = INSTANT.exec(text) ?? [];
  const date = parseLocalDate(day);
  if (!date) {
    throw new UnclearQuestion(
      `"${text}" is not a time: write a day and a time as 2026-06-05T23:30, with Z or +02:00 after it unless it is Swedish time.`,
    );
  }
  const local = {
    date,
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, '0')),
  };
  return withinCalendar(zone === undefined ? instantOfLocal(local) : new Date(text), text);
};

/** A day or an instant. Throws `UnclearQuestion`. */
export const readStart = (text: string): LocalDate | Date => {
  if (text.includes('T')) return readInstant(text);
  const date = parseLocalDate(text);
  if (date) return withinCalendar(date, text);
  throw new UnclearQuestion(
    `"${text}" is not a day of the calendar: write it as 2026-06-05, or a time as 2026-06-05T23:30.`,
  );
};
