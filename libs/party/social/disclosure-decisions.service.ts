import type { EntityManager } from 'typeorm';
import type { ActRecorded, DecideDisclosure, RecordConsent } from '#contracts';
import { type STAYS_WITH_SOCIALJOUREN, type UnitKind, unitId, unitWithId } from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import { lockFor, notInFuture, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { BasisQuestion, BasisRecordSource, RecordedBasis } from '../dispatches/basis-records.js';
import type { Effects } from '../effects/effects.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import type { Caller } from '../identity/caller.js';
import type { PartyDirectory } from '../units/party-directory.js';
import { DisclosureDecisionEntity } from './disclosure-decision.entity.js';

export interface DisclosureDecisionsDeps {
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly directory: PartyDirectory;
  readonly effects: Effects;
}

type Said = Pick<DisclosureDecisionEntity, 'basis' | 'answer' | 'way'> & {
  readonly decidedAt: string;
  readonly field: string;
  readonly words: Readonly<Record<string, string | undefined>>;
};

/** Consents and individual decisions about adults: what a dispatch of theirs can rest on (C6, X-01, X-IND). */
export class DisclosureDecisions implements BasisRecordSource {
  constructor(private readonly deps: DisclosureDecisionsDeps) {}

  /** What she answered; an answer of no, or of not asked, is kept too and takes an earlier yes back. */
  consent(caller: Caller, idempotency: Idempotency, outwardId: string, body: RecordConsent) {
    return this.decide(caller, idempotency, outwardId, body, {
      basis: 'X-01',
      answer: body.answer,
      way: body.way,
      decidedAt: body.answeredAt,
      field: 'answeredAt',
      words: { purpose: body.purpose, note: body.note },
    });
  }

  /** A decision in her individual case, by the caller, with reasons. */
  individual(caller: Caller, idempotency: Idempotency, outwardId: string, body: DecideDisclosure) {
    return this.decide(caller, idempotency, outwardId, body, {
      basis: 'X-IND',
      answer: 'GIVEN',
      way: 'DECIDED',
      decidedAt: body.decidedAt,
      field: 'decidedAt',
      words: { purpose: body.purpose, reasons: body.reasons },
    });
  }

  /** The recorded basis, if it is of this person, this unit and this recipient, and nothing later took it back. */
  async inForce({
    recordId,
    basis,
    subjectId,
    unit,
    recipient,
  }: BasisQuestion): Promise<RecordedBasis | null> {
    return this.deps.recorder.as(unit, async (manager) => {
      const record = await manager.findOneBy(DisclosureDecisionEntity, { id: recordId });
      if (record === null || record.basis !== basis || record.subjectId !== subjectId) return null;
      if (record.recipientUnit !== recipient || !(await stands(manager, record))) return null;
      return { fields: record.fields?.split(' ') ?? null };
    });
  }

  /** Of the records that are ours: whether a later one took it back. */
  async isWithdrawn(unit: string, recordId: string): Promise<boolean> {
    return this.deps.recorder.as(unit, async (manager) => {
      const record = await manager.findOneBy(DisclosureDecisionEntity, { id: recordId });
      return record !== null && !(await stands(manager, record));
    });
  }

  /** Those in force for a recipient, the newest first. */
  async standingFor(unit: string, subjectId: string, recipient: string): Promise<string[]> {
    return this.deps.recorder.as(unit, async (manager) => {
      const records = await manager.find(DisclosureDecisionEntity, {
        where: { subjectId, unitId: unit, recipientUnit: recipient },
        order: { recordedAt: 'DESC' },
      });
      const standing: string[] = [];
      for (const record of records) if (await stands(manager, record)) standing.push(record.id);
      return standing;
    });
  }

  private async decide(
    caller: Caller,
    idempotency: Idempotency,
    outwardId: string,
    body: RecordConsent | DecideDisclosure,
    { basis, answer, way, decidedAt, field, words }: Said,
  ): Promise<ActRecorded> {
    const { recorder, subjects, directory, effects } = this.deps;
    const unit = body.actingUnit;
    const recipient = unitWithId(await directory.snapshot(), unitId(body.recipientUnit));
    if (recipient === undefined) {
      return refuseAtDoor('UNKNOWN_UNIT', {
        errors: [{ field: 'recipientUnit', message: body.recipientUnit }],
      });
    }
    const action = basis === 'X-01' ? 'record-consent' : 'decide-disclosure';
    return recorder.record({ caller, idempotency, unit, action }, async ({ manager, id, at }) => {
      const incidentId = await subjects.incident(manager, caller, outwardId);
      const subject = await subjects.subject(manager, caller, incidentId, body.subjectId);
      // A child's information goes by duty or by a checked need (B4), never by an adult's form.
      if (subject.role === 'child') return refuseAtDoor('SUBJECT_NOT_OF_KIND');
      const decided = notInFuture(decidedAt, at, field);
      const of = { subjectId: subject.id, unitId: unit, recipientUnit: body.recipientUnit, basis };
      await lockFor(manager, JSON.stringify(['disclosure', of]));
      const version = 1 + (await manager.countBy(DisclosureDecisionEntity, of));
      const sealed = await recorder.seal({ id, incidentId, subjectId: subject.id, unit }, [
        said('consent-and-basis', words, subject.id),
      ]);
      await manager.insert(DisclosureDecisionEntity, {
        ...of,
        ...sealed,
        id,
        incidentId,
        version,
        recordedAt: at,
        recordedBy: caller.person,
        answer,
        way,
        fields: body.fields === 'all' ? null : body.fields.join(' '),
        decidedAt: decided,
      });
      const outcome = STAYS[answer];
      if (outcome !== undefined && DECIDES_FOR_HER.includes(recipient.kind)) {
        for (const matterId of await openSafetyOf(manager, subject.id, unit)) {
          await effects.record(manager, {
            causeId: id,
            matterId,
            unit,
            rules: ['D-18'],
            outcome,
            metAt: decided,
            recordedAt: at,
          });
        }
      }
      return { version, target: { kind: 'subject', id: subject.id } };
    });
  }
}

/**
 * An adult who says no, or was not asked, stays with socialjouren: the morning handover is answered, and contact is to
 * be offered by noon on the first office day (DESIGN 6.2).
 */
const STAYS: Readonly<Partial<Record<string, (typeof STAYS_WITH_SOCIALJOUREN)[number]>>> = {
  REFUSED: 'CONSENT_REFUSED',
  NOT_ASKED: 'CONSENT_NOT_ASKED',
};
/** The units that would have taken her over in the morning. */
const DECIDES_FOR_HER: readonly UnitKind[] = ['rvt', 'other-municipality'];

async function openSafetyOf(manager: EntityManager, subjectId: string, unit: string): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `select m.id from custody.matter m where m.subject_id = $1 and m.kind = 'adult-safety'
       and m.holder_unit = $2 and m.closed_at = 'infinity' order by m.id`,
    [subjectId, unit],
  );
  return rows.map(({ id }) => id);
}

/** The newest of its basis and recipient, and a yes: a narrower yes takes a wider one back as well. */
async function stands(manager: EntityManager, record: DisclosureDecisionEntity): Promise<boolean> {
  if (record.answer !== 'GIVEN') return false;
  const { subjectId, unitId, recipientUnit, basis } = record;
  const [newest] = await manager.find(DisclosureDecisionEntity, {
    select: { id: true, version: true },
    where: { subjectId, unitId, recipientUnit, basis },
    order: { version: 'DESC' },
    take: 1,
  });
  return newest?.id === record.id;
}
