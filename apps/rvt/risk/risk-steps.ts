import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type LocalDate, startOfDay } from '#calendar';
import { StepEntity } from '#database';
import {
  AHEAD,
  type DeadlineRuleId,
  intervention,
  REASSESSMENT_BY_LEVEL,
  RISK_EVENTS,
  type RiskEvent,
  type RiskLevel,
  unitId,
} from '#domain';
import type { AwaitedHumanStep, PartySteps, StepTerms } from '#party';
import { type InterventionDecisionEntity, RiskCaseEntity } from './risk.entities.js';

/** A matter that RVT holds, as far as its risk case goes. */
export interface CaseMatter {
  readonly id: string;
  readonly incidentId: string;
  readonly subjectId: string;
  readonly unit: string;
  /** Of a victim: whether her risk has to be assessed is settled first. */
  readonly isHers: boolean;
}

const ONCE = '1';

/** What RVT's work on one person asks of people, each a deadline of the unit (DESIGN 6.3): opened and met by its acts. */
export class RiskSteps {
  constructor(private readonly steps: PartySteps) {}

  /** The unit's case of a matter; made when it is not there, with the triage that everything else waits for. */
  async ensureCase(manager: EntityManager, matter: CaseMatter, at: Date): Promise<RiskCaseEntity> {
    const known = await this.caseOf(manager, matter);
    if (known !== null) return known;
    const made = {
      id: randomUUID(),
      matterId: matter.id,
      incidentId: matter.incidentId,
      subjectId: matter.subjectId,
      unitId: matter.unit,
      openedAt: at,
    };
    await manager.createQueryBuilder().insert().into(RiskCaseEntity).values(made).orIgnore().execute();
    const own = await manager.findOneByOrFail(RiskCaseEntity, { matterId: matter.id, unitId: matter.unit });
    if (matter.isHers) await this.ask(manager, own, 'risk-triage', ONCE, at);
    return own;
  }

  caseOf(manager: EntityManager, { id, unit }: Pick<CaseMatter, 'id' | 'unit'>) {
    return manager.findOneBy(RiskCaseEntity, { matterId: id, unitId: unit });
  }

  /** A triage answers the first step and asks for what it says: the assessment, or the decision at once. */
  async triaged(manager: EntityManager, of: RiskCaseEntity, outcome: string, at: Date): Promise<void> {
    await this.meet(manager, of, 'risk-triage', ONCE, { outcome, at });
    if (outcome === 'ASSESSMENT_NEEDED') await this.ask(manager, of, 'risk-assessment', ONCE, at);
    if (outcome === 'NOT_NEEDED') await this.ask(manager, of, 'risk-decision', ONCE, at);
  }

  /** An assessment answers whatever asked for one, and says when the next is due by its judged risk (B9). */
  async assessed(
    manager: EntityManager,
    of: RiskCaseEntity,
    { assessmentId, level, at }: { assessmentId: string; level: RiskLevel; at: Date },
  ): Promise<void> {
    await this.meet(manager, of, 'risk-assessment', ONCE, { outcome: 'ASSESSED', at });
    await this.meetAll(manager, of, ['risk-assessment', 'risk-reassessment', 'risk-review'], 'ASSESSED', at);
    await this.steps.ask(
      manager,
      this.step(of, 'risk-reassessment', assessmentId),
      this.terms(of, REASSESSMENT_BY_LEVEL[level], at),
    );
    await this.ask(manager, of, 'risk-decision', ONCE, at);
  }

  /** The assessment counts no more: its next one is not waited for, and one is asked for at once. */
  async unassessed(
    manager: EntityManager,
    of: RiskCaseEntity,
    assessmentId: string,
    at: Date,
  ): Promise<void> {
    const waiting = await this.open(manager, of);
    const next = waiting.find(
      (one) => one.stepKey === 'risk-reassessment' && one.occurrence === assessmentId,
    );
    if (next === undefined) return;
    const terms = this.terms(of, 'risk-assessment', at);
    await this.steps.meet(manager, next, { outcome: 'ENTERED_IN_ERROR', at, terms });
    await this.ask(manager, of, 'risk-assessment', assessmentId, at);
  }

  /** What happened asks for a review the same day; what is ahead, for one before its day (forms 4). */
  async happened(
    manager: EntityManager,
    of: RiskCaseEntity,
    { id, event, at, comingOn }: { id: string; event: RiskEvent; at: Date; comingOn?: LocalDate },
  ): Promise<void> {
    const step = this.step(of, 'risk-review', id);
    if (!RISK_EVENTS[event].ahead || comingOn === undefined) {
      return this.steps.ask(manager, step, this.terms(of, 'risk-review', at));
    }
    return this.steps.ask(manager, step, {
      ...this.terms(of, 'risk-review-ahead', at),
      events: { [AHEAD.id]: startOfDay(comingOn) },
    });
  }

  /** Every review that waits is answered by one; time alone answers none. */
  async reviewed(
    manager: EntityManager,
    of: RiskCaseEntity,
    { reviewId, outcome, at }: { reviewId: string; outcome: string; at: Date },
  ): Promise<void> {
    await this.meetAll(manager, of, ['risk-review'], outcome, at);
    if (outcome === 'ASSESS_ANEW') await this.ask(manager, of, 'risk-assessment', reviewId, at);
  }

  /** A decision answers its step, and a granted one leaves its carrying out as work until that is handed on (DESIGN 2). */
  async decided(
    manager: EntityManager,
    of: RiskCaseEntity,
    decision: Pick<InterventionDecisionEntity, 'id' | 'intervention' | 'granted' | 'decidedAt'>,
  ): Promise<void> {
    const { id, granted, decidedAt: at } = decision;
    await this.meet(manager, of, 'risk-decision', ONCE, { outcome: granted ? 'GRANTED' : 'REFUSED', at });
    if (granted && intervention(decision.intervention).commission !== null) {
      await this.ask(manager, of, 'commission', id, at);
    }
  }

  /** The commission of a decision is handed on. */
  async commissioned(
    manager: EntityManager,
    of: RiskCaseEntity,
    decisionId: string,
    at: Date,
  ): Promise<void> {
    await this.meet(manager, of, 'commission', decisionId, { outcome: 'HANDED_ON', at });
  }

  /** The steps of a case that nobody has done. */
  async open(manager: EntityManager, of: RiskCaseEntity): Promise<readonly AwaitedHumanStep[]> {
    const rows: { step_key: string; occurrence: string }[] = await manager.query(
      `select s.step_key, s.occurrence from rvt.step s join rvt.deadline d on d.id = s.deadline_id
       where s.process = 'risk-assessment' and s.process_id = $1 and d.ended_at = 'infinity' order by d.due_at, d.id`,
      [of.id],
    );
    return rows.map(({ step_key, occurrence }) => this.step(of, step_key, occurrence));
  }

  private async meetAll(
    manager: EntityManager,
    of: RiskCaseEntity,
    keys: readonly string[],
    outcome: string,
    at: Date,
  ): Promise<void> {
    for (const step of await this.open(manager, of)) {
      if (!keys.includes(step.stepKey)) continue;
      // A step that is open keeps its own terms; these are only for one that nobody had asked for.
      await this.steps.meet(manager, step, { outcome, at, terms: this.terms(of, 'risk-review', at) });
    }
  }

  private ask(
    manager: EntityManager,
    of: RiskCaseEntity,
    rule: DeadlineRuleId,
    occurrence: string,
    at: Date,
  ): Promise<void> {
    return this.steps.ask(manager, this.step(of, rule, occurrence), this.terms(of, rule, at));
  }

  private async meet(
    manager: EntityManager,
    of: RiskCaseEntity,
    rule: DeadlineRuleId,
    occurrence: string,
    done: { readonly outcome: string; readonly at: Date },
  ): Promise<void> {
    const step = this.step(of, rule, occurrence);
    if ((await manager.findOneBy(StepEntity, { ...step })) === null && rule === 'commission') return;
    await this.steps.meet(manager, step, { ...done, terms: this.terms(of, rule, done.at) });
  }

  private step({ id }: RiskCaseEntity, stepKey: string, occurrence: string): AwaitedHumanStep {
    return { process: 'risk-assessment', processId: id, stepKey, occurrence };
  }

  private terms({ unitId: unit, openedAt }: RiskCaseEntity, rule: DeadlineRuleId, at: Date): StepTerms {
    // What was done before the unit took the matter starts nothing before then.
    const startAt = at < openedAt ? openedAt : at;
    return { rule, ladder: 'office', startEvent: rule, startAt, askedOf: unitId(unit) };
  }
}
