import { type Ladder, STAFFED_AT_ANY_HOUR } from '../routes/index.js';
import type { DomainData } from './domain-data.js';

/** Every ladder begins with who is asked and who answers, climbs, and ends with somebody who is there (C3). */
export function ladderDefects(data: DomainData): string[] {
  return Object.entries(data.ladders).flatMap(([name, ladder]) => defectsOf(name, ladder));
}

function defectsOf(name: string, ladder: Ladder): string[] {
  const defects: string[] = [];
  const [first] = ladder;
  if (first.minutesAfterDue !== 0) defects.push(`ladder ${name} does not begin when the deadline is due`);
  if (!first.tells.includes('asked-of') || !first.tells.includes('responsible-unit')) {
    defects.push(`ladder ${name} does not begin with who is asked and the responsible unit`);
  }
  for (const [index, rung] of ladder.entries()) {
    const below = ladder[index - 1];
    if (below !== undefined && rung.minutesAfterDue <= below.minutesAfterDue) {
      defects.push(`ladder ${name}: rung ${index} does not come after the one below`);
    }
  }
  if (!ladder.at(-1)?.tells.some((who) => STAFFED_AT_ANY_HOUR.includes(who))) {
    defects.push(`ladder ${name} does not end with a function that is staffed at any hour`);
  }
  return defects;
}
