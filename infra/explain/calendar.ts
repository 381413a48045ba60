import {
  daysOfYear,
  FIRST_YEAR,
  formatDate,
  holidayName,
  isWorkingDay,
  LAST_YEAR,
  type Language,
  type LocalDate,
} from '#calendar';
import { readQuestion, type Subcommand, UnclearQuestion } from './subcommand.js';

const USAGE = 'calendar YEAR…';

const readYear = (text: string): number => {
  const year = Number(text);
  if (/^\d{4}$/.test(text) && year >= FIRST_YEAR && year < LAST_YEAR) return year;
  throw new UnclearQuestion(`"${text}" is not a year from ${FIRST_YEAR} to ${LAST_YEAR - 1}.`);
};

const WORDS = {
  sv: { working: 'arbetsdag', off: 'ej arbetsdag' },
  en: { working: 'working day', off: 'not a working day' },
} as const;

const asJson = (date: LocalDate, language: Language): string =>
  JSON.stringify({ date, workingDay: isWorkingDay(date), name: holidayName(date)?.[language] ?? null });

const asText = (date: LocalDate, language: Language): string => {
  const { working, off } = WORDS[language];
  const name = holidayName(date)?.[language];
  const standing = isWorkingDay(date) ? working : off;
  return `${date}  ${formatDate(date, language)}: ${standing}${name === undefined ? '' : `, ${name}`}`;
};

/** `explain -- calendar 2026`: every day of a year, whether it is a working day, and its name if it is a holiday. */
export const calendarSubcommand: Subcommand = {
  usage: USAGE,
  run(args, output) {
    const { words, json, language } = readQuestion(args);
    if (words.length === 0) throw new UnclearQuestion(`Name at least one year: ${USAGE}.`);
    for (const date of words.map(readYear).flatMap(daysOfYear)) {
      output.line(json ? asJson(date, language) : asText(date, language));
    }
    return 0;
  },
};
