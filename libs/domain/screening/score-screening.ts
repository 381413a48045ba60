import {
  type CutOff,
  type ScreeningInstrumentId,
  type ScreeningResult,
  screeningInstrument,
} from './screening-instruments.js';

/** One answered item; an item that nobody answered is not here. */
export interface ScreeningAnswer {
  readonly item: number;
  readonly value: number;
}

/** The ITQ's criteria, each as the answers meet it or not (domain.md C2, Cloitre 2018). */
export interface ItqPattern {
  readonly reExperiencing: boolean;
  readonly avoidance: boolean;
  readonly threat: boolean;
  readonly impairment: boolean;
  readonly affectiveDysregulation: boolean;
  readonly negativeSelfConcept: boolean;
  readonly disturbedRelationships: boolean;
  readonly impairmentOfSelf: boolean;
}

export interface ScreeningScore {
  readonly result: Exclude<ScreeningResult, 'STOPPED' | 'DECLINED'>;
  /** Sums by scale; none where an item of the scale is missing. */
  readonly sums: readonly { readonly scale: string; readonly sum: number }[];
  readonly cutOffs: readonly (CutOff & { readonly reached: boolean })[];
  /** Of the ITQ, when every item is answered. */
  readonly pattern: ItqPattern | null;
}

/** What is wrong with answers, one sentence each with the item's number; empty is right. */
export function screeningDefects(
  id: ScreeningInstrumentId,
  answers: readonly ScreeningAnswer[],
): readonly { readonly item: number; readonly message: string }[] {
  const { items, highest } = screeningInstrument(id);
  const seen = new Set<number>();
  return answers.flatMap(({ item, value }) => {
    const isRepeated = seen.has(item);
    seen.add(item);
    if (!Number.isInteger(item) || item < 1 || item > items) {
      return [{ item, message: `the items are 1 to ${items}` }];
    }
    if (isRepeated) return [{ item, message: 'is answered twice' }];
    if (!Number.isInteger(value) || value < 0 || value > highest) {
      return [{ item, message: `is answered 0 to ${highest}` }];
    }
    return [];
  });
}

/**
 * Scores where scoring is published: sums against the configured lines, and the ITQ by its pattern. Half-filled forms get no
 * sum and no result. Never an illness: see {@link SCREENING_IS}. Answers are taken to be without {@link screeningDefects}.
 */
export function scoreScreening(
  id: ScreeningInstrumentId,
  answers: readonly ScreeningAnswer[],
): ScreeningScore {
  const { items, scales, cutOffs } = screeningInstrument(id);
  const by = new Map(answers.map(({ item, value }) => [item, value]));
  const sums = scales.flatMap(({ code, items: of }) => {
    const values = of.flatMap((item) => by.get(item) ?? []);
    if (values.length < of.length) return [];
    return [{ scale: code, sum: values.reduce((sum, value) => sum + value, 0) }];
  });
  const read = cutOffs.flatMap((cutOff) => {
    const own = sums.find(({ scale }) => scale === cutOff.scale);
    return own === undefined ? [] : [{ ...cutOff, reached: own.sum >= cutOff.from }];
  });
  const isWhole = by.size === items;
  const pattern = id === 'itq' && isWhole ? itqPattern((item) => by.get(item) ?? 0) : null;
  return { sums, cutOffs: read, pattern, result: resultOf(isWhole, read, pattern) };
}

function resultOf(
  isWhole: boolean,
  cutOffs: readonly { readonly reached: boolean }[],
  pattern: ItqPattern | null,
): ScreeningScore['result'] {
  if (!isWhole) return 'INCOMPLETE';
  if (pattern === null) return cutOffs.some(({ reached }) => reached) ? 'REACHED' : 'BELOW';
  if (!isPtsdPattern(pattern)) return 'NO_PATTERN';
  // The complex pattern excludes the other.
  return isDisturbanceOfSelf(pattern) ? 'PATTERN_CPTSD' : 'PATTERN_PTSD';
}

/** An answer of 2 or more endorses. */
const ENDORSES = 2;

/** P1 to P9 are items 1 to 9, C1 to C9 items 10 to 18. */
function itqPattern(answer: (item: number) => number): ItqPattern {
  const oneOf = (...items: number[]): boolean => items.some((item) => answer(item) >= ENDORSES);
  return {
    reExperiencing: oneOf(1, 2),
    avoidance: oneOf(3, 4),
    threat: oneOf(5, 6),
    impairment: oneOf(7, 8, 9),
    affectiveDysregulation: oneOf(10, 11),
    negativeSelfConcept: oneOf(12, 13),
    disturbedRelationships: oneOf(14, 15),
    impairmentOfSelf: oneOf(16, 17, 18),
  };
}

function isPtsdPattern({ reExperiencing, avoidance, threat, impairment }: ItqPattern): boolean {
  return reExperiencing && avoidance && threat && impairment;
}

function isDisturbanceOfSelf(pattern: ItqPattern): boolean {
  return (
    pattern.affectiveDysregulation &&
    pattern.negativeSelfConcept &&
    pattern.disturbedRelationships &&
    pattern.impairmentOfSelf
  );
}
