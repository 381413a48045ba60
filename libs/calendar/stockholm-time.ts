import { addDays, type LocalDate, localDateOf } from './local-date.js';
import type { LocalTime } from './local-time.js';
import { minutesOf } from './local-time.js';

/** The zone of every local day and time of the calendar. */
export const ZONE = 'Europe/Stockholm';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** What a clock on a Stockholm wall shows. */
export interface LocalDateTime {
  readonly date: LocalDate;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** The local time at an instant by the zone's rules, as if it were UTC. Slow: asked only to find the changes. */
const wallByRules = (instantMs: number): number => {
  const parts = new Map(CLOCK.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
};

const offsetByRules = (instantMs: number): number => (wallByRules(instantMs) - instantMs) / MINUTE_MS;

interface OffsetSpell {
  readonly fromMs: number;
  readonly offset: number;
}

/** The first whole minute in (from, to] with the offset that holds at `to`. */
const changeBetween = (fromMs: number, toMs: number): number => {
  const offset = offsetByRules(toMs);
  let [before, after] = [fromMs / MINUTE_MS, toMs / MINUTE_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetByRules(middle * MINUTE_MS) === offset) after = middle;
    else before = middle;
  }
  return after * MINUTE_MS;
};

/** The spells of one offset in a year of UTC. Clocks change at most once a month. */
const spellsOfYear = (year: number): readonly OffsetSpell[] => {
  const months = Array.from({ length: 13 }, (_, month) => Date.UTC(year, month, 1));
  const spells: OffsetSpell[] = [];
  for (const month of months) {
    const offset = offsetByRules(month);
    const last = spells.at(-1);
    if (!last) spells.push({ fromMs: month, offset });
    else if (last.offset !== offset) {
      const start = months[months.indexOf(month) - 1] ?? last.fromMs;
      spells.push({ fromMs: changeBetween(start, month), offset });
    }
  }
  return spells;
};

const knownSpells = new Map<number, readonly OffsetSpell[]>();

const offsetMinutes = (instantMs: number): number => {
  const year = new Date(instantMs).getUTCFullYear();
  const spells = knownSpells.get(year) ?? spellsOfYear(year);
  knownSpells.set(year, spells);
  return spells.findLast(({ fromMs }) => fromMs <= instantMs)?.offset ?? offsetByRules(instantMs);
};

/** How far Stockholm is ahead of UTC at an instant, in minutes: 60 in winter, 120 in summer. */
export const offsetMinutesAt = (instant: Date): number => offsetMinutes(instant.getTime());

/** The local day and time of an instant. Total: every instant has exactly one. */
export const localDateTimeOf = (instant: Date): LocalDateTime => {
  const wall = new Date(instant.getTime() + offsetMinutesAt(instant) * MINUTE_MS);
  return {
    date: localDateOf(wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate()),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    millisecond: wall.getUTCMilliseconds(),
  };
};

/** The local day of an instant. */
export const localDateOfInstant = (instant: Date): LocalDate => localDateTimeOf(instant).date;

const asIfUtc = (local: LocalDateTime): number =>
  Date.parse(`${local.date}T00:00:00Z`) +
  ((local.hour * 60 + local.minute) * 60 + local.second) * 1000 +
  local.millisecond;

/** Which of the two instants an ambiguous local time means (the night clocks go back). */
export type Occurrence = 'first' | 'second';

const instantOfWall = (wallMs: number, occurrence: Occurrence): Date => {
  const before = offsetMinutesAt(new Date(wallMs - DAY_MS));
  const after = offsetMinutesAt(new Date(wallMs + DAY_MS));
  const candidates = [...new Set([before, after])]
    .map((offset) => ({ offset, instant: new Date(wallMs - offset * MINUTE_MS) }))
    .filter(({ offset, instant }) => offsetMinutesAt(instant) === offset)
    .map(({ instant }) => instant)
    .sort((a, b) => a.getTime() - b.getTime());
  const chosen = occurrence === 'first' ? candidates[0] : candidates.at(-1);
  return chosen ?? new Date(wallMs - before * MINUTE_MS);
};

/**
 * The instant of a local time. The two nights of the year when clocks change:
 * - a time that does not exist (29 March 2026 02:30) is read with the offset before the change, so it falls as
 *   long after the jump as it was after 02:00 (03:30);
 * - a time that exists twice (25 October 2026 02:30) is the first of the two unless `second` is asked for.
 */
export const instantOf = (date: LocalDate, time: LocalTime, occurrence: Occurrence = 'first'): Date =>
  instantOfWall(Date.parse(`${date}T00:00:00Z`) + minutesOf(time) * MINUTE_MS, occurrence);

/** As `instantOf`, to the millisecond: the inverse of `localDateTimeOf` except in the repeated hour. */
export const instantOfLocal = (local: LocalDateTime, occurrence: Occurrence = 'first'): Date =>
  instantOfWall(asIfUtc(local), occurrence);

/** The first instant of a local day. */
export const startOfDay = (date: LocalDate): Date => instantOfWall(Date.parse(`${date}T00:00:00Z`), 'first');

/**
 * The last millisecond of a local day: what "by the day" means. Not the next midnight, so that the local day of
 * a due instant is its due day. Whatever is done at or before it is in time.
 */
export const endOfDay = (date: LocalDate): Date => new Date(startOfDay(addDays(date, 1)).getTime() - 1);

/** The instant with Stockholm's offset written out: `2026-06-22T23:59:59.999+02:00`. */
export const formatLocalInstant = (instant: Date): string => {
  const offset = offsetMinutesAt(instant);
  const wall = new Date(instant.getTime() + offset * MINUTE_MS).toISOString().slice(0, -1);
  return `${wall}+${String(Math.floor(offset / 60)).padStart(2, '0')}:${String(offset % 60).padStart(2, '0')}`;
};

/** The local time of an instant, `HH:MM`. */
export const formatLocalTime = (instant: Date): string => formatLocalInstant(instant).slice(11, 16);
