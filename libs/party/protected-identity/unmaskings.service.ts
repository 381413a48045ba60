import { randomUUID } from 'node:crypto';
import type {
  AskToUnmask,
  PageQuery,
  UnmaskedProtection,
  UnmaskedWhereabouts,
  Unmasking,
  UnmaskingPage,
  UnmaskingReason,
} from '#contracts';
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
import { instantText, readKeyset, writeKeyset } from '../record/keyset.js';
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

  /** To the head of the unit, newest first: each notice that she got, without whom it was about. Refuses NO_MANDATE. */
  async list(caller: Caller, unit: string, { after, limit }: PageQuery): Promise<UnmaskingPage> {
    this.requireHead(caller, unit);
    const from = readKeyset(after, { instants: ['infinity'], id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' });
    const rows = await this.deps.reader.as([unit], (manager) =>
      manager
        .createQueryBuilder(UnmaskingEntity, 'u')
        .where('u.unitId = :unit and (u.recordedAt, u.id) < (cast(:at as timestamptz), cast(:id as uuid))', {
          unit,
          at: from.instants[0],
          id: from.id,
        })
        .orderBy('u.recordedAt', 'DESC')
        .addOrderBy('u.id', 'DESC')
        .limit(limit)
        .getMany(),
    );
    const last = rows.at(-1);
    return {
      items: rows.map(({ id, recordedBy, recordedAt, validUntil }) => ({
        unmaskingId: id,
        person: recordedBy,
        at: recordedAt.toISOString(),
        until: validUntil.toISOString(),
      })),
      next:
        rows.length < limit || last === undefined
          ? null
          : writeKeyset({ instants: [instantText(last.recordedAt)], id: last.id }),
    };
  }

  /** Why, in the words of who asked; to the head alone, and audited as a reading before it is opened. */
  async reason(caller: Caller, unit: string, id: string): Promise<UnmaskingReason> {
    this.requireHead(caller, unit);
    const { reader, recorder, audit } = this.deps;
    const row = await reader.as([unit], (manager) =>
      manager.findOneBy(UnmaskingEntity, { id, unitId: unit }),
    );
    if (row === null) return refuseAtDoor('NOT_FOUND');
    await audit.record({ caller, unit, action: 'read-unmasking-reason', target: { kind: 'unmasking', id } });
    const { incidentId, subjectId, ciphertext } = row;
    const [answer] = await recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
    return { unmaskingId: id, reason: typeof answer?.value === 'string' ? answer.value : null };
  }

  private requireHead(caller: Caller, unit: string): void {
    if (!unitsOf(caller).includes(unit)) refuseAtDoor('NOT_YOUR_UNIT');
    if (!unitsOf(caller, ['unit-head']).includes(unit)) refuseAtDoor('NO_MANDATE');
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
      restsOn: 'unmasking',
    });
    return found;
  }
}

function endOf(granted: Date): Date {
  return new Date(granted.getTime() + UNMASKING_MS);
}
