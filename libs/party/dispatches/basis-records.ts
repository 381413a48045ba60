import type { BasisId } from '#domain';

export interface BasisQuestion {
  readonly recordId: string;
  readonly basis: BasisId;
  readonly subjectId: string;
  readonly unit: string;
}

/** Whether a consent or individual decision that a party recorded stands. */
export interface BasisRecordSource {
  holds(question: BasisQuestion): Promise<boolean>;
}

/** What the party's features recorded as bases; without any, only a statement given with the preview can be one. */
export class BasisRecords {
  readonly #sources: BasisRecordSource[] = [];

  addSource(source: BasisRecordSource): void {
    this.#sources.push(source);
  }

  async holds(question: BasisQuestion): Promise<boolean> {
    for (const source of this.#sources) if (await source.holds(question)) return true;
    return false;
  }
}
