import type { EntityManager } from 'typeorm';
import {
  CLOSED_BECAUSE,
  type GateAnswer,
  type GatedContact,
  type HonourRelated,
  type ReachedRelation,
  type Result,
  refuse,
  type SubjectRole,
  safetyGate,
  succeed,
} from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import { SafetyDecisionEntity } from './safety-decision.entity.js';

/** May something reach this person? Ids are the record's own, or the reference that a decision made. */
export interface ReachQuestion {
  /** The unit that would reach out; its own decisions count. */
  readonly unit: string;
  /** Who has to be safe. */
  readonly subjectId: string;
  /** Who would be reached. */
  readonly personId: string;
  readonly contact: GatedContact;
  /** True when no person chose to reach this one. */
  readonly isAutomatic: boolean;
  /** Unless known, honour is taken to be in question. */
  readonly honourRelated?: HonourRelated;
}

/**
 * The gate that every notice, consent request, served decision and appointment passes (DESIGN 6.4): what would reach an
 * alleged perpetrator, a guardian or a relative is refused unless a decision about that very person says now.
 */
export class SafetyGate {
  constructor(private readonly recorder: ActRecorder) {}

  /** Refuses SAFETY_GATE_CLOSED, and PROTECTION_ASSESSMENT_FIRST for a child still to be assessed; `field` names where. */
  async mayReach(question: ReachQuestion, field = 'person', manager?: EntityManager): Promise<Result<null>> {
    const answer = await this.answer(question, manager);
    if (answer.open) return succeed(null);
    const code = answer.because === 'assessment-first' ? 'PROTECTION_ASSESSMENT_FIRST' : 'SAFETY_GATE_CLOSED';
    return refuse(code, { errors: [{ field, message: CLOSED_BECAUSE[answer.because].en }] });
  }

  /**
   * As {@link mayReach} for an alleged perpetrator in a matter of his own: it must be decided, for every victim and child of
   * the incident that the unit knows of, that he may be reached. Who sees only his side knows of none.
   */
  async mayReachAlleged(
    question: Omit<ReachQuestion, 'subjectId'> & { readonly incidentId: string },
    field: string,
    manager: EntityManager,
  ): Promise<Result<null>> {
    const { incidentId, ...asked } = question;
    const beside: { id: string }[] = await manager.query(
      `select s.id from custody.subject s where s.incident_id = $1 and s.role <> 'alleged-perpetrator'
         and s.id <> $2 and custody.sees_subject(s.id) order by s.id`,
      [incidentId, asked.personId],
    );
    for (const { id } of beside) {
      const may = await this.mayReach({ ...asked, subjectId: id }, field, manager);
      if (!may.ok) return may;
    }
    return succeed(null);
  }

  /** The same without refusing: open, or closed and why. */
  answer(question: ReachQuestion, manager?: EntityManager): Promise<GateAnswer> {
    if (manager !== undefined) return this.decide(manager, question);
    return this.recorder.as(question.unit, (own) => this.decide(own, question));
  }

  /** What the person is to the one who has to be safe, as the record and the unit's decisions say. */
  async relation(
    manager: EntityManager,
    asked: Pick<ReachQuestion, 'unit' | 'subjectId' | 'personId'>,
  ): Promise<ReachedRelation> {
    const newest = await newestDecision(manager, asked);
    return relationOf(manager, { ...asked, recorded: newest?.relation ?? null });
  }

  private async decide(manager: EntityManager, question: ReachQuestion): Promise<GateAnswer> {
    const { unit, subjectId, personId, contact, isAutomatic, honourRelated = 'unknown' } = question;
    const newest = await newestDecision(manager, { unit, subjectId, personId });
    return safetyGate({
      contact,
      isAutomatic,
      honourRelated,
      relation: await relationOf(manager, { subjectId, personId, recorded: newest?.relation ?? null }),
      assessmentIsDue: await assessmentIsDue(manager, subjectId),
      decided: newest === null ? null : { decision: newest.decision, reviewAt: newest.reviewAt },
    });
  }
}

/** The newest decision of the unit about a person; null where there is none. */
export async function newestDecision(
  manager: EntityManager,
  { unit, subjectId, personId }: Pick<ReachQuestion, 'unit' | 'subjectId' | 'personId'>,
): Promise<SafetyDecisionEntity | null> {
  const [newest] = await manager.find(SafetyDecisionEntity, {
    where: { subjectId, unitId: unit, personId },
    order: { version: 'DESC' },
    take: 1,
  });
  return newest ?? null;
}

/** Who is an alleged perpetrator stays one, whatever else she is; nobody of whom nothing is known counts as a guardian. */
export async function relationOf(
  manager: EntityManager,
  {
    subjectId,
    personId,
    recorded,
  }: { subjectId: string; personId: string; recorded: ReachedRelation | null },
): Promise<ReachedRelation> {
  if (personId === subjectId) return 'self';
  const rows: { role: SubjectRole }[] = await manager.query(
    'select s.role from custody.subject s where s.id = $1',
    [personId],
  );
  return rows[0]?.role === 'alleged-perpetrator' ? 'alleged-perpetrator' : (recorded ?? 'guardian');
}

/** Whether a report about the child still waits for its protection assessment (D-01, D-02). */
export async function assessmentIsDue(manager: EntityManager, subjectId: string): Promise<boolean> {
  const rows: { met: number; open: number }[] = await manager.query(
    `select count(*) filter (where d.ended_as = 'met')::int as met,
       count(*) filter (where d.ended_at = 'infinity')::int as open
     from custody.matter m join custody.deadline d on d.clock_id = m.id
     where m.subject_id = $1 and m.kind = 'child-protection' and d.rule in ('D-01', 'D-02')`,
    [subjectId],
  );
  const [duties] = rows;
  return duties !== undefined && duties.open > 0 && duties.met === 0;
}
