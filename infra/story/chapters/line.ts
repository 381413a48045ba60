import type { ResponsibilityLine } from '#contracts';
import { clockTime, dayOf, type Language } from '../stage/language.js';
import { expectTold } from '../stage/not-as-told.js';

type Spell = ResponsibilityLine['spells'][number];

/** C1, to the millisecond that the wire carries: each spell begins at the very instant the one before ended. */
export function expectUnbroken(spells: readonly Spell[], openedAt: string, closedAt: string): void {
  expectTold(spells.length > 0, 'somebody to have answered');
  expectTold(spells[0]?.from === openedAt, 'the line to begin with the matter', [spells[0]?.from, openedAt]);
  spells.forEach(({ until }, index) => {
    const next = spells[index + 1]?.from ?? closedAt;
    expectTold(until === next, 'each spell to end as the next begins', [until, next]);
  });
}

/** The line as text: who answered, from when, and when it was closed. */
export function drawn(spells: readonly Spell[], language: Language): string {
  const last = spells.at(-1);
  const times = spells.map(({ from }, index) => {
    const before = spells[index - 1]?.from;
    return timeOf(from, before, language);
  });
  const boxes = spells.map(({ unit }, index) => `${times[index]} ${unit}`);
  const end =
    last?.until === null || last === undefined ? '' : ` ──■ ${timeOf(last.until, last.from, language)}`;
  return `${boxes.join(' ──▶ ')}${end}`;
}

/** The time, with its day where that is another than the one before. */
function timeOf(at: string, before: string | undefined, language: Language): string {
  const instant = new Date(at);
  const time = clockTime(instant, language);
  if (before !== undefined && dayOf(new Date(before)) === dayOf(instant)) return time;
  const day = new Intl.DateTimeFormat(language === 'sv' ? 'sv-SE' : 'en-GB', {
    timeZone: 'Europe/Stockholm',
    day: 'numeric',
    month: 'short',
  }).format(instant);
  return `${day} ${time}`;
}
