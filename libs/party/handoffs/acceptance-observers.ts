import type { Caller } from '../identity/caller.js';

/** Matters that a person took for her unit, committed. */
export interface TakenMatters {
  readonly caller: Caller;
  readonly unit: string;
  readonly matterIds: readonly string[];
}

/** What a party does in its own schema once matters were taken; idempotent. A failure here loses nothing: a sweep does it again. */
export type AcceptanceObserver = (taken: TakenMatters) => Promise<void>;

/** Who wants to know of acceptances. */
export class AcceptanceObservers {
  readonly #observers: AcceptanceObserver[] = [];

  constructor(private readonly failed: (error: unknown) => void) {}

  add(observer: AcceptanceObserver): void {
    this.#observers.push(observer);
  }

  async taken(matters: TakenMatters): Promise<void> {
    for (const observer of this.#observers) {
      try {
        await observer(matters);
      } catch (error) {
        this.failed(error);
      }
    }
  }
}
