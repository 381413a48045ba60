import type { Label } from '../wording/index.js';
import { DECLINE_REASONS, type DeclineReason, REDIRECT_REASONS, type RedirectReason } from './reasons.js';

/** What a reader sees of a decline: its code, or only that the matter was not taken. */
export type ShownReason<Code extends string> =
  | { readonly shown: 'reason'; readonly code: Code; readonly label: Label }
  | { readonly shown: 'not-taken'; readonly label: Label };

const NOT_TAKEN: Label = { sv: 'Inte mottagen', en: 'Not taken' };

/**
 * Reasons that tell another authority something about the person that it has no basis to know.
 * Only ALREADY_OPEN_HERE is named by forms.md 3: it says that the person is known to that unit.
 */
const MASKED_FOR_OTHER_AUTHORITIES: readonly DeclineReason[] = ['ALREADY_OPEN_HERE'];

/** The decline's reason as a reader of another authority, or of the same, may see it (forms.md 3). */
export function declineReasonFor(
  code: DeclineReason,
  reader: 'same-authority' | 'other-authority',
): ShownReason<DeclineReason> {
  return reader === 'other-authority' && MASKED_FOR_OTHER_AUTHORITIES.includes(code)
    ? { shown: 'not-taken', label: NOT_TAKEN }
    : { shown: 'reason', code, label: DECLINE_REASONS[code] };
}

/** A redirect's reason; shown to every sender, since the sender must be able to act on it. */
export function redirectReasonFor(code: RedirectReason): ShownReason<RedirectReason> {
  return { shown: 'reason', code, label: REDIRECT_REASONS[code] };
}
