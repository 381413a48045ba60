import type { ActRecorded, DecideReportFeedback } from '#contracts';
import { reportOutcomeOf, unitId } from '#domain';
import {
  type ActRecorder,
  type Caller,
  type CustodyReader,
  type Effects,
  type Idempotency,
  lockFor,
  matterFacts,
  notInFuture,
  type PartySteps,
  refuseAtDoor,
  said,
  unitsOf,
} from '#party';
import { InvestigationDecisionEntity } from '../investigation/investigation-decision.entity.js';
import { FEEDBACK_STEP } from './feedback-step.js';
import { ReportFeedbackEntity } from './report-feedback.entity.js';

export interface ReportFeedbacksDeps {
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly effects: Effects;
  readonly steps: PartySteps;
}

/** What the reporter is told of a report about a child: opened, not opened or running already, and nothing more. */
export class ReportFeedbacks {
  constructor(private readonly deps: ReportFeedbacksDeps) {}

  /**
   * Records the decision; told, the unit that reported sees which of the three it is, as the newest decision on an
   * investigation has it. Refuses NOT_FOUND, SUBJECT_NOT_OF_KIND for another kind of matter, INVESTIGATION_UNDECIDED
   * before the unit's own decision under SoL 20:2, ALREADY_TOLD for taking back what was told, and a time
   * in the future.
   */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: DecideReportFeedback,
  ): Promise<ActRecorded> {
    const { recorder, effects, steps } = this.deps;
    const { unit, incidentId, subjectId } = await this.decidedReport(caller, matterId);
    return recorder.record({ caller, idempotency, unit, action: 'decide-report-feedback' }, async (scope) => {
      const { manager, id, at } = scope;
      const decidedAt = notInFuture(body.decidedAt, at, 'decidedAt');
      await lockFor(manager, `investigation ${matterId}`);
      const [decision] = await manager.find(InvestigationDecisionEntity, {
        where: { matterId },
        order: { version: 'DESC' },
        take: 1,
      });
      if (decision === undefined) return refuseAtDoor('INVESTIGATION_UNDECIDED');
      const before = await manager.find(ReportFeedbackEntity, {
        where: { matterId },
        order: { version: 'ASC' },
      });
      // What was told cannot be taken back; a changed decision can be told anew.
      if (!body.tells && before.some(({ tells }) => tells)) return refuseAtDoor('ALREADY_TOLD');
      const outcome = reportOutcomeOf(decision);
      const version = 1 + before.length;
      const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
        said('feedback.reasons', body.reasons, subjectId),
      ]);
      await manager.insert(ReportFeedbackEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version,
        recordedAt: at,
        recordedBy: caller.person,
        matterId,
        tells: body.tells,
        askedFor: body.askedFor,
        outcome,
        decidedAt,
      });
      if (body.tells) {
        await effects.publish(manager, {
          ...{ causeId: id, code: outcome, incidentId, subjectId, matterId, unit },
          ...{ effectiveAt: decidedAt, recordedAt: at },
        });
      }
      await steps.meet(
        manager,
        { ...FEEDBACK_STEP, processId: matterId },
        {
          outcome: body.tells ? 'TOLD' : 'NOT_TOLD',
          at,
          terms: {
            rule: 'report-feedback',
            ladder: 'office',
            startEvent: 'investigation-decided',
            startAt: decision.decidedAt,
            askedOf: unitId(unit),
          },
        },
      );
      return { version, target: { kind: 'matter', id: matterId } };
    });
  }

  /**
   * The report, and the caller's unit that decided on its investigation: who knows the outcome decides what is told of it, also
   * when the matter is closed or has moved on since.
   */
  private async decidedReport(caller: Caller, matterId: string) {
    const units = unitsOf(caller);
    const [matter, decision] = await this.deps.reader.as(
      units,
      async (manager) =>
        [
          (await matterFacts(manager, [matterId]))[0],
          await manager.findOne(InvestigationDecisionEntity, {
            where: { matterId },
            order: { version: 'DESC' },
          }),
        ] as const,
    );
    if (matter === undefined) return refuseAtDoor('NOT_FOUND');
    if (matter.kind !== 'child-protection') return refuseAtDoor('SUBJECT_NOT_OF_KIND');
    if (decision === null || !units.includes(decision.unitId)) return refuseAtDoor('INVESTIGATION_UNDECIDED');
    return { unit: decision.unitId, incidentId: matter.incidentId, subjectId: matter.subjectId };
  }
}
