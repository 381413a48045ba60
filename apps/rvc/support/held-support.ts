import type { EntityManager } from 'typeorm';
import { isSupportMatter, type MatterFacts } from '#domain';
import { type Caller, type CustodyReader, matterFacts, refuseAtDoor, unitsOf } from '#party';
import { SupportInvestigationEntity, SupportSessionEntity } from './support.entities.js';

/**
 * A matter of support that one of the caller's units answers for. Refuses NOT_FOUND, SUBJECT_NOT_OF_KIND for another kind
 * of matter, NOT_RESPONSIBLE and MATTER_CLOSED.
 */
export async function heldSupport(
  reader: CustodyReader,
  caller: Caller,
  matterId: string,
): Promise<MatterFacts> {
  const units = unitsOf(caller);
  const [matter] = await reader.as(units, (manager) => matterFacts(manager, [matterId]));
  if (matter === undefined) return refuseAtDoor('NOT_FOUND');
  if (!isSupportMatter(matter.kind)) return refuseAtDoor('SUBJECT_NOT_OF_KIND');
  if (!units.includes(matter.holderUnit)) return refuseAtDoor('NOT_RESPONSIBLE');
  return matter.closedAt === null ? matter : refuseAtDoor('MATTER_CLOSED');
}

/** The sessions of the episode, each as its newest act has it, in the order of their times. */
export async function sessionsOf(manager: EntityManager, matterId: string): Promise<SupportSessionEntity[]> {
  const acts = await manager.find(SupportSessionEntity, { where: { matterId }, order: { version: 'ASC' } });
  const newest = new Map(acts.map((act) => [act.sessionId, act]));
  return [...newest.values()].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

/** The newest step about the investigation; null before there is one. */
export async function investigationOf(
  manager: EntityManager,
  matterId: string,
): Promise<SupportInvestigationEntity | null> {
  const [newest] = await manager.find(SupportInvestigationEntity, {
    where: { matterId },
    order: { version: 'DESC' },
    take: 1,
  });
  return newest ?? null;
}
