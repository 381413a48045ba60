import type { Purpose } from '../disclosure/index.js';
import type { UnitKind } from '../units/index.js';

/** One side of a consent: a named unit, or every unit of a kind. */
export type PartyScope = `unit:${string}` | `kind:${UnitKind}`;

/**
 * A side of a question: a unit is covered by its own name and by its kind. A unit that is in no directory has no kind; a
 * whole kind has no unit.
 */
export interface AskedUnit {
  readonly unit: string | null;
  readonly kind: UnitKind | null;
}

/** What was answered or decided. `NOT_ASKED` is a word too: it takes an earlier yes back. */
export type WordAnswer = 'GIVEN' | 'REFUSED' | 'NOT_ASKED';

/**
 * One word about telling somebody something: her answer when asked, an official's decision, or that it was taken back.
 * It is never changed; a later word about the same stands above it.
 */
export interface RecordedWord {
  readonly id: string;
  readonly kind: 'answer' | 'withdrawal';
  readonly answer: WordAnswer;
  readonly giver: PartyScope;
  readonly recipient: PartyScope;
  readonly purpose: Purpose;
  /** Ids of fields; null is all that the route lets leave. */
  readonly fields: readonly string[] | null;
  /** When it was said. */
  readonly saidAt: Date;
  /** When the record learned of it; nothing is known earlier. */
  readonly recordedAt: Date;
  /** Not in force from this instant on; null lasts until it is taken back. */
  readonly validUntil: Date | null;
  /** Set when the record turned out to be a mistake: disregarded from that instant on. */
  readonly inErrorSince: Date | null;
}

/** May this unit tell that unit, for this purpose, at this instant? */
export interface WordQuestion {
  readonly giver: AskedUnit;
  readonly recipient: AskedUnit;
  readonly purpose: Purpose;
  readonly at: Date;
}

/** The last word: `none` where nobody ever recorded one. Only `given` lets anything out. */
export const LAST_WORDS = ['given', 'refused', 'withdrawn', 'expired', 'not-asked', 'none'] as const;
export type LastWord = (typeof LAST_WORDS)[number];

/** A recorded no. Nothing that is merely stated with a preview can stand above one. */
export const RECORDED_NO: ReadonlySet<LastWord> = new Set(['refused', 'withdrawn', 'expired', 'not-asked']);

/** The word that counts, and the record that said it; `standing` is that record where it lets something out. */
export interface CountingWord {
  readonly lastWord: LastWord;
  readonly by: RecordedWord | null;
  readonly standing: RecordedWord | null;
}

/**
 * Of all words about the question the one said last counts, whether it was said of the unit or of its kind: a narrower
 * yes takes a wider one back, and so does a later no of either width (OSL 12:2: she waives wholly or partly). A tie goes
 * to the no. Words said or recorded after the instant asked about, and mistakes, do not count.
 */
export function wordThatCounts(words: readonly RecordedWord[], question: WordQuestion): CountingWord {
  const by = words
    .filter((word) => covers(word, question) && isKnownAt(word, question.at))
    .reduce<RecordedWord | null>((last, word) => (last === null || isLater(word, last) ? word : last), null);
  const lastWord = said(by, question.at);
  return { lastWord, by, standing: lastWord === 'given' ? by : null };
}

/** Whether the word is about this giver, this recipient and this purpose. */
export function covers(word: RecordedWord, { giver, recipient, purpose }: WordQuestion): boolean {
  return word.purpose === purpose && isOf(word.giver, giver) && isOf(word.recipient, recipient);
}

function isOf(scope: PartyScope, { unit, kind }: AskedUnit): boolean {
  return (unit !== null && scope === `unit:${unit}`) || (kind !== null && scope === `kind:${kind}`);
}

function isKnownAt({ saidAt, recordedAt, inErrorSince }: RecordedWord, at: Date): boolean {
  return saidAt <= at && recordedAt <= at && !(inErrorSince !== null && inErrorSince <= at);
}

function isLater(word: RecordedWord, than: RecordedWord): boolean {
  const later =
    word.saidAt.getTime() - than.saidAt.getTime() || word.recordedAt.getTime() - than.recordedAt.getTime();
  return later === 0 ? !isYes(word) : later > 0;
}

function isYes({ kind, answer }: RecordedWord): boolean {
  return kind === 'answer' && answer === 'GIVEN';
}

function said(word: RecordedWord | null, at: Date): LastWord {
  if (word === null) return 'none';
  if (word.kind === 'withdrawal') return 'withdrawn';
  switch (word.answer) {
    case 'GIVEN':
      return word.validUntil !== null && word.validUntil <= at ? 'expired' : 'given';
    case 'REFUSED':
      return 'refused';
    case 'NOT_ASKED':
      return 'not-asked';
  }
}
