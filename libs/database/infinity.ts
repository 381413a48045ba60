import type { ValueTransformer } from 'typeorm';

/** An instant, or no end: PostgreSQL's `infinity`, which pg reads as the number Infinity. */
export type InstantOrNever = Date | number;

/** True while nothing has ended it: the column still holds `infinity`. */
export function isNever(instant: InstantOrNever): boolean {
  return typeof instant === 'number';
}

/**
 * Lets the number Infinity through: pg writes it as `Infinity`, which PostgreSQL takes. As text it would not get there,
 * since TypeORM reads any text given for a timestamp as a date (seen with 1.1.1: `0NaN-NaN-NaN`).
 */
export const instantOrNever: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => value,
};
