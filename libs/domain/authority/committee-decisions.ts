import { type Result, refuse, succeed } from '../refusals/index.js';
import type { Role } from '../units/index.js';
import type { Label } from '../wording/index.js';

/** Decisions that the law keeps with a committee of board members: no officer decides, whatever her mandate (domain.md B4). */
export const COMMITTEE_DECISIONS = {
  // FB 6:13 a (2025:402); that only a committee may is old SoL 10:5 [C], the new section is unconfirmed [U].
  'measure-despite-one-custodian': {
    label: {
      sv: 'Åtgärd för ett barn trots att en vårdnadshavare inte samtycker (FB 6:13 a)',
      en: 'A measure for a child although one custodian does not consent (FB 6:13 a)',
    },
    source: 'FB 6:13 a; SoL (2001:453) 10:5 [C], SoL (2025:400) [U]',
  },
  // LVU 6 §: the board, or its chair or a member that the board has appointed.
  'immediate-care': {
    label: { sv: 'Omedelbart omhändertagande (LVU 6 §)', en: 'Immediate care (LVU 6 §)' },
    source: 'LVU 6 § [C]',
  },
} as const satisfies Record<string, { readonly label: Label; readonly source: string }>;
export type CommitteeDecision = keyof typeof COMMITTEE_DECISIONS;

/** Who took a decision: a body of the board, or an officer by her role. */
export type DecisionTakenBy =
  | { readonly body: 'committee'; readonly protocol: string }
  | { readonly officer: Role };

/**
 * Whether a recorded decision was taken by who may take it. An officer proposes and records; a deputy and a rota change
 * nothing about it. Refuses NOT_DELEGABLE for an officer, and for a committee whose minutes are not named.
 */
export function decideUndelegable(_decision: CommitteeDecision, takenBy: DecisionTakenBy): Result<null> {
  return 'body' in takenBy && takenBy.protocol.trim() !== '' ? succeed(null) : refuse('NOT_DELEGABLE');
}
