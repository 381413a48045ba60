import type { BasisId } from '#domain';

export interface BasisQuestion {
  readonly recordId: string;
  readonly basis: BasisId;
  readonly subjectId: string;
  /** The unit that recorded it and would send. */
  readonly unit: string;
  /** The unit that it would be sent to: consent to one recipient is none to another (C6). */
  readonly recipient: string;
}

/** A recorded basis in force, and the fields it covers; null is all that the route lets leave. */
export interface RecordedBasis {
  readonly fields: readonly string[] | null;
}

/** The consents and individual decisions that a party recorded. */
export interface BasisRecordSource {
  /** Null unless it is of this person, unit and recipient, and nothing later took it back. */
  inForce(question: BasisQuestion): Promise<RecordedBasis | null>;
  /** True for a record of this source that was taken back since; false for what is not its own. */
  isWithdrawn(unit: string, recordId: string): Promise<boolean>;
}

/** What the party's features recorded as bases; without any, only a statement given with the preview can be one. */
export class BasisRecords {
  readonly #sources: BasisRecordSource[] = [];

  addSource(source: BasisRecordSource): void {
    this.#sources.push(source);
  }

  async inForce(question: BasisQuestion): Promise<RecordedBasis | null> {
    for (const source of this.#sources) {
      const found = await source.inForce(question);
      if (found !== null) return found;
    }
    return null;
  }

  async isWithdrawn(unit: string, recordId: string): Promise<boolean> {
    for (const source of this.#sources) if (await source.isWithdrawn(unit, recordId)) return true;
    return false;
  }
}
