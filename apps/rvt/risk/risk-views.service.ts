import { z } from 'zod';
import { localDateOfInstant } from '#calendar';
import type { RiskAssessmentWords, RiskView } from '#contracts';
import { recordNow } from '#directory';
import { deadlineRule, factorLabel, intervention, isDeadlineRuleId } from '#domain';
import {
  type ActRecorder,
  type Caller,
  type CustodyReader,
  DEADLINE_COLUMNS,
  type DeadlineRow,
  matterFacts,
  type ReadingAudit,
  refuseAtDoor,
  unitsOf,
  wireDeadline,
} from '#party';
import {
  InterventionDecisionEntity,
  PoliceAssessmentEntity,
  RiskAssessmentEntity,
  RiskCaseEntity,
  RiskEventEntity,
  RiskReviewEntity,
  RiskToldEntity,
  RiskTriageEntity,
} from './risk.entities.js';
import { isRiskAssessed, standingOf } from './standing-assessments.js';

export interface RiskViewsDeps {
  readonly reader: CustodyReader;
  readonly recorder: ActRecorder;
  readonly audit: ReadingAudit;
}

const WordsSchema = z.object({
  answers: z.array(z.object({ factor: z.int(), period: z.string(), answer: z.string() })).default([]),
  total: z.int().nullable().default(null),
  basis: z.string().default(''),
  reason: z.string().nullable().default(null),
});

type StepRow = DeadlineRow & {
  readonly step_key: string;
  readonly occurrence: string;
  readonly outcome: string | null;
};

/** The risk work of one matter, for the unit that does it or did. */
export class RiskViews {
  constructor(private readonly deps: RiskViewsDeps) {}

  /** In codes and instants; no sealed word. */
  view(caller: Caller, matterId: string): Promise<RiskView> {
    const units = unitsOf(caller);
    return this.deps.reader.as(units, async (manager) => {
      const [matter] = await matterFacts(manager, [matterId]);
      if (matter === undefined) return refuseAtDoor('NOT_FOUND');
      const now = await recordNow(manager);
      const oldestFirst = { where: { matterId }, order: { recordedAt: 'ASC' as const } };
      const triage = (await manager.find(RiskTriageEntity, oldestFirst)).at(-1);
      const assessments = await manager.find(RiskAssessmentEntity, oldestFirst);
      const police = (await manager.find(PoliceAssessmentEntity, oldestFirst)).at(-1);
      const events = await manager.find(RiskEventEntity, oldestFirst);
      const told = await manager.find(RiskToldEntity, { where: { matterId }, order: { eventAt: 'ASC' } });
      const reviews = await manager.find(RiskReviewEntity, oldestFirst);
      const decisions = await manager.find(InterventionDecisionEntity, oldestFirst);
      const cases = await manager.findBy(RiskCaseEntity, { matterId });
      const steps: StepRow[] = await manager.query(
        `select ${DEADLINE_COLUMNS}, s.step_key, s.occurrence, s.outcome from rvt.step s
         join rvt.deadline d on d.id = s.deadline_id
         where s.process = 'risk-assessment' and s.process_id = any ($1::uuid[]) order by d.due_at, d.id`,
        [cases.map(({ id }) => id)],
      );
      return {
        matterId,
        triage:
          triage === undefined
            ? null
            : { outcome: triage.outcome, triagedAt: triage.triagedAt.toISOString(), version: triage.version },
        isAssessed: await isRiskAssessed(manager, { subjectId: matter.subjectId, unit: matter.holderUnit }),
        assessments: assessments
          .filter(({ inError }) => !inError)
          .map((one) => wireAssessment(one, assessments)),
        policeAssessment:
          police === undefined ? null : { state: police.state, at: police.statedAt.toISOString() },
        events: [
          ...events.map(({ event, eventAt }) => ({
            event,
            at: eventAt.toISOString(),
            source: 'recorded' as const,
          })),
          ...told.map(({ event, eventAt }) => ({
            event,
            at: eventAt.toISOString(),
            source: 'told' as const,
          })),
        ],
        reviews: reviews.map(({ outcome, reviewedAt }) => ({
          outcome,
          reviewedAt: reviewedAt.toISOString(),
        })),
        decisions: decisions.map(({ id, intervention: measure, granted, decidedAt }) => ({
          decisionId: id,
          intervention: measure,
          granted,
          decidedAt: decidedAt.toISOString(),
          commission: granted ? intervention(measure).commission : null,
        })),
        steps: steps.map((row) => wireStep(row, now)),
      };
    });
  }

  /** The sealed words of one assessment; audited before they are opened (C7). */
  async words(caller: Caller, matterId: string, assessmentId: string): Promise<RiskAssessmentWords> {
    const units = unitsOf(caller);
    const found = await this.deps.reader.as(units, async (manager) => {
      const all = await manager.findBy(RiskAssessmentEntity, { matterId });
      const one = all.find(({ id, inError }) => id === assessmentId && !inError);
      return { one, error: all.find(({ inError, replaces }) => inError && replaces === assessmentId) };
    });
    const { one, error } = found;
    if (one === undefined) return refuseAtDoor('NOT_FOUND');
    await this.deps.audit.record({
      caller,
      unit: one.unitId,
      action: 'read-risk-assessment',
      target: { kind: 'risk-assessment', id: one.id },
    });
    const { answers, total, basis } = await this.open(one);
    const reason = error === undefined ? null : (await this.open(error)).reason;
    return {
      assessmentId,
      answers: answers.map((answer) => ({
        ...answer,
        label: factorLabel(one.instrument, answer.factor) ?? { sv: '', en: '' },
      })),
      total,
      basis,
      reason,
    };
  }

  private async open({ id, incidentId, subjectId, unitId: unit, ciphertext }: RiskAssessmentEntity) {
    const [opened] = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
    return WordsSchema.parse(opened?.value ?? {});
  }
}

function wireAssessment(one: RiskAssessmentEntity, all: readonly RiskAssessmentEntity[]) {
  const { id, instrument, instrumentVersion, acute, future, severity, assessedAt, recordedAt, recordedBy } =
    one;
  return {
    assessmentId: id,
    ...{ instrument, instrumentVersion, acute, future, severity },
    assessedAt: assessedAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    isLate: localDateOfInstant(recordedAt) > localDateOfInstant(assessedAt),
    assessor: recordedBy,
    standing: standingOf(one, all),
  };
}

function wireStep(row: StepRow, now: Date): RiskView['steps'][number] {
  const { dueAt, endedAt, endedAs, isBreached, because } = wireDeadline(row, now);
  const label = isDeadlineRuleId(row.rule) ? deadlineRule(row.rule).title : { sv: row.rule, en: row.rule };
  return {
    step: row.step_key,
    label,
    occurrence: row.occurrence,
    dueAt,
    metAt: endedAs === 'met' ? endedAt : null,
    outcome: row.outcome,
    isBreached,
    because,
  };
}
