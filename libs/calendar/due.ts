import type { Because, RuleCitation } from './because.js';
import { CalendarError } from './calendar-error.js';
import { addDays, addMonths, dayOfMonth, type LocalDate } from './local-date.js';
import { minutesOf } from './local-time.js';
import type { OfficeHours } from './office-hours.js';
import {
  endOfFirstOfficeDay,
  nextOpening,
  officeDaysAdded,
  officeTimeAdded,
  openFrom,
} from './office-time.js';
import { needsOfficeHours, type Period, type Roll, validatePeriod } from './period.js';
import * as say from './sentences.js';
import {
  endOfDay,
  instantOf,
  localDateOfInstant,
  localDateTimeOf,
  startOfDay,
  ZONE,
} from './stockholm-time.js';
import type { Text } from './text.js';
import { addWorkingDays, isWorkingDay, rollToWorkingDay } from './working-days.js';

/**
 * Names the holiday data and the way of counting. Move it when either changes what any due time comes to, so that a
 * stored deadline can tell what it was computed with.
 */
export const CALENDAR_VERSION = 'se-1';

/** What a due time was computed with; stored beside it. */
export interface EvaluatedCalendar {
  readonly version: string;
  readonly zone: string;
  /** The version of the unit's hours, where the period needed them. */
  readonly officeHours?: string;
}

export interface DueContext {
  /** Hours of the unit whose office counts. Needed by the periods that `needsOfficeHours` tells. */
  readonly officeHours?: OfficeHours;
  /** Instants of the events that a period names beside its start. */
  readonly events?: Readonly<Record<string, Date | undefined>>;
  /** Cited first in the explanation. */
  readonly rule?: RuleCitation;
}

/** When something is due, and why. */
export interface Due {
  /** The last instant that is in time. */
  readonly dueAt: Date;
  /** The local day of `dueAt`. */
  readonly dueDate: LocalDate;
  /** The last day before rolling, where lag (1930:173) 2 § makes a difference. */
  readonly unrolledDate?: LocalDate;
  /** The last day after rolling, where it makes a difference. `dueDate` is this one, or the unrolled one for a period that lapses. */
  readonly rolledDate?: LocalDate;
  readonly calendar: EvaluatedCalendar;
  readonly because: readonly Because[];
}

/** Where counting stands. Of a start that is a day the time is not known. */
interface Start {
  readonly at: Date;
  readonly date: LocalDate;
  readonly dayOnly: boolean;
}

type Counted = Omit<Due, 'calendar'>;

const startOf = (start: LocalDate | Date): Start =>
  typeof start === 'string'
    ? { at: startOfDay(start), date: start, dayOnly: true }
    : { at: start, date: localDateOfInstant(start), dayOnly: false };

const atInstant = (dueAt: Date, ...because: readonly Because[]): Counted => ({
  dueAt,
  dueDate: localDateOfInstant(dueAt),
  because,
});

const byTheDay = (date: LocalDate, ...because: readonly Because[]): Counted => ({
  dueAt: endOfDay(date),
  dueDate: date,
  because,
});

/** The days from a non-working day up to, not including, the working day it rolls to. */
const daysRolled = (from: LocalDate, to: LocalDate): LocalDate[] => {
  const days: LocalDate[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
};

const rolled = (date: LocalDate, roll: Roll, because: readonly Because[]): Counted => {
  const working = rollToWorkingDay(date);
  if (working === date) return byTheDay(date, ...because);
  if (roll === 'none') return byTheDay(date, ...because, say.notRolled(date));
  const days = daysRolled(date, working).map(say.rolledDay);
  const both = { unrolledDate: date, rolledDate: working };
  return roll === 'next-working-day'
    ? { ...byTheDay(working, ...because, ...days, say.rolledTo(working)), ...both }
    : { ...byTheDay(date, ...because, ...days, say.lapses(date, working)), ...both };
};

const monthsAfter = (start: LocalDate, count: number, roll: Roll): Counted => {
  const date = addMonths(start, count);
  const number = dayOfMonth(start);
  return rolled(date, roll, [
    say.countedToDay(say.amount(count, 'months'), date, say.COUNTING_LAW),
    ...(dayOfMonth(date) === number ? [] : [say.monthHasNoSuchDay(number, date)]),
  ]);
};

const workingDaysAfter = (start: LocalDate, count: number): Counted => {
  const date = addWorkingDays(start, count);
  const skipped = daysRolled(addDays(start, 1), date).filter((day) => !isWorkingDay(day));
  return byTheDay(
    date,
    ...skipped.map(say.skippedDay),
    say.countedToDay(say.amount(count, 'working-days'), date),
  );
};

const minuteOfDay = (at: Date): number => {
  const { hour, minute } = localDateTimeOf(at);
  return hour * 60 + minute;
};

const sameDay = (start: Start, late: Extract<Period, { kind: 'same-day' }>['late']): Counted => {
  if (late && !start.dayOnly && minuteOfDay(start.at) >= minutesOf(late.from)) {
    const date = addDays(start.date, late.days);
    return byTheDay(date, say.lateInTheDay(late.from, date));
  }
  return byTheDay(start.date, say.endOfDayReached(start.date));
};

/** The first occurrence of a local time, at or after the start, on a day when the office is open. */
const firstOfficeDayAt = (hours: OfficeHours, start: Date, time: Parameters<typeof minutesOf>[0]): Date => {
  let from = start;
  for (;;) {
    const day = localDateOfInstant(openFrom(hours, from));
    const at = instantOf(day, time);
    if (at >= start) return at;
    from = startOfDay(addDays(day, 1));
  }
};

const officeHoursOf = (context: DueContext, period: Period): OfficeHours => {
  if (context.officeHours) return context.officeHours;
  throw new CalendarError('HOURS_REQUIRED', `A period of kind ${period.kind} needs the hours of a unit.`);
};

const phrase = (sv: string, en: string): Text => ({ sv, en });

const choose = (
  period: Extract<Period, { kind: 'earliest' | 'latest' }>,
  start: Start,
  context: DueContext,
): Counted => {
  const isKnown = (part: Period) =>
    part.kind !== 'known-instant' || context.events?.[part.event.id] !== undefined;
  const unknown = period.of.flatMap((part) =>
    part.kind === 'known-instant' && !isKnown(part) ? [say.notKnown(part.event.label)] : [],
  );
  const parts = period.of.filter(isKnown).map((part) => count(part, start, context));
  const sign = period.kind === 'earliest' ? 1 : -1;
  const [best] = [...parts].sort((a, b) => sign * (a.dueAt.getTime() - b.dueAt.getTime()));
  if (!best) throw new CalendarError('EVENT_REQUIRED', 'None of the parts of a choice is known.');
  return {
    ...best,
    because: [
      ...parts.flatMap(({ because }) => because),
      ...unknown,
      ...(parts.length > 1 ? [say.chosen(period.kind, best.dueAt)] : []),
    ],
  };
};

const count = (period: Period, start: Start, context: DueContext): Counted => {
  switch (period.kind) {
    case 'at-once':
      return atInstant(start.at, say.counted(phrase('Från starten', 'From the start'), start.at));
    case 'minutes': {
      const at = new Date(start.at.getTime() + period.count * 60_000);
      const long = say.duration(period.count);
      return atInstant(at, say.counted(phrase(`Efter ${long.sv}`, `After ${long.en}`), at));
    }
    case 'same-day':
      return sameDay(start, period.late);
    case 'days':
    case 'weeks': {
      const date = addDays(start.date, period.count * (period.kind === 'weeks' ? 7 : 1));
      return rolled(date, period.roll, [
        say.countedToDay(say.amount(period.count, period.kind), date, say.COUNTING_LAW),
      ]);
    }
    case 'months':
      return monthsAfter(start.date, period.count, period.roll);
    case 'working-days':
      return workingDaysAfter(start.date, period.count);
    case 'office-minutes': {
      const hours = officeHoursOf(context, period);
      const from = openFrom(hours, start.at);
      const at = officeTimeAdded(hours, start.at, period.count);
      const long = say.duration(period.count);
      return atInstant(
        at,
        ...(from > start.at ? [say.counted(phrase('Kontoret öppnar', 'The office opens'), from)] : []),
        say.counted(phrase(`Efter ${long.sv} kontorstid`, `After ${long.en} of office time`), at),
      );
    }
    case 'office-days': {
      const at = officeDaysAdded(officeHoursOf(context, period), start.at, period.count);
      const long = say.amount(period.count, 'office-days');
      return atInstant(at, say.counted(phrase(`Efter ${long.sv}`, `After ${long.en}`), at));
    }
    case 'next-opening': {
      // Of an event known only by its day the hour may have been any: the next weekday is the one after it (B7).
      const at = nextOpening(officeHoursOf(context, period), start.dayOnly ? endOfDay(start.date) : start.at);
      return atInstant(at, say.counted(phrase('Kontoret öppnar närmast', 'The office next opens'), at));
    }
    case 'when-open': {
      const at = openFrom(officeHoursOf(context, period), start.at);
      return atInstant(at, say.counted(phrase('Kontoret är öppet', 'The office is open'), at));
    }
    case 'first-office-day': {
      const at = endOfFirstOfficeDay(officeHoursOf(context, period), start.at);
      return atInstant(
        at,
        say.counted(phrase('Första kontorsdagen slutar', 'The first office day ends'), at),
      );
    }
    case 'first-office-day-at': {
      const at = firstOfficeDayAt(officeHoursOf(context, period), start.at, period.time);
      return atInstant(
        at,
        say.counted(
          phrase(`Kl. ${period.time} första kontorsdagen`, `${period.time} on the first office day`),
          at,
        ),
      );
    }
    case 'known-instant': {
      const at = context.events?.[period.event.id];
      if (!at) throw new CalendarError('EVENT_REQUIRED', `The instant of ${period.event.id} is not given.`);
      return atInstant(at, say.counted(period.event.label, at));
    }
    case 'from-event': {
      const at = context.events?.[period.event.id];
      const counted = count(period.period, at ? startOf(at) : start, context);
      const first = at ? say.startedAt(at, period.event.label) : say.notKnown(period.event.label);
      return { ...counted, because: [first, ...counted.because] };
    }
    case 'then': {
      const first = count(period.first, start, context);
      const next = count(period.next, { at: first.dueAt, date: first.dueDate, dayOnly: false }, context);
      return { ...next, because: [...first.because, ...next.because] };
    }
    case 'earliest':
    case 'latest':
      return choose(period, start, context);
  }
};

/**
 * When a period that starts on a day or at an instant is due, with the reasons in order: rule, source, calendar, hours,
 * start, each step and each rolled day, result. Local days and times are Europe/Stockholm.
 *
 * - Days, weeks and months: the first day is not counted (dies a quo), and "by the day" is its last millisecond.
 * - A start given as a day: minutes and office time count from its first instant, so that nobody is called late;
 *   `next-opening` counts from its end.
 *
 * Throws `CalendarError`: `HOURS_REQUIRED`, `NEVER_OPENS`, `EVENT_REQUIRED`, `INVALID_PERIOD`, `OUT_OF_RANGE`.
 * Sources: lag (1930:173) 1 and 2 §§, lag (1989:253), domain.md B7, DESIGN 7.
 */
export const due = (period: Period, start: LocalDate | Date, context: DueContext = {}): Due => {
  const [problem] = validatePeriod(period);
  if (problem !== undefined) throw new CalendarError('INVALID_PERIOD', problem);
  const usedHours = needsOfficeHours(period) ? context.officeHours : undefined;
  const counted = count(period, startOf(start), context);
  return {
    ...counted,
    calendar: {
      version: CALENDAR_VERSION,
      zone: ZONE,
      ...(usedHours ? { officeHours: usedHours.version } : {}),
    },
    because: [
      ...(context.rule ? say.ruleCited(context.rule) : []),
      say.calendarNamed(CALENDAR_VERSION, ZONE),
      ...(usedHours ? [say.officeHoursNamed(usedHours)] : []),
      typeof start === 'string' ? say.startedOnDay(start) : say.startedAt(start),
      ...counted.because,
      say.dueAtLast(counted.dueAt),
    ],
  };
};
