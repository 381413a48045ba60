import type { EntityManager } from 'typeorm';
import { endOfDay, parseLocalDate } from '#calendar';
import type { DecideSafetyGate, SafetyGateDecided, WireReachedPerson } from '#contracts';
import { type KeptFrom, REVIEW_SET, type ReachedRelation, unitId } from '#domain';
import type { ActRecorder, ActScope } from '../acts/act-recorder.js';
import { lockFor, said } from '../acts/act-recorder.js';
import type { PartySubjects, SubjectOfIncident } from '../acts/party-subjects.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { AwaitedHumanStep } from '../steps/awaited-step.js';
import type { PartySteps } from '../steps/party-steps.js';
import { SafetyDecisionEntity } from './safety-decision.entity.js';
import { assessmentIsDue, newestDecision, relationOf } from './safety-gate.service.js';

export interface SafetyGateDecisionsDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly steps: PartySteps;
}

/** Why somebody is not told is never told to him. OSL 10:3, OSL 12:3 */
const KEPT_FROM: readonly KeptFrom[] = ['alleged-perpetrator', 'guardians'];

interface Person {
  readonly id: string;
  readonly isSubject: boolean;
  /** Said by the caller; null where an earlier decision or her role in the incident says it. */
  readonly relation: ReachedRelation | null;
  readonly description: string | null;
}

/** The review of a postponed decision: one piece of work each, asked of the unit that postponed. */
export function reviewStep(decision: Pick<SafetyDecisionEntity, 'id' | 'subjectId'>): AwaitedHumanStep {
  return {
    process: 'safety-gate',
    processId: decision.subjectId,
    stepKey: 'safety-gate-review',
    occurrence: decision.id,
  };
}

/** What follows in the transaction of a decision: what was safe for the subject is so no longer, or is again. */
export type SafetyDecided = (
  manager: EntityManager,
  decided: { readonly id: string; readonly subjectId: string; readonly unit: string; readonly at: Date },
) => Promise<void>;

/** Decides, for one person at a time, whether she may be reached now. */
export class SafetyGateDecisions {
  readonly #followers: SafetyDecided[] = [];

  constructor(private readonly deps: SafetyGateDecisionsDeps) {}

  /** Does this, too, in the transaction of each decision. Features add theirs as they start. */
  onDecided(follower: SafetyDecided): void {
    this.#followers.push(follower);
  }

  /**
   * Records the decision; a later one about the same person stands above it and answers the review of the one before. A
   * postponed one leaves a review as work with a deadline. Refuses PROTECTION_ASSESSMENT_FIRST for telling now about a
   * child still to be assessed, NOT_FOUND, UNKNOWN_SUBJECT, and a review that is not ahead.
   */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    outwardSubject: string,
    body: DecideSafetyGate,
  ): Promise<SafetyGateDecided> {
    const { recorder, subjects } = this.deps;
    const unit = body.actingUnit;
    const recorded = await recorder.record(
      { caller, idempotency, unit, action: 'decide-safety-gate' },
      async (scope) => {
        const subject = await subjects.known(scope.manager, caller, outwardSubject);
        const person = await this.person(scope, caller, subject, body);
        await lockFor(scope.manager, `safety ${subject.id} ${unit}`);
        const version = await this.write(scope, caller, subject, person, body);
        const { manager, id, at } = scope;
        for (const follow of this.#followers) await follow(manager, { id, subjectId: subject.id, unit, at });
        return { version, target: { kind: 'subject', id: subject.id } };
      },
    );
    return { ...recorded, person: this.named(body, recorded.recordId) };
  }

  /** A person of the incident by her outward id, one known from an earlier decision, or a new one. */
  async find(
    { manager }: Pick<ActScope, 'manager'>,
    caller: Caller,
    subject: SubjectOfIncident,
    unit: string,
    person: WireReachedPerson,
  ): Promise<Pick<Person, 'id' | 'isSubject'>> {
    if ('subjectId' in person) {
      const known = await this.deps.subjects.subject(manager, caller, subject.incidentId, person.subjectId);
      return { id: known.id, isSubject: true };
    }
    const earlier = await newestDecision(manager, {
      unit,
      subjectId: subject.id,
      personId: person.personRef,
    });
    if (earlier === null || earlier.isSubject) return refuseAtDoor('UNKNOWN_SUBJECT');
    return { id: earlier.personId, isSubject: false };
  }

  private async person(
    scope: ActScope,
    caller: Caller,
    subject: SubjectOfIncident,
    { person, relation, actingUnit }: DecideSafetyGate,
  ): Promise<Person> {
    if ('description' in person) {
      const { relation: ofNew, description } = person;
      // Named by the decision that made her known, so that a repeat of the command names the same.
      return { id: scope.id, isSubject: false, relation: ofNew, description };
    }
    const found = await this.find(scope, caller, subject, actingUnit, person);
    return { ...found, relation: relation ?? null, description: null };
  }

  private async write(
    { manager, id, at }: ActScope,
    caller: Caller,
    subject: SubjectOfIncident,
    person: Person,
    body: DecideSafetyGate,
  ): Promise<number> {
    const unit = body.actingUnit;
    const of = { subjectId: subject.id, unitId: unit, personId: person.id };
    const before = await newestDecision(manager, { unit, subjectId: subject.id, personId: person.id });
    const relation = await relationOf(manager, {
      subjectId: subject.id,
      personId: person.id,
      recorded: person.relation ?? before?.relation ?? null,
    });
    if (relation === 'self') {
      return refuseAtDoor('INVALID_INPUT', {
        errors: [{ field: 'person', message: 'is the person who has to be safe' }],
      });
    }
    if (body.decision === 'now' && (await assessmentIsDue(manager, subject.id))) {
      return refuseAtDoor('PROTECTION_ASSESSMENT_FIRST');
    }
    const reviewAt = reviewAfter(body.reviewOn, at);
    const sealed = await this.deps.recorder.seal(
      { id, incidentId: subject.incidentId, subjectId: subject.id, unit },
      [
        {
          ...said(
            'safety-gate',
            { reasons: body.reasons, person: person.description ?? undefined },
            subject.id,
          ),
          keepFrom: [...KEPT_FROM],
        },
      ],
    );
    const version = (before?.version ?? 0) + 1;
    await manager.insert(SafetyDecisionEntity, {
      ...of,
      ...sealed,
      id,
      incidentId: subject.incidentId,
      version,
      recordedAt: at,
      recordedBy: caller.person,
      isSubject: person.isSubject,
      relation,
      decision: body.decision,
      ground: body.ground ?? null,
      reviewAt,
    });
    const terms = (since: Date, review: Date) => ({
      rule: 'safety-gate-review' as const,
      ladder: 'office' as const,
      startEvent: 'postponed',
      startAt: since,
      askedOf: unitId(unit),
      events: { [REVIEW_SET.id]: review },
    });
    if (before !== null && before.reviewAt !== null) {
      const outcome = body.decision === 'now' ? 'NOW' : 'POSTPONED_AGAIN';
      await this.deps.steps.meet(manager, reviewStep(before), {
        outcome,
        at,
        terms: terms(before.recordedAt, before.reviewAt),
      });
    }
    if (reviewAt !== null) {
      await this.deps.steps.ask(manager, reviewStep({ id, subjectId: subject.id }), terms(at, reviewAt));
    }
    return version;
  }

  private named({ person }: DecideSafetyGate, recordId: string): WireReachedPerson {
    return 'description' in person ? { personRef: recordId } : person;
  }
}

/** The end of the day of review in Stockholm; refuses a day that is over. */
function reviewAfter(day: string | undefined, at: Date): Date | null {
  if (day === undefined) return null;
  const date = parseLocalDate(day);
  if (date !== undefined && endOfDay(date) > at) return endOfDay(date);
  return refuseAtDoor('INVALID_INPUT', { errors: [{ field: 'reviewOn', message: 'is not ahead' }] });
}
