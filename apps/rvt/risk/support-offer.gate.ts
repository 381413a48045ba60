import type { EntityManager } from 'typeorm';
import { mayOfferSupport, type Result } from '#domain';
import type { DispatchGate, Leaving } from '#party';
import { RiskTriageEntity } from './risk.entities.js';
import { isRiskAssessed } from './standing-assessments.js';

/** No support at RVC is offered past a triage that asks for a threat-and-risk assessment. */
export class SupportOfferGate implements DispatchGate {
  /** Refuses RISK_TRIAGE_FIRST and RISK_ASSESSMENT_FIRST. */
  async check(manager: EntityManager, { route, fromUnit: unit, subjectId }: Leaving): Promise<Result<null>> {
    const [triage] = await manager.find(RiskTriageEntity, {
      where: { subjectId, unitId: unit },
      order: { version: 'DESC' },
      take: 1,
    });
    const isAssessed = await isRiskAssessed(manager, { subjectId, unit });
    return mayOfferSupport(route, { triage: triage ?? null, isAssessed });
  }
}
