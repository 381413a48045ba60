import type { KnownAnswer } from '../content/known-answer.js';

/** A report that custody has committed, and what it says. */
export interface CommittedIncident {
  readonly incidentId: string;
  readonly kind: string;
  readonly actingUnit: string;
  readonly authority: string;
  readonly answers: readonly KnownAnswer[];
}

/**
 * What a party does in its own schema once an incident is committed; idempotent by the incident. A failure here loses
 * nothing: the party's own sweep does it again.
 */
export type IncidentObserver = (incident: CommittedIncident) => Promise<void>;

/** Who wants to know of reports. */
export class IncidentObservers {
  readonly #observers: IncidentObserver[] = [];

  constructor(private readonly failed: (error: unknown) => void) {}

  add(observer: IncidentObserver): void {
    this.#observers.push(observer);
  }

  async reported(incident: CommittedIncident): Promise<void> {
    for (const observer of this.#observers) {
      try {
        await observer(incident);
      } catch (error) {
        this.failed(error);
      }
    }
  }
}
