import type { MatterActionDefinition, MatterFacts } from '#domain';
import type { MatterAct } from './matter-actions.service.js';

/** Asked before a step on a matter is decided; refuses by throwing what the door answers. */
export interface MatterGate {
  check(action: MatterActionDefinition, act: MatterAct, matter: MatterFacts): Promise<void>;
}

/** What stands before the steps of a matter beside the record's own rules, from the features that know of it. */
export class MatterGates {
  readonly #gates: MatterGate[] = [];

  /** Features add theirs as they start. */
  add(gate: MatterGate): void {
    this.#gates.push(gate);
  }

  /** All of them, in the order in which they were added; the first that refuses ends it. */
  async check(action: MatterActionDefinition, act: MatterAct, matter: MatterFacts): Promise<void> {
    for (const gate of this.#gates) await gate.check(action, act, matter);
  }
}
