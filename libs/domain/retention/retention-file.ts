import type { LocalDate } from '#calendar';
import type { SampleDay } from './research-sample.js';
import type { RetentionMarkCode } from './retention-exemptions.js';
import type { RetentionRegime } from './retention-rules.js';

/** A note on a file, in force. */
export interface RetentionMark {
  readonly code: RetentionMarkCode;
  /** The last day on which it keeps the file; null for ever. Of a custody agreement the day before the child is 18. */
  readonly until: LocalDate | null;
}

/** What is known, without any name, of an authority's file on one person in one incident. Days are local. */
export interface RetentionFile {
  readonly regime: RetentionRegime;
  /** A report that led to no investigation is kept outside the personal file and has a rule of its own. */
  readonly isReportWithoutInvestigation: boolean;
  /** The day of the last entry by this authority. */
  readonly lastEntryOn: LocalDate;
  /** The day on which the circumstances ended; null while the authority holds, offers or is offered the matter. */
  readonly endedOn: LocalDate | null;
  readonly sampleDay: SampleDay;
  readonly isPlacedChild: boolean;
  readonly marks: readonly RetentionMark[];
}
