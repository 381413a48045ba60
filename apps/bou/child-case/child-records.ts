import type { EntityManager } from 'typeorm';
import { type ChildRecord, type DeliveryFact, isRiskEvent, type SafetyChange } from '#domain';
import { InvestigationDecisionEntity } from '../investigation/investigation-decision.entity.js';
import { ChildActEntity, type ChildCaseEntity, ChildFactEntity } from './child-case.entities.js';

const DELIVERED: Readonly<Record<string, DeliveryFact['code']>> = {
  'child-support-started': 'STARTED',
  'child-support-ended': 'ENDED',
};

/** All that is recorded of a case, as the rules read it: codes, ids and instants. */
export async function childRecord(manager: EntityManager, theCase: ChildCaseEntity): Promise<ChildRecord> {
  const { id: caseId, matterId, subjectId, unitId } = theCase;
  const openings = await manager.find(InvestigationDecisionEntity, {
    where: { matterId, unitId },
    order: { version: 'ASC' },
  });
  const acts = await manager.find(ChildActEntity, { where: { caseId }, order: { version: 'ASC' } });
  const facts = await manager.find(ChildFactEntity, {
    where: { caseId },
    order: { knownAt: 'ASC', factId: 'ASC' },
  });
  const reached: { id: string; recorded_at: Date }[] = await manager.query(
    `select d.id, d.recorded_at from bou.safety_decision d where d.subject_id = $1 and d.unit_id = $2
     order by d.recorded_at, d.id`,
    [subjectId, unitId],
  );
  const changes: SafetyChange[] = [
    ...facts
      .filter(({ code }) => isRiskEvent(code))
      .map((fact) => ({
        id: fact.factId,
        isFact: true,
        at: fact.effectiveAt,
        knownAt: fact.knownAt,
      })),
    ...reached.map(({ id, recorded_at: at }) => ({ id, isFact: false, at, knownAt: at })),
  ];
  return {
    openings: openings.map(({ id, opened, decidedAt }) => ({ id, opened, decidedAt })),
    acts: acts.map(({ id, kind, code, aboutId, effectiveAt, untilAt, recordedAt }) => ({
      ...{ id, kind, code, aboutId, effectiveAt, recordedAt },
      until: untilAt,
    })),
    changes: changes.toSorted((one, other) => one.knownAt.getTime() - other.knownAt.getTime()),
    deliveries: facts.flatMap(({ code, effectiveAt }) => {
      const delivered = DELIVERED[code];
      return delivered === undefined ? [] : [{ code: delivered, at: effectiveAt }];
    }),
  };
}
