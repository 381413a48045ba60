import type { Clock } from '#activities';

/** Starts `matterClockWorkflow`. */
export interface MatterClockInput {
  readonly matterId: string;
  readonly clock: Clock;
}

/** Starts `partyClockWorkflow`; `schema` is the party whose schema holds the clock and whose queue serves it. */
export interface PartyClockInput {
  readonly schema: string;
  readonly clockId: string;
  readonly clock: Clock;
}

/** Starts `erasureWorkflow`; `party` is the one whose queue serves it. */
export interface ErasureInput {
  readonly party: string;
  readonly decisionId: string;
}

/** Starts `policeCallOutWorkflow`. */
export interface CallOutInput {
  readonly incidentId: string;
  /** After how many events the run goes on as a new one; given by tests. */
  readonly longAfter?: number;
}

/** Starts the workflow of a process; `party` is the one whose schema holds the case and whose queue tells of it. */
export interface CaseInput {
  readonly party: string;
  readonly caseId: string;
  /** After how many events the run goes on as a new one; given by tests. */
  readonly longAfter?: number;
}
