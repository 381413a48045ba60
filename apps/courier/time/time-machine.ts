import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { advanceRecordTime, recordNow } from '#directory';
import type { StreamRepository } from '../relay/stream.repository.js';

const QUIET_WITHIN_MS = 30_000;
const LOOK_MS = 25;
/** More due instants than this in one advance is a mistake in what was asked for. */
const MOST_STEPS = 2_000;

export type Advanced =
  | { readonly ok: true; readonly now: Date; readonly steps: number }
  | { readonly ok: false; readonly code: 'BACKWARDS' | 'TOO_FAR' }
  | { readonly ok: false; readonly code: 'NOT_QUIET'; readonly now: Date; readonly waitingFor: string };

const InstantRowsSchema = z.array(z.object({ at: z.union([z.date(), z.null(), z.number()]) }));
const WaitingRowsSchema = z.array(z.object({ what: z.string() }));

/**
 * Moves record time forward, in local mode only, from due instant to due instant, each time until quiet: nothing wanted
 * and not relayed, nothing due and not called, no notice not handed over (DESIGN 7). What it does to the clocks is what
 * any change of a deadline does: a newer version of the same signal.
 */
export class TimeMachine {
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly streams: StreamRepository,
    private readonly wake: () => void,
  ) {}

  now(): Promise<Date> {
    return recordNow(this.dataSource.manager);
  }

  /** One advance at a time; `to` is an instant of record time. */
  advance(to: (now: Date) => Date): Promise<Advanced> {
    const next = this.queue.then(() => this.advanceNow(to));
    this.queue = next.catch(() => undefined);
    return next;
  }

  private async advanceNow(to: (now: Date) => Date): Promise<Advanced> {
    const schemas = await this.streams.schemas();
    const target = to(await this.now());
    if (target < (await this.now())) return { ok: false, code: 'BACKWARDS' };
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const unquiet = await this.untilQuiet(schemas);
      if (unquiet !== null)
        return { ok: false, code: 'NOT_QUIET', now: await this.now(), waitingFor: unquiet };
      const now = await this.now();
      if (now >= target) {
        await this.tellClocks(schemas, null);
        const stillUnquiet = await this.untilQuiet(schemas);
        if (stillUnquiet !== null)
          return { ok: false, code: 'NOT_QUIET', now: await this.now(), waitingFor: stillUnquiet };
        return { ok: true, now: await this.now(), steps };
      }
      const due = await this.nextCall(schemas, now, target);
      const step = due ?? target;
      await advanceRecordTime(this.dataSource.manager, Math.max(1, step.getTime() - now.getTime()));
      if (due !== null) await this.tellClocks(schemas, step);
    }
    return { ok: false, code: 'TOO_FAR' };
  }

  private async nextCall(schemas: readonly string[], now: Date, target: Date): Promise<Date | null> {
    const rows = InstantRowsSchema.parse(
      await this.dataSource.query(
        `select min(at) as at from (${schemas
          .map(
            (schema) => `select min(next_call_at) as at from ${schema}.deadline
             where ended_at = 'infinity' and next_call_at > $1 and next_call_at <= $2`,
          )
          .join(' union all ')}) due`,
        [now, target],
      ),
    );
    const at = rows[0]?.at;
    return at instanceof Date ? at : null;
  }

  /** The clocks that are due by `until`, or all that sleep: what they were told of the time left is no longer true. */
  private async tellClocks(schemas: readonly string[], until: Date | null): Promise<void> {
    for (const schema of schemas) {
      await this.dataSource.query(
        `update ${schema}.stream set wanted = wanted + 1
         where open and wake_at < 'infinity' and ($1::timestamptz is null or wake_at <= $1)`,
        [until],
      );
    }
    this.wake();
  }

  /**
   * The clocks that fell due by now and after `toldUntil`, once each: wall time goes on while we wait, and the next due
   * instant may have been a moment after the one that was stepped to. Answers with how far they were told.
   */
  private async tellOverdue(schemas: readonly string[], toldUntil: Date | null): Promise<Date> {
    const now = await this.now();
    for (const schema of schemas) {
      await this.dataSource.query(
        `update ${schema}.stream set wanted = wanted + 1
         where open and wake_at <= $1 and ($2::timestamptz is null or wake_at > $2)`,
        [now, toldUntil],
      );
    }
    return now;
  }

  private async untilQuiet(schemas: readonly string[]): Promise<string | null> {
    const until = performance.now() + QUIET_WITHIN_MS;
    let toldUntil: Date | null = null;
    for (;;) {
      toldUntil = await this.tellOverdue(schemas, toldUntil);
      const waiting = await this.waitingFor(schemas);
      if (waiting === null) return null;
      if (performance.now() > until) return waiting;
      this.wake();
      await sleep(LOOK_MS);
    }
  }

  private async waitingFor(schemas: readonly string[]): Promise<string | null> {
    const rows = WaitingRowsSchema.parse(
      await this.dataSource.query(
        schemas
          .map(
            (schema) => `
             (select 'stream ${schema} ' || kind || ' ' || id as what from ${schema}.stream
              where wanted > relayed and parked_at is null limit 1)
             union all (select 'deadline ${schema} ' || id from ${schema}.deadline
              where ended_at = 'infinity' and next_call_at <= directory.record_now() limit 1)
             union all (select 'notification ${schema} ' || id from ${schema}.notification
              where handed_over_at = 'infinity' limit 1)`,
          )
          .join(' union all '),
      ),
    );
    return rows[0]?.what ?? null;
  }
}
