import { type Result, refuse, succeed } from '../refusals/index.js';
import type { UnitId } from '../routing/index.js';
import { type CalledMatter, lateUnit } from './call-rung.decision.js';
import { type CustodyChanges, changes } from './changes.js';
import { type DecisionContext, functionOf } from './decision-context.js';
import type { HandoffFacts } from './facts.js';

/** Whose move it is: by the deadline that is due first; of a matter without one, the unit that answers for it. */
export function whoseMove(matter: CalledMatter, handoff: HandoffFacts | null): UnitId {
  const [first] = [...matter.deadlines].sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  return first === undefined ? matter.holderUnit : lateUnit(first, handoff);
}

/**
 * A coordinator reminds the unit whose move it is. It changes nothing else: no status, no deadline, no responsibility
 * (C2, C3). Refuses NO_MANDATE to anyone but a coordinator, and MATTER_CLOSED.
 */
export function decideNudge(
  context: DecisionContext,
  matter: CalledMatter,
  handoff: HandoffFacts | null,
): Result<CustodyChanges> {
  if (!context.actor.roles.includes('coordinator')) return refuse('NO_MANDATE');
  if (matter.closedAt !== null) return refuse('MATTER_CLOSED');
  const unit = whoseMove(matter, handoff);
  return succeed(
    changes({
      events: [
        {
          chain: 'matter',
          handoffId: null,
          matterId: matter.id,
          kind: 'nudged',
          function: functionOf(context.actor),
          reason: null,
          data: { unit },
          contentDigest: null,
        },
      ],
      notifications: [
        { deadlineId: null, rung: 0, unitId: unit, function: 'on-duty', kind: 'nudge', ringUnit: null },
      ],
    }),
  );
}
