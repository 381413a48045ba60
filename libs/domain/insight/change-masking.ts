import { type Result, refuse, succeed } from '../refusals/index.js';
import type { Role } from '../units/index.js';
import { INSIGHT_RULES, type Lifting } from './insight-rules.js';
import { answerKey, type InsightAnswer, type MaskedAnswer } from './mask-for-reader.js';

/** A person's own word about one field of a draft; the reason is kept sealed beside it. */
export interface MaskChange {
  /** As {@link answerKey} gives it. */
  readonly key: string;
  readonly to: 'shown' | 'masked';
}

const LIFTS: Readonly<Record<Lifting, readonly Role[]>> = {
  'case-worker': ['case-worker', 'liaison', 'unit-head'],
  'unit-head': ['unit-head'],
  nobody: [],
};

/**
 * Whether somebody with these roles may unmask or mask one field. Masking more is always allowed. Refuses NOT_FOUND for a
 * field that is not in the draft, INSIGHT_STAYS_MASKED where nobody may, INSIGHT_HEAD_DECIDES where the unit head may.
 */
export function mayChangeMask(
  draft: readonly MaskedAnswer[],
  { key, to }: MaskChange,
  roles: readonly Role[],
): Result<MaskedAnswer> {
  const answer = draft.find((one) => answerKey(one) === key);
  if (answer === undefined) return refuse('NOT_FOUND');
  if (to === 'masked') return succeed(answer);
  const liftings = answer.reasons.map((rule): Lifting => INSIGHT_RULES[rule].lifting);
  if (liftings.includes('nobody')) return refuse('INSIGHT_STAYS_MASKED');
  if (liftings.every((lifting) => LIFTS[lifting].some((role) => roles.includes(role))))
    return succeed(answer);
  return refuse('INSIGHT_HEAD_DECIDES');
}

/** The draft after the changes, the last of each field counting. What nobody may lift is never shown by one. */
export function withChanges(
  draft: readonly MaskedAnswer[],
  answers: readonly InsightAnswer[],
  changes: readonly MaskChange[],
): MaskedAnswer[] {
  const byKey = new Map(changes.map(({ key, to }) => [key, to] as const));
  const values = new Map(answers.map((answer) => [answerKey(answer), answer.value] as const));
  return draft.map((one) => {
    const to = byKey.get(answerKey(one));
    if (to === undefined || one.standing === 'absent') return one;
    if (to === 'masked') return { ...one, standing: 'masked', value: null, maskedParts: [], source: null };
    if (one.reasons.some((rule) => INSIGHT_RULES[rule].lifting === 'nobody')) return one;
    return { ...one, standing: 'shown', value: values.get(answerKey(one)) ?? null, maskedParts: [] };
  });
}
