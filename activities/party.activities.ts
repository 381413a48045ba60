import { createErasureActivities, type ErasureBook } from './erasure.activities.js';
import { createPartyClockActivities, type PartyClockBook } from './party-clock.activities.js';
import { createStepActivities, type StepBook } from './step.activities.js';

export interface PartyDeps {
  readonly steps: StepBook;
  readonly clock: PartyClockBook;
  readonly erasures: ErasureBook;
}

/** What every party that holds matters serves on its queue: steps that are asked of it, its clocks, its erasures. */
export function createPartyActivities({ steps, clock, erasures }: PartyDeps) {
  return {
    ...createStepActivities({ book: steps }),
    ...createPartyClockActivities({ book: clock }),
    ...createErasureActivities({ book: erasures }),
  };
}
