import { isDeadlineRuleId } from '../deadlines/index.js';
import type { DeadlinePurpose, Route, RouteSide } from '../routes/index.js';
import type { UnitId } from '../routing/index.js';
import { armDeadline } from './arm-deadline.js';
import type { DeadlineOpened } from './changes.js';
import { authorityOf, type DecisionContext } from './decision-context.js';
import type { HandoffId, MatterId } from './ids.js';

export interface HandoffParties {
  readonly id: HandoffId;
  readonly matterId: MatterId;
  readonly fromUnit: UnitId;
  readonly toUnit: UnitId;
  readonly neededBefore: Date | null;
}

/** Arms the route's deadline for a purpose; nothing when the route has none. */
export function armForRoute(
  context: DecisionContext,
  route: Route,
  purpose: DeadlinePurpose,
  handoff: HandoffParties,
  start: { readonly event: string; readonly at: Date; readonly incidentAt?: Date },
): DeadlineOpened[] {
  const wanted = route.deadlines[purpose];
  if (wanted === undefined) return [];
  const unitOn = (side: RouteSide) => (side === 'receiving-unit' ? handoff.toUnit : handoff.fromUnit);
  return [
    armDeadline(context, {
      rule: wanted.rule,
      ladder: wanted.ladder,
      matterId: handoff.matterId,
      handoffId: handoff.id,
      startEvent: start.event,
      startAt: start.at,
      dutyHolder: authorityOf(context.snapshot, unitOn(wanted.dutyHolder), context.now),
      askedOf: unitOn(wanted.askedOf),
      officeOf: unitOn(wanted.dutyHolder),
      events: {
        'needed-before': wanted.cappedByNeededBefore ? (handoff.neededBefore ?? undefined) : undefined,
        incident: start.incidentAt,
      },
    }),
  ];
}

/** True for a duty that the law gives and no command of a unit lifts: the D-numbers (C9). */
export function isStatutoryDuty(rule: string): boolean {
  return isDeadlineRuleId(rule) && /^D-0[1-4]$/.test(rule);
}
