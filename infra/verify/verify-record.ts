import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { recordNow } from '#directory';
import type { TemporalClient } from '#temporal';
import { checkAcknowledged } from './checks/acknowledged.check.js';
import { checkAudit } from './checks/audit.check.js';
import { checkChains } from './checks/chain.check.js';
import { checkClocks } from './checks/clocks.check.js';
import { checkLines } from './checks/line.check.js';
import { checkReceipts } from './checks/receipt.check.js';
import { checkSweep } from './checks/sweep.check.js';
import { checkTrees } from './checks/tree.check.js';
import { type Defect, Defects } from './defects.js';
import type { SignedHead } from './trail/trail-verifier.js';

export interface VerifyFigures {
  readonly mattersOpen: number;
  readonly mattersClosed: number;
  readonly spells: number;
  readonly unownedMinutes: number;
  readonly deadlinesArmed: number;
  readonly breaches: number;
  readonly auditLeaves: number;
  readonly trees: number;
  readonly heads: number;
  readonly sealed: number;
  /** Leaves that wait for the sealer: within the grace, no defect. */
  readonly unsealed: number;
  readonly chains: number;
  readonly events: number;
  /** Null when the key store was not named. */
  readonly receipts: number | null;
  /** Null when Temporal did not answer. */
  readonly clocksRunning: number | null;
}

export interface VerifyReport {
  readonly ok: boolean;
  /** Record time of the snapshot. */
  readonly at: string;
  readonly figures: VerifyFigures;
  readonly defects: readonly Defect[];
}

export interface VerifyOptions {
  readonly record: DataSource;
  readonly keys: DataSource | null;
  /** Null: running clocks are not counted. */
  readonly temporal: TemporalClient | null;
  readonly graceSeconds: number;
  /** Heads that somebody kept outside of the record. */
  readonly knownHeads?: readonly SignedHead[];
  /** Told before each check, for whoever waits. */
  readonly progress?: (check: string) => void;
}

const SchemasSchema = z.array(z.object({ schema: z.string().regex(/^[a-z]+$/) }));

/**
 * Checks C1, C2, C3, C4 and C7 over a live record, from one consistent snapshot, a batch at a time. The record may be in use;
 * nothing is written. Throws when the role may not read everything.
 */
export async function verifyRecord({
  record,
  keys,
  temporal,
  graceSeconds,
  knownHeads = [],
  progress = () => undefined,
}: VerifyOptions): Promise<VerifyReport> {
  const defects = new Defects();
  progress('clocks');
  const clocks = temporal === null ? { running: null } : await checkClocks(record, temporal.client, defects);
  return record.transaction('REPEATABLE READ', async (manager) => {
    await manager.query('set transaction read only');
    const now = await recordNow(manager);
    const schemas = SchemasSchema.parse(
      await manager.query(
        `select table_schema as schema from information_schema.tables where table_name = 'stream' order by 1`,
      ),
    ).map(({ schema }) => schema);
    const context = { manager, defects, now, schemas, graceSeconds };
    progress('lines');
    const lines = await checkLines(context);
    progress('sweep');
    const deadlines = await checkSweep(context);
    progress('acknowledged');
    await checkAcknowledged(context);
    progress('audit');
    const auditLeaves = await checkAudit(context);
    progress('trees');
    const trees = await checkTrees(context, knownHeads);
    progress('chains');
    const chains = await checkChains(context);
    progress('receipts');
    const receipts = keys === null ? null : await checkReceipts(context, keys);
    const found = defects.all();
    return {
      ok: found.length === 0,
      at: now.toISOString(),
      figures: {
        mattersOpen: lines.open,
        mattersClosed: lines.closed,
        spells: lines.spells,
        unownedMinutes: lines.unownedMinutes,
        deadlinesArmed: deadlines.armed,
        breaches: deadlines.breaches,
        auditLeaves,
        ...trees,
        chains: chains.chains,
        events: chains.events,
        receipts,
        clocksRunning: clocks.running,
      },
      defects: found,
    };
  });
}
