import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';

const NowSchema = z.tuple([z.object({ now: z.date() })]);

/** Record time: wall time plus the local time machine's offset, in whole milliseconds (DESIGN 7). */
export async function recordNow(manager: EntityManager): Promise<Date> {
  const [{ now }] = NowSchema.parse(await manager.query('select directory.record_now() as now'));
  return now;
}

/**
 * Moves record time forward by whole milliseconds, as the courier and in local mode only; returns the new record
 * time. PostgreSQL refuses a step back (HS001), and any other role.
 */
export async function advanceRecordTime(manager: EntityManager, byMs: number): Promise<Date> {
  if (!Number.isSafeInteger(byMs) || byMs < 0)
    throw new RangeError(`record time moves forward by whole ms, not ${byMs}`);
  await manager.query('update directory.clock set offset_ms = offset_ms + $1', [byMs]);
  return recordNow(manager);
}

/**
 * Opens the clock to the courier's role, or closes it. Called at the start with what the mode is, by a user who may
 * grant: a database that once was local is closed again by a start that is not.
 */
export async function setTimeMachine(admin: DataSource, isLocalMode: boolean): Promise<void> {
  await admin.query(
    isLocalMode
      ? 'grant update (offset_ms) on directory.clock to handslag_courier'
      : 'revoke update on directory.clock from handslag_courier',
  );
}
