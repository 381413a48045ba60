import { type Result, refuse, succeed } from '../refusals/index.js';
import type { Role } from '../units/index.js';
import type { Label } from '../wording/index.js';
import type { InsightAuthority } from './authority-law.js';
import type { InsightCapacity } from './insight-reader.js';
import { INSIGHT_RULES, type InsightRuleId, provisionOf } from './insight-rules.js';
import type { MaskedAnswer } from './mask-for-reader.js';

export const INSIGHT_OUTCOMES = {
  RELEASED: { sv: 'Lämnas ut helt', en: 'Released in full' },
  RELEASED_IN_PART: { sv: 'Lämnas ut delvis', en: 'Released in part' },
  REFUSED: { sv: 'Lämnas inte ut', en: 'Refused' },
} as const satisfies Record<string, Label>;
export type InsightOutcome = keyof typeof INSIGHT_OUTCOMES;

export interface InsightDecision {
  readonly outcome: InsightOutcome;
  readonly shown: readonly MaskedAnswer[];
  /** Keys of rules that withheld something from the reader, for the grounds of the decision. */
  readonly grounds: readonly InsightRuleId[];
  /** Something was withheld: the person gets a written decision and how to appeal it (OSL 6:3, 6:7). */
  readonly isAppealable: boolean;
}

/**
 * Who decides: all that is released may be decided by who works on it; what withholds something, or shows what only the
 * unit head may lift, is the authority's decision, here the unit head's (OSL 6:3; the board's delegation order is its own,
 * so tagged U). Refuses INSIGHT_READ_FIRST while free text is unread, and INSIGHT_HEAD_DECIDES.
 */
export function decideInsight(
  draft: readonly MaskedAnswer[],
  capacity: InsightCapacity,
  roles: readonly Role[],
): Result<InsightDecision> {
  const listed = draft.filter(({ standing }) => standing !== 'absent');
  const unread = listed.filter(({ standing }) => standing === 'read-first');
  if (unread.length > 0) {
    return refuse('INSIGHT_READ_FIRST', {
      errors: unread.map(({ field }) => ({ field, message: 'read it, then show or mask it' })),
    });
  }
  const shown = listed.filter(({ standing }) => standing === 'shown');
  const withheld = listed.filter(
    ({ standing, maskedParts }) => standing !== 'shown' || maskedParts.length > 0,
  );
  // To the public the same answer is given whether or not there is a case: that there is one is secret itself.
  const isWithheld = withheld.length > 0 || capacity === 'public';
  const liftedByHead = shown.some(({ reasons }) =>
    reasons.some((rule) => INSIGHT_RULES[rule].lifting === 'unit-head'),
  );
  if ((isWithheld || liftedByHead) && !roles.includes('unit-head')) return refuse('INSIGHT_HEAD_DECIDES');
  return succeed({
    outcome: !isWithheld ? 'RELEASED' : shown.length === 0 ? 'REFUSED' : 'RELEASED_IN_PART',
    shown,
    grounds:
      capacity === 'public' ? ['PUBLIC'] : [...new Set(withheld.flatMap(({ reasons }) => [...reasons]))],
    isAppealable: isWithheld,
  });
}

/** The provisions of the grounds, each once, as a decision of this kind of authority cites them. */
export function provisionsOf(
  grounds: readonly InsightRuleId[],
  authority: InsightAuthority,
): readonly string[] {
  return [...new Set(grounds.map((rule) => provisionOf(rule, authority)))];
}
