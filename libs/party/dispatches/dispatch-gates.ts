import type { EntityManager } from 'typeorm';
import { type Result, type Route, type SubjectRole, succeed } from '#domain';

/** One matter that would leave, as far as a gate may know it. */
export interface Leaving {
  readonly route: Route;
  readonly fromUnit: string;
  readonly subjectId: string;
  readonly subjectRole: SubjectRole;
}

/** Asked before a matter leaves: at the preview, and again in the transaction that sends. */
export interface DispatchGate {
  check(manager: EntityManager, leaving: Leaving): Promise<Result<null>>;
}

/** What stands before sending beside the law's own bases, from the features that know of it. */
export class DispatchGates {
  readonly #gates: DispatchGate[] = [];

  /** Features add theirs as they start. */
  add(gate: DispatchGate): void {
    this.#gates.push(gate);
  }

  /** All of them, in the order in which they were added; the first that refuses answers. */
  async check(manager: EntityManager, leaving: Leaving): Promise<Result<null>> {
    for (const gate of this.#gates) {
      const may = await gate.check(manager, leaving);
      if (!may.ok) return may;
    }
    return succeed(null);
  }
}
