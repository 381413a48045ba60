import type { MatterFacts } from '#domain';
import { type Caller, type CustodyReader, matterFacts, refuseAtDoor, unitsOf } from '#party';

/**
 * A child's report that one of the caller's units answers for. Refuses NOT_FOUND, SUBJECT_NOT_OF_KIND for another kind of
 * matter, NOT_RESPONSIBLE and MATTER_CLOSED.
 */
export async function heldReport(
  reader: CustodyReader,
  caller: Caller,
  matterId: string,
): Promise<MatterFacts> {
  const units = unitsOf(caller);
  const [matter] = await reader.as(units, (manager) => matterFacts(manager, [matterId]));
  if (matter === undefined) return refuseAtDoor('NOT_FOUND');
  if (matter.kind !== 'child-protection') return refuseAtDoor('SUBJECT_NOT_OF_KIND');
  if (!units.includes(matter.holderUnit)) return refuseAtDoor('NOT_RESPONSIBLE');
  return matter.closedAt === null ? matter : refuseAtDoor('MATTER_CLOSED');
}
