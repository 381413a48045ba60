import { formatLocalInstant, isOpen, localDateOfInstant, nextOpening } from '#calendar';
import { unitWithId } from './catchment.js';
import { isInForce, type UnitId } from './directory-id.js';
import type { DirectorySnapshot, Unit, UnitHours } from './directory-snapshot.js';
import { because, type RoutingReason } from './routing-reason.js';

/** The hours of a unit as libs/calendar reads them; undefined if they are not known. */
export function hoursOf(snapshot: DirectorySnapshot, unit: UnitId): UnitHours | undefined {
  return snapshot.officeHours.find((one) => one.unit === unit);
}

/** Whether the unit is staffed at the instant; undefined if its hours are not known. */
export function isStaffed(snapshot: DirectorySnapshot, unit: UnitId, at: Date): boolean | undefined {
  const hours = hoursOf(snapshot, unit);
  return hours === undefined ? undefined : isOpen(hours.hours, at);
}

export interface StaffedUnit {
  readonly unit: Unit;
  readonly because: readonly RoutingReason[];
}

const LONGEST_CHAIN = 5;

/**
 * The unit itself if it is staffed at the instant, else the first function along its fallbacks that is;
 * undefined if none is known to be (C3: a ladder must end with a function that is staffed at that hour).
 */
export function staffedUnitAt(snapshot: DirectorySnapshot, id: UnitId, at: Date): StaffedUnit | undefined {
  const reasons: RoutingReason[] = [];
  const day = localDateOfInstant(at);
  let unit = unitWithId(snapshot, id);
  for (let step = 0; unit !== undefined && isInForce(unit, day) && step < LONGEST_CHAIN; step += 1) {
    reasons.push(whetherOpen(snapshot, unit, at));
    if (isStaffed(snapshot, unit.id, at) === true) return { unit, because: reasons };
    unit = unit.fallback === null ? undefined : unitWithId(snapshot, unit.fallback);
  }
  return undefined;
}

/** One sentence on whether the unit is open at the instant, by which hours, and when it opens next. */
export function whetherOpen(snapshot: DirectorySnapshot, unit: Unit, at: Date): RoutingReason {
  const hours = hoursOf(snapshot, unit.id);
  if (hours === undefined) {
    return because(
      'HOURS_NOT_KNOWN',
      { sv: `När ${unit.name} är bemannad är inte känt.`, en: `When ${unit.name} is staffed is not known.` },
      unit.evidence,
    );
  }
  const [sv, en] = hours.isAssumed ? [' (tiderna är antagna)', ' (assumed hours)'] : ['', ''];
  if (isOpen(hours.hours, at)) {
    return because(
      'OPEN_NOW',
      { sv: `${unit.name} är bemannad nu${sv}.`, en: `${unit.name} is staffed now${en}.` },
      hours.evidence,
    );
  }
  const opens = formatLocalInstant(nextOpening(hours.hours, at)).slice(0, 16).replace('T', ' ');
  return because(
    'CLOSED_NOW',
    {
      sv: `${unit.name} är stängd och öppnar ${opens}${sv}.`,
      en: `${unit.name} is closed and opens ${opens}${en}.`,
    },
    hours.evidence,
  );
}
