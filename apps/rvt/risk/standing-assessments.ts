import type { EntityManager } from 'typeorm';
import { RiskAssessmentEntity } from './risk.entities.js';

export type Standing = 'stands' | 'corrected' | 'entered-in-error';

/** Whether an assessment still counts, by those of the same matter that came after it. */
export function standingOf(
  { id }: Pick<RiskAssessmentEntity, 'id'>,
  all: readonly Pick<RiskAssessmentEntity, 'replaces' | 'inError'>[],
): Standing {
  const later = all.filter(({ replaces }) => replaces === id);
  if (later.some(({ inError }) => inError)) return 'entered-in-error';
  return later.length > 0 ? 'corrected' : 'stands';
}

/** Whether the unit has judged the risk of the person: by an assessment that stands and that judges. */
export async function isRiskAssessed(
  manager: EntityManager,
  { subjectId, unit }: { readonly subjectId: string; readonly unit: string },
): Promise<boolean> {
  const all = await manager.findBy(RiskAssessmentEntity, { subjectId, unitId: unit });
  return all.some((one) => !one.inError && one.acute !== null && standingOf(one, all) === 'stands');
}
