import type { ValueTransformer } from 'typeorm';

/** An instant, or no end: PostgreSQL's `infinity`, which pg reads as the number Infinity. */
export type InstantOrNever = Date | number;

/** True while nothing has ended it: the column still holds `infinity`. */
export function isNever(instant: InstantOrNever): boolean {
  return typeof instant === 'number';
}

/** Writes the number Infinity as PostgreSQL's `infinity`; dates pass. */
export const instantOrNever: ValueTransformer = {
  to: (value: unknown) => (value === Number.POSITIVE_INFINITY ? 'infinity' : value),
  from: (value: unknown) => value,
};
