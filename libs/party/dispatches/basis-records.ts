import type { EntityManager } from 'typeorm';
import type { BasisId, LastWord, Purpose } from '#domain';

export interface BasisQuestion {
  /** The consent or the decision that a dispatch names; null asks for the last word alone. */
  readonly recordId: string | null;
  readonly basis: BasisId;
  readonly subjectId: string;
  /** The unit that recorded it and would send. */
  readonly unit: string;
  /** The unit that it would be sent to: consent to one recipient is none to another (C6). */
  readonly recipient: string;
  readonly purpose: Purpose;
  /** The instant at which it must be in force; record time. */
  readonly at: Date;
}

/** A recorded basis in force, and the fields it covers; null is all that the route lets leave. */
export interface RecordedBasis {
  readonly fields: readonly string[] | null;
}

export interface BasisAnswer {
  /** Whether the named record is one of these at all; else the preview named a statement. */
  readonly isRecord: boolean;
  /** The named record, if it is of this person, unit, recipient and purpose, and in force at the instant. */
  readonly standing: RecordedBasis | null;
  /**
   * The last word about it: of an individual decision where one was made, else what the person said. A statement given
   * with a preview never stands above one of `RECORDED_NO`.
   */
  readonly lastWord: LastWord;
}

/** The consents and individual decisions that a party recorded. */
export interface BasisRecordSource {
  /** Reads in the transaction given, so that what it found still holds when that transaction commits. */
  inForce(question: BasisQuestion, manager?: EntityManager): Promise<BasisAnswer>;
}

const NOTHING_RECORDED: BasisAnswer = { isRecord: false, standing: null, lastWord: 'none' };

/** What the party recorded as bases; without a source, only a statement given with the preview can be one. */
export class BasisRecords implements BasisRecordSource {
  #source: BasisRecordSource | null = null;

  servedBy(source: BasisRecordSource): void {
    this.#source = source;
  }

  async inForce(question: BasisQuestion, manager?: EntityManager): Promise<BasisAnswer> {
    return this.#source?.inForce(question, manager) ?? NOTHING_RECORDED;
  }
}
