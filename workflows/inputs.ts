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
}
