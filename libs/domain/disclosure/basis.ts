import type { EvidenceTag } from '../routing/index.js';
import type { Role } from '../units/index.js';
import type { Label } from '../wording/index.js';
import type { ConditionId } from './conditions.js';

/**
 * How a basis comes to hold: `duty` by law as soon as the report is made; `consent` recorded per recipient and purpose;
 * `checked` when its conditions are met; `individual-decision` by a named person with reasons.
 */
export type BasisKind = 'duty' | 'consent' | 'checked' | 'individual-decision';

/** Who may bring a basis about. By law nobody decides; the person concerned says yes herself. */
export type Decider =
  | { readonly by: 'law' }
  | { readonly by: 'the-person' }
  | { readonly by: 'role'; readonly roles: readonly [Role, ...Role[]] };

/** A legal ground for telling, as data (domain.md B6). What a row of the matrix rests on. */
export interface BasisDefinition {
  readonly kind: BasisKind;
  /** A few words, for a list. */
  readonly label: Label;
  /** What it allows and asks, as a case worker reads it. */
  readonly text: Label;
  readonly source: string;
  readonly tag: EvidenceTag;
  readonly decidedBy: Decider;
  /** All of them must be met. */
  readonly conditions: readonly ConditionId[];
  /** ISO days on which it holds, both ends included; null where the facts name no day. */
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  /** A statement given with the preview can be its record; else it must be recorded beforehand. */
  readonly statementSuffices: boolean;
  /** Unclear in law: the text says what; it is then always a recorded human decision with reasons. */
  readonly isUnclear: boolean;
}

type Shorthand = Pick<BasisDefinition, 'kind' | 'label' | 'text' | 'source' | 'tag' | 'decidedBy'> &
  Partial<BasisDefinition>;

/** A basis with the usual values: no dates known, recorded beforehand, no conditions, clear in law. */
export function basis(facts: Shorthand): BasisDefinition {
  return {
    conditions: [],
    validFrom: null,
    validUntil: null,
    statementSuffices: false,
    isUnclear: false,
    ...facts,
  };
}

export const BY_LAW: Decider = { by: 'law' };
export const THE_PERSON: Decider = { by: 'the-person' };
/** Who works with the matter; delegation orders differ between boards [INF]. */
export const WORKERS: Decider = { by: 'role', roles: ['case-worker', 'unit-head'] };
export const POLICE_WORKERS: Decider = { by: 'role', roles: ['liaison', 'case-worker', 'unit-head'] };
export const HEAD: Decider = { by: 'role', roles: ['unit-head'] };
