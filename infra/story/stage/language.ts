import { type LocalDate, localDateTimeOf } from '#calendar';

export type Language = 'sv' | 'en';

/** A sentence in both languages of the house. */
export interface Said {
  readonly sv: string;
  readonly en: string;
}

const ZONE = 'Europe/Stockholm';

/** The hour and minute as they are written in Swedish (`02.40`) or English (`02:40`), Europe/Stockholm. */
export function clockTime(instant: Date, language: Language): string {
  const { hour, minute } = localDateTimeOf(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(hour)}${language === 'sv' ? '.' : ':'}${two(minute)}`;
}

/** `fredag 25 december 2026`, or the same in English; Europe/Stockholm. */
export function dayInWords(instant: Date, language: Language): string {
  return new Intl.DateTimeFormat(language === 'sv' ? 'sv-SE' : 'en-GB', {
    timeZone: ZONE,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(instant);
}

/** `28 december kl. 10.00`, as it is said of a time on another day. */
export function dayAndTime(instant: Date, language: Language): string {
  const day = new Intl.DateTimeFormat(language === 'sv' ? 'sv-SE' : 'en-GB', {
    timeZone: ZONE,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(instant);
  return language === 'sv'
    ? `${day} kl. ${clockTime(instant, language)}`
    : `${day} at ${clockTime(instant, language)}`;
}

/** The local day of an instant. */
export function dayOf(instant: Date): LocalDate {
  return localDateTimeOf(instant).date;
}
