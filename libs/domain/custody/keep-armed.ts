import type { UnitId } from '../routing/index.js';
import { armDeadline } from './arm-deadline.js';
import { type CustodyChanges, changes, together } from './changes.js';
import { authorityOf, type DecisionContext } from './decision-context.js';
import type { MatterFacts } from './facts.js';

/**
 * C3: an open matter always has an armed deadline. Where the change leaves none, a review is armed every 14 days
 * (DESIGN 13). A recurring review that was met or called is armed anew in the same way.
 */
export function keepArmed(
  context: DecisionContext,
  matter: MatterFacts,
  change: CustodyChanges,
): CustodyChanges {
  const closes = change.matterChanges.some(({ id, closes }) => id === matter.id && closes);
  const ended = new Set(change.deadlinesEnded.map(({ id }) => id));
  const left = matter.deadlines.filter(({ id, nextCallAt }) => !ended.has(id) && nextCallAt !== null);
  const opened = change.deadlinesOpened.filter(({ matterId }) => matterId === matter.id);
  if (matter.closedAt !== null || closes || left.length > 0 || opened.length > 0) return change;
  const holder = holderAfter(matter, change);
  return together([
    change,
    changes({
      deadlinesOpened: [
        armDeadline(context, {
          rule: 'review',
          ladder: 'office',
          matterId: matter.id,
          handoffId: null,
          startEvent: 'last-review',
          startAt: context.now,
          dutyHolder: authorityOf(context.snapshot, holder, context.now),
          askedOf: holder,
          officeOf: holder,
        }),
      ],
    }),
  ]);
}

function holderAfter(matter: MatterFacts, change: CustodyChanges): UnitId {
  return change.spells.find(({ matterId }) => matterId === matter.id)?.unitId ?? matter.holderUnit;
}
