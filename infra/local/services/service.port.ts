import type { ProcessLedger } from '../process-ledger.js';

/** Where a service of ours keeps things, and whether they must outlive the run. */
export interface ServiceHome {
  readonly folder: string;
  readonly logFolder: string;
  readonly ledger: ProcessLedger;
  /** False for tests: no fsync, no append-only file. */
  readonly durable: boolean;
}

/** A service that answers; `stop` ends it only if we started it. */
export interface RunningService {
  readonly url: string;
  /** One word or two for people: `18.4, started` or `given`. */
  readonly how: string;
  /** Resolves with how it ended; absent for a given one, which is not ours to watch. */
  readonly ended?: Promise<string>;
  stop(): Promise<void>;
}
