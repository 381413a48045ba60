import { randomUUID } from 'node:crypto';
import type { AskToUnmask, UnmaskedProtection, UnmaskedWhereabouts, Unmasking } from '#contracts';
import { NotificationEntity } from '#database';
import { recordNow } from '#directory';
import { UNMASKING_MS } from '#domain';
import { type ActRecorder, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { EntitledFunction } from './entitled-function.js';
import type { IdentityLinks } from './identity-links.service.js';
import type { ProtectionRecords } from './protection-records.service.js';
import { UnmaskingEntity } from './unmasking.entity.js';

export interface UnmaskingsDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly entitled: EntitledFunction;
  readonly records: ProtectionRecords;
  readonly links: IdentityLinks;
  readonly audit: ReadingAudit;
  readonly reader: CustodyReader;
}

/** Lets the entitled function see what is masked: with a reason, for a quarter of an hour, and the unit head is told. */
export class Unmaskings {
  constructor(private readonly deps: UnmaskingsDeps) {}

  /**
   * Refuses ENTITLED_FUNCTION_ONLY to all others before anything is looked at, so that the words cannot tell whether there
   * is something. The head's notice says that there is something to open, and not what.
   */
  async ask(
    caller: Caller,
    idempotency: Idempotency,
    outwardId: string,
    { actingUnit: unit, subjectId: outwardSubject, reason }: AskToUnmask,
  ): Promise<Unmasking> {
    const { recorder, subjects, entitled } = this.deps;
    await entitled.require(caller, unit);
    const { recordId, recordedAt } = await recorder.record(
      { caller, idempotency, unit, action: 'unmask' },
      async ({ manager, id, at }) => {
        const incidentId = await subjects.incident(manager, caller, outwardId);
        const { id: subjectId } = await subjects.subject(manager, caller, incidentId, outwardSubject);
        const sealed = await recorder.seal({ id, incidentId, subjectId, unit }, [
          said('unmasking.reason', reason, subjectId),
        ]);
        await manager.insert(UnmaskingEntity, {
          ...sealed,
          id,
          incidentId,
          unitId: unit,
          version: 1,
          recordedAt: at,
          recordedBy: caller.person,
          subjectId,
          validUntil: endOf(at),
        });
        await manager.insert(NotificationEntity, {
          id: randomUUID(),
          deadlineId: null,
          rung: 0,
          unitId: unit,
          function: 'unit-head',
          kind: 'something',
          ringUnit: null,
          createdAt: at,
          handedOverAt: Number.POSITIVE_INFINITY,
        });
        return { version: 1, target: { kind: 'subject', id: subjectId } };
      },
    );
    return { unmaskingId: recordId, until: endOf(new Date(recordedAt)).toISOString() };
  }

  /** What the unit recorded of her, and who she was before. Refuses UNMASKING_OVER to everybody but who asked, and after the time. */
  async show(caller: Caller, id: string): Promise<UnmaskedProtection> {
    const { subjectId, unitId: unit } = await this.running(caller, id, 'read-protected-identity');
    const { standing, isApart, mark, assertedDistrict } = await this.deps.records.opened(unit, subjectId);
    const earlier = await this.deps.links.of(unit, subjectId);
    return {
      unmaskingId: id,
      standing,
      isApart,
      mark:
        mark === null
          ? null
          : {
              level: mark.level,
              authority: mark.authority,
              provision: mark.provision,
              decidedOn: mark.decidedOn,
              from: mark.from,
              until: mark.until,
            },
      assertedDistrict,
      earlierIdentities: earlier.map(({ recordedAt, ...who }) => ({
        ...who,
        recordedAt: recordedAt.toISOString(),
      })),
    };
  }

  /** Where she is: an envelope of its own, and a reading of its own. */
  async whereabouts(caller: Caller, id: string): Promise<UnmaskedWhereabouts> {
    const { subjectId, unitId: unit } = await this.running(caller, id, 'read-protected-whereabouts');
    return { unmaskingId: id, whereabouts: await this.deps.records.whereabouts(unit, subjectId) };
  }

  /** The unmasking, while it runs and the caller is still entitled; audited before anything is decrypted. */
  private async running(caller: Caller, id: string, action: string): Promise<UnmaskingEntity> {
    const { reader, entitled, audit } = this.deps;
    const found = await reader.as(unitsOf(caller), async (manager) => {
      const now = await recordNow(manager);
      const row = await manager.findOneBy(UnmaskingEntity, { id, recordedBy: caller.person });
      if (row === null || row.validUntil <= now) return null;
      return (await entitled.isEntitled(manager, caller, row.unitId, now)) ? row : null;
    });
    if (found === null) return refuseAtDoor('UNMASKING_OVER');
    await audit.record({
      caller,
      unit: found.unitId,
      action,
      target: { kind: 'subject', id: found.subjectId },
    });
    return found;
  }
}

function endOf(granted: Date): Date {
  return new Date(granted.getTime() + UNMASKING_MS);
}
