import { instantOrNever } from '#database';

/** Instants of the record are kept to the millisecond, as JavaScript can hold them. */
export const instant = { type: 'timestamptz', precision: 3 } as const;

/** An end that has not come is `infinity`, so that "still open" is a value that a key can hold. */
export const untilNever = { ...instant, default: () => `'infinity'`, transformer: instantOrNever } as const;
