import type { LocalDate, Period, Text } from '#calendar';

/** How well a fact is known (domain.md 0): seed, confirmed, confirmed indirectly, inferred, unconfirmed. */
export type StatusTag = 'S' | 'C' | 'CI' | 'INF' | 'U';

/** What kind of norm binds; local practice and configuration bind nobody by law and can be changed by the board. */
export type LegalCharacter =
  | 'statute'
  | 'binding-regulation'
  | 'preparatory-works'
  | 'local-practice'
  | 'configuration';

/** A place in an act or a document, in force from and to these days, both inclusive. A matter keeps the one of its day. */
export interface LegalReference {
  readonly act: Text;
  /** `20 kap. 2 §`; absent where the number is not known. */
  readonly section?: string;
  readonly status: StatusTag;
  readonly validFrom?: LocalDate;
  readonly validTo?: LocalDate;
}

/**
 * Who must see that a deadline is met. Unlike custody a statutory duty stays where the law puts it (C9):
 * `first-social-authority` is the one that received the report, whoever holds the matter later;
 * `holding-social-authority` is the one that has accepted the matter, its start never reset.
 */
export type DutyHolderKind =
  | 'first-social-authority'
  | 'holding-social-authority'
  | 'deciding-board'
  | 'family-law-unit'
  | 'transfer-receiver'
  | 'supervisory-authority'
  | 'court'
  | 'prosecutor'
  | 'party-to-the-case'
  | 'municipality-and-region'
  | 'receiving-region-unit'
  | 'sending-unit'
  | 'receiving-unit'
  | 'receiving-system'
  | 'responsible-unit';

/** A deadline rule as data. Its id is its key in the registry. */
export interface DeadlineRule {
  /** Moves when the period, the start or the duty holder does. */
  readonly version: number;
  readonly title: Text;
  /** The event that it is counted from. */
  readonly startsAt: Text;
  readonly boundBy: DutyHolderKind;
  readonly character: LegalCharacter;
  readonly sources: readonly LegalReference[];
  readonly period: Period;
  /** How well the length of the period is known; the sources say how well the duty is. */
  readonly periodStatus: StatusTag;
  /** What is chosen by us or open to a lawyer, shown with every due time. */
  readonly note?: Text;
  /** Counted anew from each time it is met, until the matter ends. */
  readonly recurring?: true;
}
