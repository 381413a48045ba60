import type { ActRecorded, RecordCaseNumber } from '#contracts';
import { type ActRecorder, lockFor, said } from '../acts/act-recorder.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { IdentityIndex } from './identity-index.js';
import { CaseNumberEntity } from './lookup.entities.js';

export interface CaseNumbersDeps {
  readonly recorder: ActRecorder;
  readonly index: IdentityIndex;
}

/** The authority's own numbers of its cases: sealed to the unit, and found by through the index. */
export class CaseNumbers {
  constructor(private readonly deps: CaseNumbersDeps) {}

  /** By the unit that holds the matter, or did; refuses NOT_FOUND for every other matter. A case may have several. */
  async record(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    { actingUnit: unit, caseNumber }: RecordCaseNumber,
  ): Promise<ActRecorded> {
    const { recorder, index } = this.deps;
    const recorded = await recorder.record(
      { caller, idempotency, unit, action: 'record-case-number' },
      async ({ manager, id, at }) => {
        const [matter]: { incident_id: string; subject_id: string }[] = await manager.query(
          `select m.incident_id, m.subject_id from custody.matter m where m.id = $1
           and exists (select 1 from custody.responsibility r where r.matter_id = m.id and r.unit_id = $2)`,
          [matterId, unit],
        );
        if (matter === undefined) return refuseAtDoor('NOT_FOUND');
        await lockFor(manager, `case-number ${matterId} ${unit}`);
        const version = 1 + (await manager.countBy(CaseNumberEntity, { matterId, unitId: unit }));
        const { incident_id: incidentId, subject_id: subjectId } = matter;
        const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
          said('case-number', caseNumber, subjectId),
        ]);
        await manager.insert(CaseNumberEntity, {
          ...sealed,
          id,
          incidentId,
          matterId,
          unitId: unit,
          version,
          recordedAt: at,
          recordedBy: caller.person,
        });
        await index.forget(manager, unit, [matterId]);
        return { version, target: { kind: 'matter', id: matterId } };
      },
    );
    await index.relearn(unit, { matterIds: [matterId] });
    return recorded;
  }
}
