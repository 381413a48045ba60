import type { EntityManager, EntityTarget } from 'typeorm';
import { localDateOfInstant, parseLocalDate } from '#calendar';
import type {
  ActRecorded,
  AssessRisk,
  RecordPoliceAssessment,
  RecordRiskEvent,
  ReviewRisk,
  RiskInError,
  TriageRisk,
} from '#contracts';
import { checkAssessment, type MatterFacts, strictestLevel } from '#domain';
import {
  type ActRecorder,
  type Caller,
  type CustodyReader,
  type Idempotency,
  lockFor,
  notInFuture,
  type RecordedAct,
  refuseAtDoor,
  said,
  valueOrRefuse,
} from '#party';
import { asCaseMatter, heldMatter, RISK_MATTERS } from './held-matters.js';
import {
  PoliceAssessmentEntity,
  RiskAssessmentEntity,
  type RiskCaseEntity,
  RiskEventEntity,
  RiskReviewEntity,
  RiskTriageEntity,
} from './risk.entities.js';
import type { RiskSteps } from './risk-steps.js';
import { standingOf } from './standing-assessments.js';

export interface RiskActsDeps {
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly steps: RiskSteps;
}

/** One act on a matter: what is written with it, and what it is about. */
interface Act {
  readonly manager: EntityManager;
  readonly at: Date;
  readonly of: RiskCaseEntity;
  readonly matter: MatterFacts;
  readonly id: string;
  /** The columns of the act, with its words sealed. */
  row(table: EntityTarget<RecordedAct>, field: string, words: unknown): Promise<ActColumns>;
}
type ActColumns = Omit<RecordedAct, never> & { id: string; matterId: string; subjectId: string };

/** RVT's acts on the risk of one adult: each once for a key, in the order of their times, late or corrected as it comes. */
export class RiskActs {
  constructor(private readonly deps: RiskActsDeps) {}

  /** whether an assessment is needed before support is offered. A later one is a new version. */
  triage(caller: Caller, idempotency: Idempotency, matterId: string, body: TriageRisk): Promise<ActRecorded> {
    return this.act(caller, idempotency, matterId, 'triage-risk', async (act) => {
      const { manager, at, of } = act;
      const { outcome, reasons } = body;
      const triagedAt = notInFuture(body.triagedAt, at, 'triagedAt');
      const row = await act.row(RiskTriageEntity, 'risk-triage', { reasons });
      await manager.insert(RiskTriageEntity, { ...row, outcome, triagedAt });
      await this.deps.steps.triaged(manager, of, outcome, triagedAt);
      return row.version;
    });
  }

  /** By an instrument, as it allows (B9). Refuses TOTAL_NOT_OF_INSTRUMENT, and INVALID_INPUT with the fields. */
  assess(caller: Caller, idempotency: Idempotency, matterId: string, body: AssessRisk): Promise<ActRecorded> {
    return this.act(caller, idempotency, matterId, 'assess-risk', async (act) => {
      const { manager, at, of, matter, id } = act;
      const { instrument, instrumentVersion, answers, total = null, judgement = null, basis } = body;
      const assessedAt = notInFuture(body.assessedAt, at, 'assessedAt');
      const assessedOn = localDateOfInstant(assessedAt);
      valueOrRefuse(
        checkAssessment({
          ...{ instrument, instrumentVersion, about: matter.subjectRole, answers, total, judgement },
          assessedOn,
        }),
      );
      if (body.corrects !== undefined) await this.correctable(act, body.corrects);
      const row = await act.row(RiskAssessmentEntity, 'risk-assessment', { answers, total, basis });
      const { acute = null, future = null, severity = null } = judgement ?? {};
      await manager.insert(RiskAssessmentEntity, {
        ...row,
        ...{ instrument, instrumentVersion, acute, future, severity, assessedAt },
        replaces: body.corrects ?? null,
        inError: false,
      });
      if (judgement !== null) {
        const level = strictestLevel(judgement);
        await this.deps.steps.assessed(manager, of, { assessmentId: id, level, at: assessedAt });
      }
      return row.version;
    });
  }

  /** Nothing disappears: it is marked, with the reason, and counts no more. */
  enterInError(
    caller: Caller,
    idempotency: Idempotency,
    { matterId, assessmentId }: { matterId: string; assessmentId: string },
    { reason }: RiskInError,
  ): Promise<ActRecorded> {
    return this.act(caller, idempotency, matterId, 'enter-risk-assessment-in-error', async (act) => {
      const wrong = await this.correctable(act, assessmentId);
      const row = await act.row(RiskAssessmentEntity, 'risk-assessment', { reason });
      const { instrument, instrumentVersion, acute, future, severity, assessedAt } = wrong;
      await act.manager.insert(RiskAssessmentEntity, {
        ...row,
        ...{ instrument, instrumentVersion, acute, future, severity, assessedAt },
        replaces: assessmentId,
        inError: true,
      });
      // Without it the unit stands where it did before: what it had answered is asked again.
      await this.deps.steps.unassessed(act.manager, act.of, assessmentId, act.at);
      return row.version;
    });
  }

  /** Shown, and waited for by nothing. */
  policeAssessment(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: RecordPoliceAssessment,
  ): Promise<ActRecorded> {
    return this.act(caller, idempotency, matterId, 'record-police-assessment', async (act) => {
      const statedAt = notInFuture(body.at, act.at, 'at');
      const row = await act.row(PoliceAssessmentEntity, 'police-assessment', { note: body.note });
      await act.manager.insert(PoliceAssessmentEntity, { ...row, state: body.state, statedAt });
      return row.version;
    });
  }

  /** Asks for a review of the risk: the same day, or before the day of what is ahead (forms 4). */
  event(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    body: RecordRiskEvent,
  ): Promise<ActRecorded> {
    return this.act(caller, idempotency, matterId, 'record-risk-event', async (act) => {
      const { manager, at, of, id } = act;
      const { event, happenedAt, note } = body;
      const comingOn = body.comingOn === undefined ? undefined : parseLocalDate(body.comingOn);
      if (comingOn !== undefined && comingOn < localDateOfInstant(at)) {
        return refuseAtDoor('INVALID_INPUT', { errors: [{ field: 'comingOn', message: 'is past' }] });
      }
      const eventAt =
        happenedAt === undefined
          ? new Date(`${comingOn ?? localDateOfInstant(at)}T12:00:00Z`)
          : notInFuture(happenedAt, at, 'happenedAt');
      const row = await act.row(RiskEventEntity, 'risk-event', { note });
      await manager.insert(RiskEventEntity, { ...row, event, eventAt });
      await this.deps.steps.happened(manager, of, {
        ...{ id, event, at },
        ...(comingOn === undefined ? {} : { comingOn }),
      });
      return row.version;
    });
  }

  /** Answers every review that waits. */
  review(caller: Caller, idempotency: Idempotency, matterId: string, body: ReviewRisk): Promise<ActRecorded> {
    return this.act(caller, idempotency, matterId, 'review-risk', async (act) => {
      const { manager, at, of, id } = act;
      const { outcome, reasons } = body;
      const reviewedAt = notInFuture(body.reviewedAt, at, 'reviewedAt');
      const row = await act.row(RiskReviewEntity, 'risk-review', { reasons });
      await manager.insert(RiskReviewEntity, { ...row, outcome, reviewedAt });
      await this.deps.steps.reviewed(manager, of, { reviewId: id, outcome, at: reviewedAt });
      return row.version;
    });
  }

  private async act(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    action: string,
    write: (act: Act) => Promise<number>,
  ): Promise<ActRecorded> {
    const { reader, recorder, steps } = this.deps;
    const matter = await heldMatter(reader, caller, matterId, RISK_MATTERS);
    const { incidentId, subjectId, holderUnit: unit } = matter;
    return recorder.record(
      { caller, idempotency, unit, action, inOrderOf: `risk ${matterId} ${unit}` },
      async ({ manager, id, at }) => {
        const of = await steps.ensureCase(manager, asCaseMatter(matter), at);
        const row: Act['row'] = async (table, field, words) => {
          await lockFor(manager, `risk ${subjectId} ${unit}`);
          const version = 1 + (await manager.countBy(table, { incidentId, unitId: unit }));
          const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
            { ...said(field, words, subjectId), keepFrom: ['alleged-perpetrator'] },
          ]);
          return {
            ...sealed,
            ...{ id, incidentId, matterId, subjectId, unitId: unit, version },
            recordedAt: at,
            recordedBy: caller.person,
          };
        };
        const version = await write({ manager, at, of, matter, id, row });
        return { version, target: { kind: 'matter', id: matterId } };
      },
    );
  }

  /** One of this matter that still stands; refuses NOT_FOUND and ALREADY_TAKEN_BACK. */
  private async correctable(
    { manager, of }: Pick<Act, 'manager' | 'of'>,
    assessmentId: string,
  ): Promise<RiskAssessmentEntity> {
    const all = await manager.findBy(RiskAssessmentEntity, { matterId: of.matterId, unitId: of.unitId });
    const wrong = all.find(({ id, inError }) => id === assessmentId && !inError);
    if (wrong === undefined) return refuseAtDoor('NOT_FOUND');
    return standingOf(wrong, all) === 'stands' ? wrong : refuseAtDoor('ALREADY_TAKEN_BACK');
  }
}
