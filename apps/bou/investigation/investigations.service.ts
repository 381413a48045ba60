import type { EntityManager } from 'typeorm';
import type { ActRecorded, DecideInvestigation } from '#contracts';
import { decideOpening, type MatterFacts, unitId } from '#domain';
import {
  type ActRecorder,
  type ActScope,
  type Caller,
  type CustodyReader,
  type Effects,
  type Idempotency,
  lockFor,
  notInFuture,
  type PartySteps,
  refuseAtDoor,
  said,
  valueOrRefuse,
} from '#party';
import type { ChildActs } from '../child-case/child-acts.service.js';
import { ChildCaseEntity } from '../child-case/child-case.entities.js';
import type { ChildCases } from '../child-case/child-cases.service.js';
import { FEEDBACK_STEP } from '../feedback/feedback-step.js';
import { heldReport } from './held-report.js';
import { InvestigationDecisionEntity } from './investigation-decision.entity.js';

export interface InvestigationsDeps {
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly effects: Effects;
  readonly steps: PartySteps;
  readonly cases: ChildCases;
  readonly acts: ChildActs;
}

/** Whether an investigation of a child is opened, decided by the unit that answers for the child's report. */
export class Investigations {
  constructor(private readonly deps: InvestigationsDeps) {}

  /**
   * Records the decision; meets D-03 and D-04 in custody with its time. A later decision is a new version. Refuses
   * NOT_FOUND, NOT_RESPONSIBLE, MATTER_CLOSED, SUBJECT_NOT_OF_KIND for another kind of matter, a time in the future, and what
   * `decideOpening` refuses: not opening in spite of violence (D-04), a late decision without its reasons (D-03).
   */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: DecideInvestigation,
  ): Promise<ActRecorded> {
    const { recorder, effects, steps, cases } = this.deps;
    const matter = await heldReport(this.deps.reader, caller, matterId);
    const unit = matter.holderUnit;
    return recorder.record({ caller, idempotency, unit, action: 'decide-investigation' }, async (scope) => {
      const { manager, id, at } = scope;
      const decidedAt = notInFuture(body.decidedAt, at, 'decidedAt');
      await lockFor(manager, `investigation ${matterId}`);
      const version = 1 + (await manager.countBy(InvestigationDecisionEntity, { matterId }));
      const dueAt = version === 1 ? await decisionDue(manager, matterId) : null;
      const { opened, ground, mayHaveBeenExposed } = body;
      valueOrRefuse(
        decideOpening({
          ...{ opened, ground, mayHaveBeenExposed, decidedAt, dueAt },
          lateBecause: body.late?.because ?? null,
        }),
      );
      const { incidentId, subjectId } = matter;
      const { late, reasons } = body;
      const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
        said('investigation.reasons', reasons, subjectId),
        ...(late === undefined ? [] : [said('investigation.late', { ...late }, subjectId)]),
      ]);
      const theCase = await cases.ensure(manager, matter, at);
      const outcome = opened ? 'OPENED' : 'NOT_OPENED';
      await cases.change(manager, theCase, { id, outcome, effectiveAt: decidedAt, recordedAt: at }, () =>
        manager.insert(InvestigationDecisionEntity, {
          ...{ ...sealed, id, incidentId, unitId: unit, version, recordedAt: at, recordedBy: caller.person },
          ...{ matterId, opened, ground, decidedAt },
        }),
      );
      if (body.runsIn !== undefined && body.samePersonBy !== undefined) {
        await this.link(scope, caller, matter, { runsIn: body.runsIn, by: body.samePersonBy, reasons });
      }
      await effects.record(manager, {
        causeId: id,
        matterId,
        unit,
        rules: ['D-03', 'D-04'],
        outcome,
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
  /** A second report goes to the investigation that runs: of the same unit, and of a child found to be the same (R-006, D-03). */
  private async link(
    scope: ActScope,
    caller: Caller,
    second: MatterFacts,
    { runsIn, by, reasons }: { readonly runsIn: string; readonly by: string; readonly reasons: string },
  ): Promise<void> {
    const running = await scope.manager.findOneBy(ChildCaseEntity, { id: runsIn, unitId: second.holderUnit });
    if (running === null || running.matterId === second.id) return refuseAtDoor('NOT_FOUND');
    await this.deps.acts.link(scope, caller, running, { matterId: second.id, by, reasons });
  }
}

/** When the 14 days of D-03 end by the record; null where they do not run any more. */
async function decisionDue(manager: EntityManager, matterId: string): Promise<Date | null> {
  const rows: { due_at: Date }[] = await manager.query(
    `select d.due_at from custody.deadline d where d.clock_id = $1 and d.rule = 'D-03' and d.ended_at = 'infinity'`,
    [matterId],
  );
  return rows[0]?.due_at ?? null;
}
