import type { EntityManager } from 'typeorm';
import type { ActRecorded, AssessProtection } from '#contracts';
import type { ActRecorder } from '../acts/act-recorder.js';
import { lockFor, notInFuture, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { KnownAnswersSource } from '../content/content-vault.js';
import type { KnownAnswer } from '../content/known-answer.js';
import type { Effects } from '../effects/effects.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import { ProtectionAssessmentEntity } from './protection-assessment.entity.js';

export interface ProtectionAssessmentsDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly effects: Effects;
}

/** Whether a child needs protection now: per child, the same day in calendar time (D-01, D-02). */
export class ProtectionAssessments implements KnownAnswersSource {
  constructor(private readonly deps: ProtectionAssessmentsDeps) {}

  /**
   * Records one; a later one of the same child is a new version. Meets D-01 and D-02 in custody with the time of the
   * assessment. Refuses UNKNOWN_SUBJECT, SUBJECT_NOT_OF_KIND for an adult, and a time in the future.
   */
  async assess(
    caller: Caller,
    idempotency: Idempotency,
    outwardId: string,
    body: AssessProtection,
  ): Promise<ActRecorded> {
    const { recorder, subjects, effects } = this.deps;
    const unit = body.actingUnit;
    return recorder.record({ caller, idempotency, unit, action: 'assess-protection' }, async (scope) => {
      const { manager, id, at, mandate } = scope;
      const incidentId = await subjects.incident(manager, caller, outwardId);
      const child = await subjects.subject(manager, caller, incidentId, body.subjectId);
      if (child.role !== 'child') return refuseAtDoor('SUBJECT_NOT_OF_KIND');
      const assessedAt = notInFuture(body.assessedAt, at, 'assessedAt');
      await lockFor(manager, `assessment ${child.id} ${unit}`);
      const of = { subjectId: child.id, unitId: unit };
      const version = 1 + (await manager.countBy(ProtectionAssessmentEntity, of));
      const sealed = await recorder.seal({ id, incidentId, subjectId: child.id, unit }, [
        said('assessment.outcome', body.outcome, child.id),
        said('assessment.reasons', reasonsOf(body), child.id),
        said('assessment.child-heard', body.childHeard, child.id),
        // The function, not the person: she is named in the audit alone.
        said('assessment.assessor', `${mandate.role}, ${unit}`, null),
        said('assessment.time', assessedAt.toISOString(), child.id),
      ]);
      await manager.insert(ProtectionAssessmentEntity, {
        ...of,
        ...sealed,
        id,
        incidentId,
        version,
        recordedAt: at,
        recordedBy: caller.person,
        outcome: body.outcome,
        childHeard: body.childHeard,
        assessedAt,
      });
      // "Cannot be assessed yet" is recorded and meets nothing: the day's end still asks for it (D-02).
      if (body.outcome !== 'CANNOT_YET_BE_ASSESSED') {
        for (const matterId of await openReportsOf(manager, child.id)) {
          await effects.record(manager, {
            causeId: id,
            matterId,
            unit,
            rules: ['D-01', 'D-02'],
            outcome: body.outcome,
            metAt: assessedAt,
            recordedAt: at,
          });
        }
      }
      return { version, target: { kind: 'subject', id: child.id } };
    });
  }

  /** The newest that the unit itself made, for the envelopes it composes; the reading is audited by who asks. */
  async answersFor(unit: string, incidentId: string, subjectId: string): Promise<readonly KnownAnswer[]> {
    const [newest] = await this.deps.recorder.as(unit, (manager) =>
      manager.find(ProtectionAssessmentEntity, {
        where: { subjectId, unitId: unit },
        order: { version: 'DESC' },
        take: 1,
      }),
    );
    if (newest === undefined) return [];
    return this.deps.recorder.open({ id: newest.id, incidentId, subjectId, unit }, newest.ciphertext);
  }

  /** Whether the unit has assessed the child to an outcome. */
  async isAssessed(unit: string, subjectId: string): Promise<boolean> {
    const [newest] = await this.deps.recorder.as(unit, (manager) =>
      manager.find(ProtectionAssessmentEntity, {
        select: { id: true, outcome: true },
        where: { subjectId, unitId: unit },
        order: { version: 'DESC' },
        take: 1,
      }),
    );
    return newest !== undefined && newest.outcome !== 'CANNOT_YET_BE_ASSESSED';
  }
}

function reasonsOf({ reasons, whyNotHeard }: AssessProtection): string {
  return whyNotHeard === undefined ? reasons : `${reasons}\n\n${whyNotHeard}`;
}

/** The child's reports whose duties may still run; the acting unit sees those that it has a part in. */
async function openReportsOf(manager: EntityManager, subjectId: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `select m.id from custody.matter m
     where m.subject_id = $1 and m.kind = 'child-protection' and m.closed_at = 'infinity' order by m.id`,
    [subjectId],
  );
  return rows.map(({ id }) => id);
}
