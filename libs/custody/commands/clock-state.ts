import type { EntityManager } from 'typeorm';
import { z } from 'zod';

/** A clock as of a version: what its workflow is told, and what a call answers. */
export interface ClockState {
  readonly version: number;
  readonly closed: boolean;
  /** Milliseconds left in record time; negative when it is due; null when nothing is armed. */
  readonly waitMs: number | null;
  readonly deadlineId: string | null;
  readonly rung: number;
}

const ClockRowSchema = z.object({
  version: z.coerce.number(),
  closed: z.boolean(),
  deadline_id: z.string().nullable(),
  rung: z.number(),
  wait_ms: z.coerce.number().nullable(),
});

/**
 * A clock of custody's or of a party's schema as it is now; closed for one that the record does not have, so that its
 * workflow ends.
 */
export async function clockStateOf(
  manager: Pick<EntityManager, 'query'>,
  schema: string,
  kind: 'matter' | 'clock',
  id: string,
): Promise<ClockState> {
  const rows: unknown[] = await manager.query(
    `select version, closed, deadline_id, rung, wait_ms from ${schema}.clock where kind = $1 and id = $2`,
    [kind, id],
  );
  const row = ClockRowSchema.optional().parse(rows[0]);
  if (row === undefined)
    return { version: Number.MAX_SAFE_INTEGER, closed: true, waitMs: null, deadlineId: null, rung: 0 };
  return {
    version: row.version,
    closed: row.closed,
    waitMs: row.wait_ms,
    deadlineId: row.deadline_id,
    rung: row.rung,
  };
}
