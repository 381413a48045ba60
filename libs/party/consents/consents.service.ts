import type { EntityManager } from 'typeorm';
import type {
  ActRecorded,
  DecideDisclosure,
  MarkConsentInError,
  RecordConsent,
  WithdrawConsent,
} from '#contracts';
import { type DirectorySnapshot, mayDecide, type PartyScope, type Role, unitId, unitWithId } from '#domain';
import type { ActRecorder, ActScope } from '../acts/act-recorder.js';
import { notInFuture } from '../acts/act-recorder.js';
import type { PartySubjects, SubjectOfIncident } from '../acts/party-subjects.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor, valueOrRefuse } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { PartyDirectory } from '../units/party-directory.js';
import { appendWord, type WordTerms } from './append-word.js';
import { CONSENT, wordsLock } from './basis-answers.service.js';
import { BasisRecordEntity } from './basis-record.entity.js';
import type { ConsentGuard } from './consent-guard.port.js';
import type { HandoverAnswers } from './handover-answers.js';
import { aboutIt, recordsOf, scopeOf, takenBack, wireScope } from './recorded-words.js';

export interface ConsentsDeps {
  readonly recorder: ActRecorder;
  readonly reader: CustodyReader;
  readonly subjects: PartySubjects;
  readonly directory: PartyDirectory;
  readonly handovers: HandoverAnswers;
  readonly guard: ConsentGuard;
}

/** What persons answered and officials decided about telling somebody something; nothing of it is ever changed (C6). */
export class Consents {
  constructor(private readonly deps: ConsentsDeps) {}

  /**
   * What a person answered; a no, or that she was not asked, is kept too and stands above an earlier yes. A child's yes
   * needs the evaluation of who may consent (domain.md B4); a yes of a guardian or of an alleged perpetrator, that it
   * was decided safe to ask. A no is always recorded. Refuses
   * CONSENT_PATH_FIRST, SAFETY_GATE_CLOSED, UNKNOWN_UNIT, and a time in the future.
   */
  consent(
    caller: Caller,
    idempotency: Idempotency,
    subject: string,
    body: RecordConsent,
  ): Promise<ActRecorded> {
    const { purposeInWords, takenBy, note } = body;
    return this.word(caller, idempotency, subject, {
      kind: 'answer',
      body,
      giver: scopeOf(body.giver ?? { unit: body.actingUnit }),
      words: { purpose: purposeInWords, takenBy, note },
      check: (scope, known) => this.deps.guard.mayBeRecorded(scope, caller, known, body),
      terms: {
        basis: CONSENT,
        answer: body.answer,
        way: body.way,
        saidBy: body.saidBy,
      },
      said: { at: body.answeredAt, field: 'answeredAt' },
    });
  }

  /**
   * A decision in the individual case, by the caller in a role that may decide it, with every condition of the basis
   * found to be met. Refuses NOT_A_BASIS_TO_DECIDE, DECIDED_BY_ANOTHER_ROLE, CONDITIONS_NOT_MET, UNKNOWN_UNIT.
   */
  decide(
    caller: Caller,
    idempotency: Idempotency,
    subject: string,
    body: DecideDisclosure,
  ): Promise<ActRecorded> {
    valueOrRefuse(mayDecide(body, rolesAt(caller, body.actingUnit)));
    return this.word(caller, idempotency, subject, {
      kind: 'decision',
      body,
      giver: scopeOf({ unit: body.actingUnit }),
      words: { purpose: body.purposeInWords, reasons: body.reasons, conditions: body.conditions.join(' ') },
      check: async () => undefined,
      terms: {
        basis: body.basis,
        answer: body.discloses ? 'GIVEN' : 'REFUSED',
        way: 'DECIDED',
        saidBy: 'DECIDER',
      },
      said: { at: body.decidedAt, field: 'decidedAt' },
    });
  }

  /** From now on nothing leaves on it. Refuses NOT_FOUND, ALREADY_TAKEN_BACK, and a time before it was said. */
  async withdraw(
    caller: Caller,
    idempotency: Idempotency,
    recordId: string,
    body: WithdrawConsent,
  ): Promise<ActRecorded> {
    const record = await this.ownRecord(caller, recordId);
    if (record.about !== null) return refuseAtDoor('NOT_FOUND');
    return this.about(caller, idempotency, record, 'withdrawal', async ({ manager, id, at }) => {
      const saidAt = notInFuture(body.withdrawnAt, at, 'withdrawnAt');
      if (saidAt < record.saidAt) {
        return refuseAtDoor('INVALID_INPUT', {
          errors: [{ field: 'withdrawnAt', message: 'before it was said' }],
        });
      }
      if (record.answer === 'GIVEN') await this.answered(manager, record, 'REFUSED', { id, saidAt, at });
      return { saidAt, way: body.way, saidBy: body.saidBy, words: { note: body.note } };
    });
  }

  /** It was never said, or not by this person. Setting a no aside is the unit head's: UNIT_HEAD_DECIDES. */
  async markInError(
    caller: Caller,
    idempotency: Idempotency,
    recordId: string,
    body: MarkConsentInError,
  ): Promise<ActRecorded> {
    const record = await this.ownRecord(caller, recordId);
    const isYes = record.kind !== 'withdrawal' && record.answer === 'GIVEN';
    if (!isYes && !unitsOf(caller, ['unit-head']).includes(record.unitId))
      return refuseAtDoor('UNIT_HEAD_DECIDES');
    return this.about(caller, idempotency, record, 'error-mark', async ({ at }) => ({
      saidAt: at,
      way: 'RECORDED',
      saidBy: 'STAFF',
      words: { reasons: body.reasons },
    }));
  }

  private async word(
    caller: Caller,
    idempotency: Idempotency,
    outwardSubject: string,
    one: {
      readonly kind: 'answer' | 'decision';
      readonly body: RecordConsent | DecideDisclosure;
      readonly giver: PartyScope;
      readonly words: Readonly<Record<string, string | undefined>>;
      readonly check: (scope: ActScope, subject: SubjectOfIncident) => Promise<void>;
      readonly terms: Pick<WordTerms, 'basis' | 'answer' | 'way' | 'saidBy'>;
      readonly said: { readonly at: string; readonly field: string };
    },
  ): Promise<ActRecorded> {
    const { recorder, subjects, directory } = this.deps;
    const { body, terms } = one;
    const unit = body.actingUnit;
    const recipient = scopeOf(body.recipient);
    const snapshot = await directory.snapshot();
    for (const [field, scope] of Object.entries({ giver: one.giver, recipient })) {
      refuseUnknown(snapshot, scope, field);
    }
    const action = one.kind === 'answer' ? 'record-consent' : 'decide-disclosure';
    const acting = { caller, idempotency, unit, action, inOrderOf: wordsLock(unit) };
    return recorder.record(acting, async (scope) => {
      const { manager, id, at } = scope;
      const subject = await subjects.known(manager, caller, outwardSubject);
      await one.check(scope, subject);
      const saidAt = notInFuture(one.said.at, at, one.said.field);
      const validUntil = body.validUntil === undefined ? null : new Date(body.validUntil);
      if (validUntil !== null && validUntil <= saidAt) {
        return refuseAtDoor('INVALID_INPUT', {
          errors: [{ field: 'validUntil', message: 'ends before it begins' }],
        });
      }
      const row = {
        ...terms,
        subjectId: subject.id,
        unitId: unit,
        incidentId: subject.incidentId,
        giver: one.giver,
        recipient,
        purpose: body.purpose,
        fields: body.fields === 'all' ? null : body.fields.join(' '),
        saidAt,
        validUntil,
      };
      const version = await appendWord(this.deps.recorder, caller, scope, row, {
        id,
        kind: one.kind,
        about: null,
        words: one.words,
      });
      if (one.kind === 'answer') await this.answered(manager, row, terms.answer, { id, saidAt, at });
      return { version, target: { kind: 'subject', id: subject.id } };
    });
  }

  private async about(
    caller: Caller,
    idempotency: Idempotency,
    record: BasisRecordEntity,
    kind: 'withdrawal' | 'error-mark',
    say: (
      scope: ActScope,
    ) => Promise<
      Pick<WordTerms, 'saidAt' | 'way' | 'saidBy'> & { words: Readonly<Record<string, string | undefined>> }
    >,
  ): Promise<ActRecorded> {
    const { unitId: unit, subjectId } = record;
    const action = kind === 'withdrawal' ? 'withdraw-consent' : 'mark-consent-in-error';
    const acting = { caller, idempotency, unit, action, inOrderOf: wordsLock(unit) };
    return this.deps.recorder.record(acting, async (scope) => {
      const records = await recordsOf(scope.manager, subjectId, unit);
      if (aboutIt(records, record.id, 'error-mark') !== undefined) return refuseAtDoor('ALREADY_TAKEN_BACK');
      if (kind === 'withdrawal' && takenBack(records, record.id) !== undefined) {
        return refuseAtDoor('ALREADY_TAKEN_BACK');
      }
      const { words, ...terms } = await say(scope);
      const row = { ...record, ...terms, answer: null };
      const version = await appendWord(this.deps.recorder, caller, scope, row, {
        id: scope.id,
        kind,
        about: record.id,
        words,
      });
      return { version, target: { kind: 'basis-record', id: record.id } };
    });
  }

  private answered(
    manager: EntityManager,
    row: Pick<BasisRecordEntity, 'subjectId' | 'unitId' | 'giver' | 'recipient' | 'purpose'>,
    answer: BasisRecordEntity['answer'],
    told: { readonly id: string; readonly saidAt: Date; readonly at: Date },
  ): Promise<void> {
    return this.deps.handovers.answered(manager, row, answer, told);
  }

  /** A word of a unit at which the caller has a mandate; refuses NOT_FOUND for any other, and for none. */
  private async ownRecord(caller: Caller, recordId: string): Promise<BasisRecordEntity> {
    const record = await this.deps.reader.as(unitsOf(caller), (manager) =>
      manager.findOneBy(BasisRecordEntity, { id: recordId }),
    );
    return record === null || record.kind === 'error-mark' ? refuseAtDoor('NOT_FOUND') : record;
  }
}

/** Refuses UNKNOWN_UNIT for a unit that is in no directory. */
function refuseUnknown(snapshot: DirectorySnapshot, scope: PartyScope, field: string): void {
  const side = wireScope(scope);
  if ('kind' in side || unitWithId(snapshot, unitId(side.unit)) !== undefined) return;
  refuseAtDoor('UNKNOWN_UNIT', { errors: [{ field, message: side.unit }] });
}

function rolesAt(caller: Caller, unit: string): Role[] {
  return caller.mandates.filter((one) => one.unit === unit).map(({ role }) => role);
}
