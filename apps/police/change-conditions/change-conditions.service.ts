import type { ActRecorded, RecordChangeConditions } from '#contracts';
import {
  type ActRecorder,
  type Caller,
  type Effects,
  type Idempotency,
  lockFor,
  notInFuture,
  type PartySubjects,
  refuseAtDoor,
  said,
} from '#party';
import { ChangeConditionEntity } from './change-condition.entity.js';

export interface ChangeConditionsDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly effects: Effects;
}

/** Two of the three conditions of an offer to the alleged perpetrator: told, and agrees to contact (DESIGN 6.2). */
export class ChangeConditions {
  constructor(private readonly deps: ChangeConditionsDeps) {}

  /**
   * Records what he was told and said; whoever answers for her is told the newest word, and no more. Refuses NOT_FOUND,
   * SUBJECT_NOT_OF_KIND for anybody else, and a time in the future.
   */
  async record(
    caller: Caller,
    idempotency: Idempotency,
    outwardId: string,
    body: RecordChangeConditions,
  ): Promise<ActRecorded> {
    const { recorder, subjects, effects } = this.deps;
    const unit = body.actingUnit;
    return recorder.record(
      { caller, idempotency, unit, action: 'record-change-conditions' },
      async (scope) => {
        const { manager, id, at } = scope;
        const subject = await subjects.known(manager, caller, outwardId);
        if (subject.role !== 'alleged-perpetrator') return refuseAtDoor('SUBJECT_NOT_OF_KIND');
        const saidAt = notInFuture(body.saidAt, at, 'saidAt');
        await lockFor(manager, `change-conditions ${subject.id}`);
        const version =
          1 + (await manager.countBy(ChangeConditionEntity, { subjectId: subject.id, unitId: unit }));
        const { incidentId } = subject;
        const sealed = await recorder.seal({ id, incidentId, subjectId: subject.id, unit }, [
          said('change.what-he-said', body.note, subject.id),
        ]);
        await manager.insert(ChangeConditionEntity, {
          ...sealed,
          ...{ id, incidentId, unitId: unit, version, recordedAt: at, recordedBy: caller.person },
          ...{ subjectId: subject.id, told: body.told, agrees: body.agreesToContact, saidAt },
        });
        // Nothing is said of who was neither told nor asked before.
        if (body.agreesToContact || version > 1) {
          await effects.publish(manager, {
            code: body.agreesToContact ? 'suspect-agrees-to-contact' : 'suspect-declines-contact',
            ...{ causeId: id, incidentId, subjectId: subject.id, unit, effectiveAt: saidAt, recordedAt: at },
          });
        }
        return { version, target: { kind: 'subject', id: subject.id } };
      },
    );
  }
}
