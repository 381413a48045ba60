import { type Result, refuse, succeed } from '../refusals/index.js';
import type { Label } from '../wording/index.js';

/** Where a disposal decision is. Only `approved` starts the erasure, and only a second person gets it there. */
export const DISPOSAL_STATES = {
  listed: { sv: 'Listad', en: 'Listed' },
  proposed: { sv: 'Föreslagen', en: 'Proposed' },
  rejected: { sv: 'Avslagen', en: 'Rejected' },
  approved: { sv: 'Beslutad', en: 'Approved' },
  erased: { sv: 'Utförd', en: 'Carried out' },
  refused: { sv: 'Vägrad av registret', en: 'Refused by the record' },
} as const satisfies Record<string, Label>;
export type DisposalState = keyof typeof DISPOSAL_STATES;

/** What was done about the register extract before anything is erased (issue 4, 12). */
export const REGISTER_EXTRACTS = {
  GIVEN: { sv: 'Utdrag lämnat', en: 'Extract given' },
  OFFERED: { sv: 'Utdrag erbjudet', en: 'Extract offered' },
  NOT_SAFE_TO_OFFER: { sv: 'Inte säkert att erbjuda', en: 'Not safe to offer' },
} as const satisfies Record<string, Label>;
export type RegisterExtractStep = keyof typeof REGISTER_EXTRACTS;

export interface DisposalFacts {
  readonly state: DisposalState;
  /** Digest of the list that is stored. */
  readonly listDigest: string;
  /** How many go. */
  readonly goes: number;
  readonly proposedBy: string | null;
}

/** A first person proposes exactly the list that she has read. Refuses an empty list, and one that is no longer open. */
export function decideProposal(disposal: DisposalFacts, readDigest: string): Result<'proposed'> {
  if (disposal.state !== 'listed') return refuse('DISPOSAL_NOT_OPEN');
  if (disposal.listDigest !== readDigest) return refuse('DISPOSAL_LIST_CHANGED');
  return disposal.goes === 0 ? refuse('NOTHING_TO_DISPOSE') : succeed('proposed');
}

export interface DisposalVerdict {
  readonly person: string;
  readonly approves: boolean;
  /** Digest of the list that the second person has read. */
  readonly readDigest: string;
  /** Digest of the list as it would be made now, by the same rule and day. */
  readonly digestNow: string;
}

/**
 * A second person, never the one who proposed, approves exactly the list that was proposed; it must still be what the rules say.
 */
export function decideDisposal(
  disposal: DisposalFacts,
  { person, approves, readDigest, digestNow }: DisposalVerdict,
): Result<'approved' | 'rejected'> {
  if (disposal.state !== 'proposed') return refuse('DISPOSAL_NOT_OPEN');
  if (disposal.proposedBy === person) return refuse('SECOND_PERSON_REQUIRED');
  if (!approves) return succeed('rejected');
  return disposal.listDigest === readDigest && disposal.listDigest === digestNow
    ? succeed('approved')
    : refuse('DISPOSAL_LIST_CHANGED');
}
