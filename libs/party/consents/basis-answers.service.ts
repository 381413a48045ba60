import type { EntityManager } from 'typeorm';
import { recordNow } from '#directory';
import {
  type BasisId,
  type CountingWord,
  type DirectorySnapshot,
  type Purpose,
  RECORDED_NO,
  wordThatCounts,
} from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { BasisAnswer, BasisQuestion, BasisRecordSource } from '../dispatches/basis-records.js';
import type { PartyDirectory } from '../units/party-directory.js';
import type { BasisRecordEntity } from './basis-record.entity.js';
import { askedUnit, recordsOf, wordsOn } from './recorded-words.js';

/** The basis that a person's own answer is. */
export const CONSENT = 'X-01' satisfies BasisId;

/** One writer or several readers of a unit's words at a time: what a sending saw still holds when it commits (C6). */
export const wordsLock = (unit: string): string => `words ${unit}`;

export interface BasisAnswersDeps {
  readonly recorder: ActRecorder;
  readonly directory: PartyDirectory;
}

/** Answers, from what the unit recorded, whether something can rest on a consent or a decision at an instant. */
export class BasisAnswers implements BasisRecordSource {
  constructor(private readonly deps: BasisAnswersDeps) {}

  /**
   * With a manager it reads in that transaction and keeps every word of the unit from changing until it ends. Of a
   * decision where none was made, the last word is what the person said, if that is a no: a statement cannot go past it.
   */
  async inForce(question: BasisQuestion, manager?: EntityManager): Promise<BasisAnswer> {
    if (manager !== undefined) {
      await manager.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [
        wordsLock(question.unit),
      ]);
      // Whatever was recorded while this transaction waited is seen, though its own instant is earlier.
      const locked = await recordNow(manager);
      return this.answer(manager, locked > question.at ? { ...question, at: locked } : question);
    }
    return this.deps.recorder.as(question.unit, (own) => this.answer(own, question));
  }

  /** The consent or decision in force for a recipient and purpose, if there is one: what a dispatch could name. */
  async standingFor(
    asked: Pick<BasisQuestion, 'unit' | 'subjectId' | 'recipient'> & { purpose: Purpose; at: Date },
    bases: readonly BasisId[],
  ): Promise<string[]> {
    const snapshot = await this.deps.directory.snapshot();
    const records = await this.deps.recorder.as(asked.unit, (manager) =>
      recordsOf(manager, asked.subjectId, asked.unit),
    );
    return bases.flatMap((basis) => counting(snapshot, records, { ...asked, basis }).standing?.id ?? []);
  }

  private async answer(manager: EntityManager, question: BasisQuestion): Promise<BasisAnswer> {
    const { recordId, basis, subjectId, unit } = question;
    const records = await recordsOf(manager, subjectId, unit);
    const snapshot = await this.deps.directory.snapshot();
    const word = counting(snapshot, records, question);
    const hers = basis === CONSENT ? word : counting(snapshot, records, { ...question, basis: CONSENT });
    const isHerNo = word.lastWord === 'none' && RECORDED_NO.has(hers.lastWord);
    return {
      isRecord: records.some(({ id }) => id === recordId),
      standing:
        word.standing !== null && word.standing.id === recordId ? { fields: word.standing.fields } : null,
      lastWord: isHerNo ? hers.lastWord : word.lastWord,
    };
  }
}

function counting(
  snapshot: DirectorySnapshot,
  records: readonly BasisRecordEntity[],
  { basis, unit, recipient, purpose, at }: Omit<BasisQuestion, 'recordId'>,
): CountingWord {
  return wordThatCounts(wordsOn(records, basis), {
    giver: askedUnit(snapshot, unit),
    recipient: askedUnit(snapshot, recipient),
    purpose,
    at,
  });
}
