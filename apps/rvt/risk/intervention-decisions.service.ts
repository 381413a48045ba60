import type { EntityManager } from 'typeorm';
import type { ActRecorded, DecideIntervention, HandOnCommission } from '#contracts';
import { intervention, mayDecideIntervention, unitWithId } from '#domain';
import {
  type ActRecorder,
  type Caller,
  type CustodyReader,
  type Idempotency,
  mandateAt,
  matterFacts,
  notInFuture,
  type PartyDirectory,
  refuseAtDoor,
  said,
  unitsOf,
  valueOrRefuse,
} from '#party';
import { asCaseMatter, DECIDED_MATTERS, heldMatter } from './held-matters.js';
import { InterventionDecisionEntity, RiskTriageEntity } from './risk.entities.js';
import type { RiskSteps } from './risk-steps.js';
import { isRiskAssessed } from './standing-assessments.js';

export interface InterventionDecisionsDeps {
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly steps: RiskSteps;
  readonly directory: PartyDirectory;
}

/** RVT decides on measures for adults; in the merged unit only its address of authority does. */
export class InterventionDecisions {
  constructor(private readonly deps: InterventionDecisionsDeps) {}

  /**
   * Records a decision; a granted one leaves a commission as work until it is handed on. Refuses INTERVENTION_NOT_FOR_PERSON,
   * ANOTHER_UNIT_DECIDES, NOT_DELEGABLE, and NOT_YET_ASSESSED where the triage says that the risk has to be assessed first.
   */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: DecideIntervention,
  ): Promise<ActRecorded> {
    const { reader, recorder, steps, directory } = this.deps;
    const matter = await heldMatter(reader, caller, matterId, DECIDED_MATTERS);
    const { incidentId, subjectId, subjectRole, holderUnit: unit } = matter;
    const { intervention: measure, granted, reasons, committeeProtocol } = body;
    const deciding = unitWithId(await directory.snapshot(), unit) ?? refuseAtDoor('UNKNOWN_UNIT');
    const role = mandateAt(caller, unit)?.role ?? refuseAtDoor('NOT_YOUR_UNIT');
    valueOrRefuse(
      mayDecideIntervention({
        intervention: measure,
        subject: subjectRole,
        unitKind: deciding.kind,
        takenBy:
          committeeProtocol === undefined
            ? { officer: role }
            : { body: 'committee', protocol: committeeProtocol },
      }),
    );
    return recorder.record(
      { caller, idempotency, unit, action: 'decide-intervention', inOrderOf: `risk ${matterId} ${unit}` },
      async ({ manager, id, at }) => {
        const decidedAt = notInFuture(body.decidedAt, at, 'decidedAt');
        const of = await steps.ensureCase(manager, asCaseMatter(matter), at);
        const [triage] = await manager.find(RiskTriageEntity, {
          where: { subjectId, unitId: unit },
          order: { version: 'DESC' },
          take: 1,
        });
        const isNeeded = triage?.outcome === 'ASSESSMENT_NEEDED';
        // Protection is not made to wait for a form: housing can be decided at once.
        if (isNeeded && measure !== 'protected-housing') {
          if (!(await isRiskAssessed(manager, { subjectId, unit }))) return refuseAtDoor('NOT_YET_ASSESSED');
        }
        const version = 1 + (await manager.countBy(InterventionDecisionEntity, { matterId, unitId: unit }));
        const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
          {
            ...said('intervention-decision', { reasons, committeeProtocol }, subjectId),
            keepFrom: subjectRole === 'alleged-perpetrator' ? [] : ['alleged-perpetrator'],
          },
        ]);
        await manager.insert(InterventionDecisionEntity, {
          ...sealed,
          ...{ id, incidentId, matterId, subjectId, unitId: unit, version, granted, decidedAt },
          intervention: measure,
          byCommittee: committeeProtocol !== undefined,
          recordedAt: at,
          recordedBy: caller.person,
        });
        await steps.decided(manager, of, { id, intervention: measure, granted, decidedAt });
        return { version, target: { kind: 'matter', id: matterId } };
      },
    );
  }

  /**
   * The commission is handed on: a matter of the decided kind about the same person, opened here and offered on, or opened where
   * the unit carries it on itself. Refuses NOT_FOUND, SUBJECT_NOT_OF_KIND for another matter, and NOT_HANDED_ON.
   */
  async handOn(
    caller: Caller,
    idempotency: Idempotency,
    { matterId, decisionId }: { matterId: string; decisionId: string },
    { commissionMatterId }: HandOnCommission,
  ): Promise<ActRecorded> {
    const { reader, recorder, steps } = this.deps;
    const matter = await reader.as(unitsOf(caller), async (manager) => {
      const [found] = await matterFacts(manager, [matterId]);
      return found ?? refuseAtDoor('NOT_FOUND');
    });
    const decision = await reader.as(unitsOf(caller), (manager) =>
      manager.findOneBy(InterventionDecisionEntity, { id: decisionId, matterId }),
    );
    if (decision === null || !decision.granted) return refuseAtDoor('NOT_FOUND');
    const { unitId: unit } = decision;
    const { commission, isHandedOff } = intervention(decision.intervention);
    return recorder.record(
      { caller, idempotency, unit, action: 'hand-on-commission' },
      async ({ manager, at }) => {
        const [commissioned] = await matterFacts(manager, [commissionMatterId]);
        if (commissioned === undefined) return refuseAtDoor('NOT_FOUND');
        if (commissioned.kind !== commission || commissioned.subjectId !== decision.subjectId) {
          return refuseAtDoor('SUBJECT_NOT_OF_KIND');
        }
        if (isHandedOff && !(await isOfferedBy(manager, commissionMatterId, decision))) {
          return refuseAtDoor('NOT_HANDED_ON');
        }
        const of = await steps.ensureCase(manager, { ...asCaseMatter(matter), unit }, at);
        await steps.commissioned(manager, of, decisionId, at);
        return { version: 1, target: { kind: 'intervention-decision', id: decisionId } };
      },
    );
  }
}

/** Whether the deciding unit offered the matter on after it decided; a withdrawn or refused offer is none. */
async function isOfferedBy(
  manager: EntityManager,
  matterId: string,
  { unitId, decidedAt }: Pick<InterventionDecisionEntity, 'unitId' | 'decidedAt'>,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    `select 1 from custody.handoff h where h.matter_id = $1 and h.from_unit = $2 and h.sent_at >= $3
       and h.phase in ('sent', 'delivered', 'opened', 'awaiting-information', 'accepted') limit 1`,
    [matterId, unitId, decidedAt],
  );
  return rows.length > 0;
}
