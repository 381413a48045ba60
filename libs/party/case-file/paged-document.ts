/** One thing said in a document: its name, what is said, and where it is from. */
export interface DocumentEntry {
  readonly label: string;
  readonly lines: readonly string[];
  /** Small print below: source, time, marks. */
  readonly meta: readonly string[];
  /** Marks that must not be overlooked, such as whom it is kept from. */
  readonly marks: readonly string[];
}

export interface DocumentSection {
  readonly heading: string;
  /** A sentence below the heading. */
  readonly intro: string | null;
  /** Drawn one at a time. */
  readonly entries: AsyncIterable<DocumentEntry> | readonly DocumentEntry[];
}

/** The first page's head. */
export interface DocumentHead {
  readonly title: string;
  readonly subtitle: string;
  /** Name and value, such as unit, case, day. */
  readonly facts: readonly (readonly [string, string])[];
  readonly notice: string | null;
  /** In the foot of every page, beside the number of the page. */
  readonly foot: string;
  readonly language: 'sv' | 'en';
  /** When it was made; also in the file's metadata. */
  readonly madeAt: Date;
}
