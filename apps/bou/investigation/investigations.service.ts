import type { ActRecorded, DecideInvestigation } from '#contracts';
import { unitId } from '#domain';
import {
  type ActRecorder,
  type Caller,
  type CustodyReader,
  type Effects,
  type Idempotency,
  lockFor,
  notInFuture,
  type PartySteps,
  said,
} from '#party';
import { FEEDBACK_STEP } from '../feedback/feedback-step.js';
import { heldReport } from './held-report.js';
import { InvestigationDecisionEntity } from './investigation-decision.entity.js';

export interface InvestigationsDeps {
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly effects: Effects;
  readonly steps: PartySteps;
}

/** Whether an investigation of a child is opened, decided by the unit that answers for the child's report. */
export class Investigations {
  constructor(private readonly deps: InvestigationsDeps) {}

  /**
   * Records the decision; meets D-03 and D-04 in custody with its time. A later decision is a new version. Refuses
   * NOT_FOUND, NOT_RESPONSIBLE, MATTER_CLOSED, SUBJECT_NOT_OF_KIND for another kind of matter, and a time in the future.
   */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: DecideInvestigation,
  ): Promise<ActRecorded> {
    const { recorder, effects, steps } = this.deps;
    const matter = await heldReport(this.deps.reader, caller, matterId);
    const unit = matter.holderUnit;
    return recorder.record({ caller, idempotency, unit, action: 'decide-investigation' }, async (scope) => {
      const { manager, id, at } = scope;
      const decidedAt = notInFuture(body.decidedAt, at, 'decidedAt');
      await lockFor(manager, `investigation ${matterId}`);
      const version = 1 + (await manager.countBy(InvestigationDecisionEntity, { matterId }));
      const { incidentId, subjectId } = matter;
      const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
        said('investigation.reasons', body.reasons, subjectId),
      ]);
      await manager.insert(InvestigationDecisionEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version,
        recordedAt: at,
        recordedBy: caller.person,
        matterId,
        opened: body.opened,
        ground: body.ground,
        decidedAt,
      });
      await effects.record(manager, {
        causeId: id,
        matterId,
        unit,
        rules: ['D-03', 'D-04'],
        outcome: body.opened ? 'OPENED' : 'NOT_OPENED',
        metAt: decidedAt,
        recordedAt: at,
      });
      // Who reported is to be told, or not, by a decision of its own (OSL 26:9 a).
      await steps.ask(
        manager,
        { ...FEEDBACK_STEP, processId: matterId },
        {
          rule: 'report-feedback',
          ladder: 'office',
          startEvent: 'investigation-decided',
          startAt: decidedAt,
          askedOf: unitId(unit),
        },
      );
      return { version, target: { kind: 'matter', id: matterId } };
    });
  }
}
