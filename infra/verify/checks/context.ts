import type { EntityManager } from 'typeorm';
import type { Defects } from '../defects.js';

/** What every check is given: one consistent snapshot of the record, read as a role that sees all of it. */
export interface CheckContext {
  readonly manager: EntityManager;
  readonly defects: Defects;
  /** Record time of the snapshot. */
  readonly now: Date;
  /** The schemas that hold clocks, outboxes and audit: custody, and each party's own. */
  readonly schemas: readonly string[];
  /** How long the relay and the clock may be behind before it counts. */
  readonly graceSeconds: number;
}
