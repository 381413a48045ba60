import type { LocalTime } from './local-time.js';
import type { Text } from './text.js';

/**
 * What happens when the last day is not a working day.
 * - `none`: nothing; the day stands.
 * - `next-working-day`: the last day for an action by a party moves (lag 1930:173 2 §).
 * - `lapse`: the law would let it move, but a measure lapses with the period: whoever must act is called on the
 *   unrolled day, and the rolled day is shown beside it.
 */
export type Roll = 'none' | 'next-working-day' | 'lapse';

/** An event beside the start that a period depends on; the context gives its instant under `id`. */
export interface NamedEvent {
  readonly id: string;
  readonly label: Text;
}

/** How long somebody has, as data. Counted from a start that is a day or an instant; see `due`. */
export type Period =
  /** at the start itself */
  | { readonly kind: 'at-once' }
  /** real minutes, by day and night */
  | { readonly kind: 'minutes'; readonly count: number }
  /** the end of the start's own day; a start from `late.from` has until the end of a later day */
  | { readonly kind: 'same-day'; readonly late?: { readonly from: LocalTime; readonly days: number } }
  | { readonly kind: 'days'; readonly count: number; readonly roll: Roll }
  | { readonly kind: 'weeks'; readonly count: number; readonly roll: Roll }
  /** the day with the same number, else the last of the month (lag 1930:173 1 §) */
  | { readonly kind: 'months'; readonly count: number; readonly roll: Roll }
  /** the end of the `count`-th working day after the start's day */
  | { readonly kind: 'working-days'; readonly count: number }
  /** minutes while the unit is open */
  | { readonly kind: 'office-minutes'; readonly count: number }
  /** the end of the `count`-th office day that begins at or after the start */
  | { readonly kind: 'office-days'; readonly count: number }
  /** the next time the unit opens */
  | { readonly kind: 'next-opening' }
  /** at once while the unit is open, else the next time it opens */
  | { readonly kind: 'when-open' }
  /** the end of the office day under way, else of the next */
  | { readonly kind: 'first-office-day' }
  /** a time of the day (12:00) on the first office day: the one under way, else the next */
  | { readonly kind: 'first-office-day-at'; readonly time: LocalTime }
  /** an instant that the context may know (`needed-before`); skipped in a choice when it does not */
  | { readonly kind: 'known-instant'; readonly event: NamedEvent }
  /** `period`, counted from another event of the context when it knows it, else from the start */
  | { readonly kind: 'from-event'; readonly event: NamedEvent; readonly period: Period }
  /** `next`, counted from when `first` ends */
  | { readonly kind: 'then'; readonly first: Period; readonly next: Period }
  | { readonly kind: 'earliest'; readonly of: readonly Period[] }
  | { readonly kind: 'latest'; readonly of: readonly Period[] };

const wholeFrom = (count: number, least: number): readonly string[] =>
  Number.isInteger(count) && count >= least ? [] : [`${count} is not a whole number from ${least}.`];

/** What is wrong with a period, one sentence each; empty is right. For a registry checked at boot. */
export const validatePeriod = (period: Period): readonly string[] => {
  switch (period.kind) {
    case 'minutes':
    case 'office-minutes':
    case 'days':
    case 'weeks':
    case 'months':
    case 'working-days':
    case 'office-days':
      return wholeFrom(period.count, 1);
    case 'same-day':
      return period.late ? wholeFrom(period.late.days, 1) : [];
    case 'from-event':
      return validatePeriod(period.period);
    case 'then':
      return [...validatePeriod(period.first), ...validatePeriod(period.next)];
    case 'earliest':
    case 'latest':
      return [
        ...(period.of.some(({ kind }) => kind !== 'known-instant')
          ? []
          : ['A choice needs a part that is always known.']),
        ...period.of.flatMap(validatePeriod),
      ];
    case 'at-once':
    case 'next-opening':
    case 'when-open':
    case 'first-office-day':
    case 'first-office-day-at':
    case 'known-instant':
      return [];
  }
};

/** Whether a period can be computed only with the hours of a unit. */
export const needsOfficeHours = (period: Period): boolean => {
  switch (period.kind) {
    case 'office-minutes':
    case 'office-days':
    case 'next-opening':
    case 'when-open':
    case 'first-office-day':
    case 'first-office-day-at':
      return true;
    case 'from-event':
      return needsOfficeHours(period.period);
    case 'then':
      return needsOfficeHours(period.first) || needsOfficeHours(period.next);
    case 'earliest':
    case 'latest':
      return period.of.some(needsOfficeHours);
    case 'at-once':
    case 'minutes':
    case 'same-day':
    case 'days':
    case 'weeks':
    case 'months':
    case 'working-days':
    case 'known-instant':
      return false;
  }
};
