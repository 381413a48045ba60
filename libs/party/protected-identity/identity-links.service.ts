import type { EntityManager } from 'typeorm';
import type { ActRecorded, LinkIdentity } from '#contracts';
import { type ActRecorder, lockFor, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { KnownAnswer } from '../content/known-answer.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt } from '../identity/caller.js';
import { type IdentityIndex, serviceCaller } from '../lookup/identity-index.js';
import type { PartyName } from '../party.port.js';
import { type EntitledFunction, openEntitled } from './entitled-function.js';
import { IdentityLinkEntity, IdentityLinkEntryEntity } from './identity-link.entity.js';
import type { ProtectionRecords } from './protection-records.service.js';

export interface IdentityLinksDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly entitled: EntitledFunction;
  readonly records: ProtectionRecords;
  readonly index: IdentityIndex;
  readonly audit: ReadingAudit;
  readonly party: PartyName;
}

export interface EarlierIdentity {
  readonly name: string | null;
  readonly number: string | null;
  readonly recordedAt: Date;
}

const NAME = 'earlier.name';
const NUMBER = 'earlier.number';

/**
 * Who a person with an assumed identity was before (OSL 21:3 third paragraph): kept by the unit that is entitled to know,
 * and nowhere else. Custody has no such thing, and what leaves the unit names neither the link nor that there is one.
 */
export class IdentityLinks {
  constructor(private readonly deps: IdentityLinksDeps) {}

  /** By the entitled function, of a person whom the unit has marked as living under an assumed identity. */
  async link(
    caller: Caller,
    idempotency: Idempotency,
    outwardId: string,
    body: LinkIdentity,
  ): Promise<ActRecorded> {
    const { recorder, subjects, entitled, records, index, audit } = this.deps;
    const unit = body.actingUnit;
    await entitled.require(caller, unit);
    const authority = mandateAt(caller, unit)?.authority ?? refuseAtDoor('NOT_YOUR_UNIT');
    // The same name in the audit as for a marking: not even the log tells that somebody was somebody else.
    return recorder.record(
      { caller, idempotency, unit, action: 'record-protection' },
      async ({ manager, id, at }) => {
        const incidentId = await subjects.incident(manager, caller, outwardId);
        const subject = await subjects.subject(manager, caller, incidentId, body.subjectId);
        await audit.record({
          caller,
          unit,
          action: 'read-protection',
          target: { kind: 'subject', id: subject.id },
        });
        const { mark, standing } = await records.opened(unit, subject.id);
        if (standing !== 'marked' || mark?.level !== 'assumed-identity') {
          return refuseAtDoor('INVALID_INPUT', {
            errors: [{ field: 'subjectId', message: 'mark the assumed identity first' }],
          });
        }
        await openEntitled(manager, unit);
        await lockFor(manager, `identity-link ${subject.id} ${unit}`);
        const of = { subjectId: subject.id, unitId: unit };
        const version = 1 + (await manager.countBy(IdentityLinkEntity, of));
        const sealed = await recorder.seal({ id, incidentId, subjectId: subject.id, unit }, [
          said(NAME, body.earlierName ?? null, subject.id),
          said(NUMBER, body.earlierNumber ?? null, subject.id),
          said('protection.reasons', body.reason, subject.id),
        ]);
        await manager.insert(IdentityLinkEntity, {
          ...of,
          ...sealed,
          id,
          incidentId,
          version,
          recordedAt: at,
          recordedBy: caller.person,
        });
        const tags = await index.linkTags(authority, unit, {
          name: body.earlierName ?? null,
          number: body.earlierNumber ?? null,
          at,
        });
        if (tags.length === 0) {
          return refuseAtDoor('INVALID_INPUT', {
            errors: [{ field: 'earlierNumber', message: 'is written like no name or number' }],
          });
        }
        await manager.insert(
          IdentityLinkEntryEntity,
          tags.map((one) => ({ ...one, unitId: unit, linkId: id, subjectId: subject.id })),
        );
        return { version: 1, target: { kind: 'subject', id: subject.id } };
      },
    );
  }

  /** Who she was, oldest first; for the entitled function alone, and the reading is audited by who asks. */
  async of(unit: string, subjectId: string): Promise<EarlierIdentity[]> {
    const rows = await this.deps.recorder.as(unit, async (manager) => {
      await openEntitled(manager, unit);
      return manager.find(IdentityLinkEntity, {
        where: { unitId: unit, subjectId },
        order: { version: 'ASC' },
      });
    });
    const earlier: EarlierIdentity[] = [];
    for (const { id, incidentId, ciphertext, recordedAt } of rows) {
      const answers = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
      earlier.push({ name: textOf(answers, NAME), number: textOf(answers, NUMBER), recordedAt });
    }
    return earlier;
  }

  /** Writes anew the tags of every link that the unit's current key does not have yet; how many links. */
  async retag(authority: string, unit: string): Promise<number> {
    const { recorder, index, audit, party } = this.deps;
    const { current } = await index.indexes(authority);
    const stale = await recorder.as(unit, async (manager) => {
      await openEntitled(manager, unit);
      return linksWithout(manager, unit, current.version);
    });
    for (const { id, subjectId, incidentId, ciphertext, recordedAt } of stale) {
      await audit.record({
        caller: serviceCaller(party, unit, authority),
        unit,
        action: 'index-identity',
        target: { kind: 'subject', id: subjectId },
      });
      const answers = await recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
      const tags = await index.linkTags(authority, unit, {
        name: textOf(answers, NAME),
        number: textOf(answers, NUMBER),
        at: recordedAt,
      });
      await recorder.as(unit, async (manager) => {
        await openEntitled(manager, unit);
        await manager.delete(IdentityLinkEntryEntity, { linkId: id, unitId: unit });
        await manager.insert(
          IdentityLinkEntryEntity,
          tags.map((one) => ({ ...one, unitId: unit, linkId: id, subjectId })),
        );
      });
    }
    return stale.length;
  }
}

function linksWithout(manager: EntityManager, unit: string, version: number): Promise<IdentityLinkEntity[]> {
  return manager
    .createQueryBuilder(IdentityLinkEntity, 'l')
    .where('l.unitId = :unit', { unit })
    .andWhere((query) => {
      const current = query
        .subQuery()
        .select('1')
        .from(IdentityLinkEntryEntity, 'e')
        .where('e.linkId = l.id and e.keyVersion = :version', { version });
      return `not exists ${current.getQuery()}`;
    })
    .getMany();
}

function textOf(answers: readonly KnownAnswer[], field: string): string | null {
  const value = answers.find((one) => one.field === field)?.value;
  return typeof value === 'string' ? value : null;
}
