import { CalendarError } from './calendar-error.js';

declare const localTimeBrand: unique symbol;

/** A time of the local day, `HH:MM`, 00:00 to 24:00 (the end of the day). */
export type LocalTime = string & { readonly [localTimeBrand]: true };

const isLocalTime = (text: string): text is LocalTime => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text);

/** The time named by `HH:MM`, or undefined. */
export const parseLocalTime = (text: string): LocalTime | undefined => (isLocalTime(text) ? text : undefined);

/** A time written in code, `localTimeOf(16, 30)`; throws `OUT_OF_RANGE` for one that no clock shows. */
export const localTimeOf = (hour: number, minute: number): LocalTime => {
  const text = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  if (!isLocalTime(text)) throw new CalendarError('OUT_OF_RANGE', `${text} is not a time of the day.`);
  return text;
};

/** Minutes from midnight by the clock on the wall: 0 to 1440. */
export const minutesOf = (time: LocalTime): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
