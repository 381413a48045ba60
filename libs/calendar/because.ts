import type { LocalDate } from './local-date.js';
import type { Text } from './text.js';

/** What a sentence of an explanation tells. Stable: stored and shown beside the text. */
export type BecauseCode =
  | 'RULE'
  | 'SOURCE'
  | 'NOTE'
  | 'CALENDAR'
  | 'OFFICE_HOURS'
  | 'START'
  | 'COUNTED'
  | 'MONTH_HAS_NO_SUCH_DAY'
  | 'DAY_NOT_COUNTED'
  | 'ROLLED_DAY'
  | 'ROLLED_TO'
  | 'NOT_ROLLED'
  | 'LAPSES'
  | 'LATE_IN_THE_DAY'
  | 'CHOSEN'
  | 'NOT_KNOWN'
  | 'DUE';

/** One sentence of why a due time is what it is; the list reads from the rule to the result. */
export interface Because {
  readonly code: BecauseCode;
  readonly text: Text;
  readonly source?: string;
  readonly date?: LocalDate;
}

/** The rule that a due time is computed by, as its explanation cites it. */
export interface RuleCitation {
  readonly id: string;
  readonly version: number;
  readonly title: Text;
  readonly source: Text;
  /** What a reader must know about the rule: that its length is configuration, that its section is unconfirmed. */
  readonly note?: Text;
}
