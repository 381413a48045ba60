import { RecordFiguresSchema } from '#contracts';
import { expectTold } from '../stage/not-as-told.js';
import type { Stage } from '../stage/stage.js';

/** What must always be true, counted over the whole record as coordination sees it. */
export async function theFigures(stage: Stage): Promise<void> {
  const { timeline } = stage;
  timeline.chapter({ sv: '11. Räknat efteråt', en: '11. Counted afterwards' });
  const coordinator = await stage.as('coordination-coordinator');
  const figures = await coordinator.get('/verify', RecordFiguresSchema);
  const offending = figures.checks.filter((check) => check.offending > 0);
  expectTold(offending.length === 0, 'no check to find anything', offending);
  expectTold(figures.unownedMinutes === 0, 'no unowned minute', figures.unownedMinutes);
  expectTold(figures.ok, 'the record to be as it must be', figures);
  const { matters, spells, unownedMinutes, checks } = figures;
  timeline.line({
    sv: `  ${matters.open + matters.closed} ärenden (${matters.open} öppna), ${spells} ansvarstider, ${checks.length} kontroller utan anmärkning.`,
    en: `  ${matters.open + matters.closed} matters (${matters.open} open), ${spells} spells of responsibility, ${checks.length} checks without remark.`,
  });
  timeline.line({
    sv: `  Minuter utan ansvarig enhet: ${unownedMinutes}`,
    en: `  Minutes without a responsible unit: ${unownedMinutes}`,
  });
}
