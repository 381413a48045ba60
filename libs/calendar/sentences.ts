import type { Because, RuleCitation } from './because.js';
import { formatDate, type LocalDate } from './local-date.js';
import type { OfficeHours } from './office-hours.js';
import { formatLocalTime, localDateOfInstant } from './stockholm-time.js';
import type { Language, Text } from './text.js';
import { whyNotWorkingDay } from './working-days.js';

/** Lag (1930:173) 2 §: a last day that is not a working day. */
const ROLLING_LAW = 'lag (1930:173) om beräkning av lagstadgad tid 2 §';
/** Lag (1930:173) 1 §: weeks and months end on the day with the same name or number. */
export const COUNTING_LAW = 'lag (1930:173) om beräkning av lagstadgad tid 1 §';

const inBoth = (write: (language: Language) => string): Text => ({ sv: write('sv'), en: write('en') });

/** An instant in words, Swedish time. */
const moment = (at: Date): Text =>
  inBoth((language) => {
    const day = formatDate(localDateOfInstant(at), language);
    return language === 'sv' ? `${day} kl. ${formatLocalTime(at)}` : `${day} at ${formatLocalTime(at)}`;
  });

const day = (date: LocalDate): Text => inBoth((language) => formatDate(date, language));

const UNITS = {
  minutes: { sv: ['minut', 'minuter'], en: ['minute', 'minutes'] },
  hours: { sv: ['timme', 'timmar'], en: ['hour', 'hours'] },
  days: { sv: ['dag', 'dagar'], en: ['day', 'days'] },
  weeks: { sv: ['vecka', 'veckor'], en: ['week', 'weeks'] },
  months: { sv: ['månad', 'månader'], en: ['month', 'months'] },
  'working-days': { sv: ['arbetsdag', 'arbetsdagar'], en: ['working day', 'working days'] },
  'office-days': {
    sv: ['hel kontorsdag', 'hela kontorsdagar'],
    en: ['whole office day', 'whole office days'],
  },
} as const satisfies Record<string, Record<Language, readonly [string, string]>>;

export type CountedUnit = keyof typeof UNITS;

/** A number with its unit: `14 dagar`, `14 days`. */
export const amount = (count: number, unit: CountedUnit): Text =>
  inBoth((language) => `${count} ${UNITS[unit][language][count === 1 ? 0 : 1]}`);

/** Minutes as hours where they are whole hours. */
export const duration = (minutes: number): Text =>
  minutes >= 60 && minutes % 60 === 0 ? amount(minutes / 60, 'hours') : amount(minutes, 'minutes');

export const ruleCited = ({ id, version, title, source, note }: RuleCitation): readonly Because[] => [
  {
    code: 'RULE',
    text: {
      sv: `Regel ${id}, version ${version}: ${title.sv}.`,
      en: `Rule ${id}, version ${version}: ${title.en}.`,
    },
  },
  {
    code: 'SOURCE',
    text: { sv: `Källa: ${source.sv}.`, en: `Source: ${source.en}.` },
    source: source.sv,
  },
  ...(note ? [{ code: 'NOTE', text: note } as const] : []),
];

export const calendarNamed = (version: string, zone: string): Because => ({
  code: 'CALENDAR',
  text: {
    sv: `Kalender: svenska helgdagar enligt lag (1989:253), version ${version}, tidszon ${zone}.`,
    en: `Calendar: Swedish public holidays by act 1989:253, version ${version}, time zone ${zone}.`,
  },
  source: 'lag (1989:253) om allmänna helgdagar',
});

export const officeHoursNamed = ({ version, label }: OfficeHours): Because => ({
  code: 'OFFICE_HOURS',
  text: {
    sv: `Öppettider: ${label ? `${label.sv}, ` : ''}version ${version}.`,
    en: `Office hours: ${label ? `${label.en}, ` : ''}version ${version}.`,
  },
});

export const startedOnDay = (date: LocalDate): Because => ({
  code: 'START',
  text: {
    sv: `Räknas från ${day(date).sv}; klockslaget är inte känt.`,
    en: `Counted from ${day(date).en}; the time of day is not known.`,
  },
  date,
});

export const startedAt = (at: Date, label?: Text): Because => ({
  code: 'START',
  text: {
    sv: `Räknas från ${label ? `${label.sv}, ` : ''}${moment(at).sv}.`,
    en: `Counted from ${label ? `${label.en}, ` : ''}${moment(at).en}.`,
  },
  date: localDateOfInstant(at),
});

export const counted = (what: Text, at: Date): Because => ({
  code: 'COUNTED',
  text: { sv: `${what.sv}: ${moment(at).sv}.`, en: `${what.en}: ${moment(at).en}.` },
  date: localDateOfInstant(at),
});

export const countedToDay = (what: Text, date: LocalDate, source?: string): Because => ({
  code: 'COUNTED',
  text: {
    sv: `Startdagen räknas inte; ${what.sv} därefter är ${day(date).sv}.`,
    en: `The first day is not counted; ${what.en} later is ${day(date).en}.`,
  },
  ...(source === undefined ? {} : { source }),
  date,
});

export const endOfDayReached = (date: LocalDate): Because => ({
  code: 'COUNTED',
  text: { sv: `Till slutet av ${day(date).sv}.`, en: `Until the end of ${day(date).en}.` },
  date,
});

export const lateInTheDay = (from: string, date: LocalDate): Because => ({
  code: 'LATE_IN_THE_DAY',
  text: {
    sv: `Inkom kl. ${from} eller senare, därför till slutet av ${day(date).sv}.`,
    en: `It came at ${from} or later, hence until the end of ${day(date).en}.`,
  },
  date,
});

export const monthHasNoSuchDay = (number: number, date: LocalDate): Because => ({
  code: 'MONTH_HAS_NO_SUCH_DAY',
  text: {
    sv: `Månaden har ingen dag ${number}, därför gäller månadens sista dag.`,
    en: `The month has no day ${number}, so its last day holds.`,
  },
  source: COUNTING_LAW,
  date,
});

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Begins a sentence. */
const dayWithReason = (date: LocalDate): Text => {
  const why = whyNotWorkingDay(date);
  return inBoth((language) => {
    const reason = why?.[language] ?? '';
    const written = capitalised(formatDate(date, language));
    // "lördag 20 juni 2026 är lördag" says nothing.
    const plain = reason === '' || written.toLowerCase().startsWith(reason.toLowerCase().replace('a ', ''));
    if (language === 'sv') return plain ? `${written} är inte en vardag` : `${written} är ${reason}`;
    return plain ? `${written} is not a working day` : `${written} is ${reason}`;
  });
};

export const rolledDay = (date: LocalDate): Because => {
  const text = dayWithReason(date);
  return { code: 'ROLLED_DAY', text: { sv: `${text.sv}.`, en: `${text.en}.` }, source: ROLLING_LAW, date };
};

export const skippedDay = (date: LocalDate): Because => {
  const text = dayWithReason(date);
  return {
    code: 'DAY_NOT_COUNTED',
    text: { sv: `${text.sv} och räknas inte.`, en: `${text.en} and does not count.` },
    date,
  };
};

export const rolledTo = (date: LocalDate): Because => ({
  code: 'ROLLED_TO',
  text: {
    sv: `Åtgärden får vidtas nästa vardag, ${day(date).sv}.`,
    en: `The action may be taken on the next working day, ${day(date).en}.`,
  },
  source: ROLLING_LAW,
  date,
});

export const notRolled = (date: LocalDate): Because => {
  const text = dayWithReason(date);
  return {
    code: 'NOT_ROLLED',
    text: { sv: `${text.sv}; tiden flyttas inte.`, en: `${text.en}; the time does not move.` },
    date,
  };
};

export const lapses = (unrolled: LocalDate, rolled: LocalDate): Because => ({
  code: 'LAPSES',
  text: {
    sv: `Åtgärden förfaller när tiden gått ut: larm går redan ${day(unrolled).sv}, fast lagen medger till ${day(rolled).sv}.`,
    en: `The measure lapses with the period: the alarm is for ${day(unrolled).en} already, though the law allows until ${day(rolled).en}.`,
  },
  source: ROLLING_LAW,
  date: rolled,
});

export const notKnown = (label: Text): Because => ({
  code: 'NOT_KNOWN',
  text: { sv: `Inte känt: ${label.sv}.`, en: `Not known: ${label.en}.` },
});

export const chosen = (which: 'earliest' | 'latest', at: Date): Because => ({
  code: 'CHOSEN',
  text: {
    sv: `${which === 'earliest' ? 'Det tidigaste' : 'Det senaste'} gäller: ${moment(at).sv}.`,
    en: `The ${which} holds: ${moment(at).en}.`,
  },
  date: localDateOfInstant(at),
});

export const dueAtLast = (at: Date): Because => ({
  code: 'DUE',
  text: { sv: `Senast ${moment(at).sv}, svensk tid.`, en: `Due ${moment(at).en}, Swedish time.` },
  date: localDateOfInstant(at),
});
