import type { ActRecorded, MarkFile } from '#contracts';
import { type ActRecorder, lockFor, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { Idempotency } from '../http/headers.decorator.js';
import type { Caller } from '../identity/caller.js';
import { RetentionMarkEntity } from './retention-mark.entity.js';

export interface RetentionMarksDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
}

/** What a worker knows that keeps somebody's file, and that nothing else in Handslag tells (domain.md B8). */
export class RetentionMarks {
  constructor(private readonly deps: RetentionMarksDeps) {}

  /** Refuses NOT_FOUND and UNKNOWN_SUBJECT. A later mark of the same kind is a new version; `holds: false` takes it back. */
  mark(caller: Caller, idempotency: Idempotency, outwardId: string, body: MarkFile): Promise<ActRecorded> {
    const { recorder, subjects } = this.deps;
    const { actingUnit: unit, mark, holds, until, reason } = body;
    return recorder.record(
      { caller, idempotency, unit, action: 'mark-file' },
      async ({ manager, id, at }) => {
        const incidentId = await subjects.incident(manager, caller, outwardId);
        const subject = await subjects.subject(manager, caller, incidentId, body.subjectId);
        const of = { subjectId: subject.id, unitId: unit, mark };
        await lockFor(manager, JSON.stringify(['retention-mark', of]));
        const version = 1 + (await manager.countBy(RetentionMarkEntity, of));
        const sealed = await recorder.seal({ id, incidentId, subjectId: subject.id, unit }, [
          said('retention.reason', reason, subject.id),
        ]);
        await manager.insert(RetentionMarkEntity, {
          ...of,
          ...sealed,
          id,
          incidentId,
          version,
          recordedAt: at,
          recordedBy: caller.person,
          holds,
          until: until ?? null,
        });
        return { version, target: { kind: 'subject', id: subject.id } };
      },
    );
  }
}
