import type { MatterFacts, MatterKind } from '#domain';
import { type Caller, type CustodyReader, matterFacts, refuseAtDoor, unitsOf } from '#party';
import type { CaseMatter } from './risk-steps.js';

/** The matters on which RVT assesses and decides: hers, and for measures also his. */
export const RISK_MATTERS: readonly MatterKind[] = ['adult-safety'];
export const DECIDED_MATTERS: readonly MatterKind[] = ['adult-safety', 'perpetrator-change'];

/** An open matter that one of the caller's units answers for; refuses NOT_FOUND, SUBJECT_NOT_OF_KIND, NOT_RESPONSIBLE, MATTER_CLOSED. */
export async function heldMatter(
  reader: CustodyReader,
  caller: Caller,
  matterId: string,
  kinds: readonly MatterKind[],
): Promise<MatterFacts> {
  const units = unitsOf(caller);
  const [matter] = await reader.as(units, (manager) => matterFacts(manager, [matterId]));
  if (matter === undefined) return refuseAtDoor('NOT_FOUND');
  if (!kinds.includes(matter.kind)) return refuseAtDoor('SUBJECT_NOT_OF_KIND');
  if (!units.includes(matter.holderUnit)) return refuseAtDoor('NOT_RESPONSIBLE');
  return matter.closedAt === null ? matter : refuseAtDoor('MATTER_CLOSED');
}

export const asCaseMatter = ({ id, incidentId, subjectId, holderUnit, kind }: MatterFacts): CaseMatter => ({
  id,
  incidentId,
  subjectId,
  unit: holderUnit,
  isHers: kind === 'adult-safety',
});
