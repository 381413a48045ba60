import { isOpen } from '#calendar';
import { HAND_BACK_REASONS } from '../reasons/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { type Route, routeById } from '../routes/index.js';
import { type DirectorySnapshot, hoursOf, type UnitId, unitWithId } from '../routing/index.js';
import { type DecisionContext, refusalOfUnit } from './decision-context.js';
import type { DispatchPlanItem, MatterFacts } from './facts.js';

const MINUTE = 60_000;

/** Where the route asks for it, that the receiver is open and stays open long enough (DESIGN 13). */
export function isOpenLongEnough(
  snapshot: DirectorySnapshot,
  route: Pick<Route, 'onlyWhileOpen'>,
  unit: UnitId,
  at: Date,
): boolean {
  if (route.onlyWhileOpen === null) return true;
  const hours = hoursOf(snapshot, unit)?.hours;
  if (hours === undefined) return false;
  const later = new Date(at.getTime() + route.onlyWhileOpen.minutesLeft * MINUTE);
  return isOpen(hours, at) && isOpen(hours, later);
}

/**
 * The route of an item of a dispatch, if the matter may travel it now. Refuses NO_ROUTE when it is not the one between
 * these kinds of unit, UNKNOWN_UNIT, UNIT_ENDED, UNIT_NOT_YET, UNIT_EXTERNAL, RECEIVER_CLOSED with the route that is
 * taken instead, and what {@link mayHandOver} refuses.
 */
export function mayTravel(
  { snapshot, now, actor }: DecisionContext,
  matter: MatterFacts,
  item: DispatchPlanItem,
): Result<Route> {
  const route = routeById(item.route);
  const [from, to] = [unitWithId(snapshot, actor.unit), unitWithId(snapshot, item.toUnit)];
  if (to === undefined) return refuse('UNKNOWN_UNIT');
  // Nobody hands over to herself.
  if (item.toUnit === actor.unit) return refuse('NO_ROUTE');
  if (route?.matterKind !== matter.kind || route.from !== from?.kind || route.to !== to.kind) {
    return refuse('NO_ROUTE');
  }
  // A route is about one kind of person: its fields and grounds are not another's.
  if (route.subject !== matter.subjectRole) return refuse('NO_ROUTE');
  const unoffered = refusalOfUnit(snapshot, item.toUnit, now);
  if (unoffered !== null) return refuse(unoffered);
  if (to.external.length > 0 && route.custody !== 'attested') return refuse('UNIT_EXTERNAL');
  if (!isOpenLongEnough(snapshot, route, item.toUnit, now)) {
    return refuse('RECEIVER_CLOSED', {
      current: { otherwise: route.onlyWhileOpen?.otherwise ?? null },
    });
  }
  const handed = mayHandOver(snapshot, route, matter, item);
  return handed.ok ? succeed(route) : handed;
}

/**
 * Whether the holder may hand the matter back or on this way, for this reason. Back goes to the unit that it came
 * from, or that unit's successor, by the way back of the route it came by. Refuses HAND_BACK_NOT_ALLOWED,
 * REASON_REQUIRED and REASON_NOT_ALLOWED; a first forwarding has no reason.
 */
function mayHandOver(
  snapshot: DirectorySnapshot,
  route: Route,
  { taken }: MatterFacts,
  { toUnit, reason }: DispatchPlanItem,
): Result<null> {
  const wayBack = taken === null ? undefined : routeById(taken.route)?.wayBack;
  const isWayBack = wayBack !== undefined && wayBack.kind !== 'never-left' && wayBack.route === route.id;
  if (route.direction === 'hand-back') {
    const cameFrom = taken === null ? undefined : unitWithId(snapshot, taken.fromUnit);
    const isWhereFrom = cameFrom?.id === toUnit || cameFrom?.successors.includes(toUnit) === true;
    if (!isWayBack || !isWhereFrom) return refuse('HAND_BACK_NOT_ALLOWED');
  }
  if (reason === null) return route.direction === 'forward' ? succeed(null) : refuse('REASON_REQUIRED');
  const reasons: readonly string[] = isWayBack
    ? wayBack.reasons
    : route.direction === 'hand-on'
      ? onwardReasons(route)
      : [];
  return reasons.includes(reason) ? succeed(null) : refuse('REASON_NOT_ALLOWED');
}

/** On to the right unit of the same kind: what the route's own way back names, which is the same for its kind. */
function onwardReasons({ wayBack }: Route): readonly string[] {
  return wayBack.kind === 'never-left' ? Object.keys(HAND_BACK_REASONS) : wayBack.reasons;
}
