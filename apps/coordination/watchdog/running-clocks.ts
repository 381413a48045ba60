import type { Client } from '@temporalio/client';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { countRunning } from '#temporal';
import type { Observed } from './finding-kinds.js';

const CountsSchema = z.tuple([z.object({ settled: z.coerce.number() })]);
const WITHIN_MS = 2_000;

/** How many clocks of matters run; null when Temporal does not answer. */
export async function runningClocks(client: Client): Promise<number | null> {
  return await countRunning(client, 'matter:', WITHIN_MS).catch(() => null);
}

/**
 * A wiped Temporal shows as fewer running clocks than open matters (DESIGN 4). What was told within the grace is left out,
 * since Temporal's own count is a moment behind. That Temporal does not answer is a finding too, and stops nothing.
 */
export async function lookAtClocks(
  manager: EntityManager,
  client: Client,
  graceSeconds: number,
): Promise<Observed[]> {
  const running = await runningClocks(client);
  if (running === null) return [{ kind: 'temporal-unreachable', place: '', count: 1, oldest: null }];
  const [{ settled }] = CountsSchema.parse(
    await manager.query(
      `select count(*) as settled from custody.stream
       where kind = 'matter' and open and relayed = wanted and wanted_at < clock_timestamp() - make_interval(secs => $1)`,
      [graceSeconds],
    ),
  );
  return running < settled
    ? [{ kind: 'clocks-missing', place: '', count: settled - running, oldest: null }]
    : [];
}
