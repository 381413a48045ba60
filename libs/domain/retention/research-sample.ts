import { type LocalDate, parseLocalDate } from '#calendar';

/** Whether somebody was born on a day of the sample; `unknown` where nobody wrote the day down. */
export type SampleDay = 'yes' | 'no' | 'unknown';

const SAMPLE_DAYS: readonly number[] = [5, 15, 25];

/** Where everybody's file is kept for research, instead of a sample (SoF 13:1, domain.md B8). */
const EVERYBODY_IN = {
  counties: ['Östergötlands län', 'Gotlands län', 'Västernorrlands län'],
  municipalities: ['Göteborg'],
} as const;

/** Whether the research sample of this municipality takes everybody, or those born on the 5th, 15th and 25th. */
export function sampleSchemeOf(place: {
  readonly municipality: string;
  readonly county: string;
}): 'everybody' | 'birth-days' {
  const { counties, municipalities } = EVERYBODY_IN;
  return counties.some((name) => name === place.county) ||
    municipalities.some((name) => name === place.municipality)
    ? 'everybody'
    : 'birth-days';
}

/** Whether a person born on this day belongs to the sample: born on the 5th, 15th or 25th of any month. */
export function isSampleDay(bornOn: LocalDate): boolean {
  return SAMPLE_DAYS.includes(Number(bornOn.slice(8, 10)));
}

/** The same for a birth date as it was written down: what is no date of the calendar is unknown. */
export function sampleDayOf(bornOn: unknown): SampleDay {
  const date = typeof bornOn === 'string' ? parseLocalDate(bornOn) : undefined;
  if (date === undefined) return 'unknown';
  return isSampleDay(date) ? 'yes' : 'no';
}
