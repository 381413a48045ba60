import type { Client } from '@temporalio/client';
import type { Logger } from '@temporalio/common';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { CustodyClock } from '#custody';
import { recordNow } from '#directory';
import type { MatterId } from '#domain';
import type { Deliveries, NoticeChannel } from '#notify';
import type { DeadLetters } from '../dead-letters/dead-letters.js';
import { LOOKED_FOR_IN_AUDIT, lookAtAudit } from './audit-checks.js';
import { LOOKED_FOR_AT_EACH, lookAtRecord, lookAtWholeRecord, watchedSchemas } from './checks.js';
import type { FindingKind, Observed } from './finding-kinds.js';
import type { FindingMail } from './finding-mail.js';
import { keepFindings, markTold, untoldFindings } from './findings.repository.js';
import { planLate, sendLateMails } from './notice-hand-over.js';
import { lookAtClocks } from './running-clocks.js';

export interface WatchdogDependencies {
  readonly dataSource: DataSource;
  readonly clock: CustodyClock;
  readonly temporal: Client;
  readonly deliveries: Deliveries;
  readonly deadLetters: Pick<DeadLetters, 'apply'>;
  /** The watchdog's own way to people: mail, whatever else a unit has. */
  readonly mail: NoticeChannel;
  readonly findingMail: FindingMail;
  readonly log: Logger;
}

/** One sweep's outcome; `skipped` when another process sweeps at this moment. */
export type Sweep =
  | { readonly outcome: 'skipped' }
  | {
      readonly outcome: 'swept';
      readonly found: readonly Observed[];
      readonly called: number;
      readonly sent: number;
    };

const LOCK = 'handslag watchdog';
/** More than this in one sweep would hold up the sweep; the next takes the rest, the latest first. */
const MOST_MATTERS = 500;
const LockSchema = z.tuple([z.object({ got: z.boolean() })]);
const MattersSchema = z.array(z.object({ id: z.string().transform((id) => id as MatterId) }));

/**
 * Looks for what was lost, in SQL, and acts by itself: it calls what nobody called and sends what nobody sent. It needs
 * neither Temporal, Redis nor courier (DESIGN 4); a rung is called once all the same, since the record says so. No step
 * stops the others: when mail is down, the calls are made and the findings kept.
 */
export class Watchdog {
  constructor(private readonly dependencies: WatchdogDependencies) {}

  /** One sweep; `whole` computes C1 to C4 over the whole record too. Two processes at once: one of them sweeps. */
  async sweep({
    graceSeconds,
    whole,
  }: {
    readonly graceSeconds: number;
    readonly whole: boolean;
  }): Promise<Sweep> {
    const { dataSource } = this.dependencies;
    const runner = dataSource.createQueryRunner();
    await runner.connect();
    try {
      const [{ got }] = LockSchema.parse(
        await runner.query('select pg_try_advisory_lock(hashtext($1)) as got', [LOCK]),
      );
      if (!got) return { outcome: 'skipped' };
      try {
        return await this.sweepLocked(graceSeconds, whole);
      } finally {
        await runner.query('select pg_advisory_unlock(hashtext($1))', [LOCK]);
      }
    } finally {
      await runner.release();
    }
  }

  private async sweepLocked(graceSeconds: number, whole: boolean): Promise<Sweep> {
    const { dataSource, temporal } = this.dependencies;
    const { manager } = dataSource;
    const now = await recordNow(manager);
    const found: Observed[] = [];
    const lookedFor: FindingKind[] = [];
    const look = async (
      name: string,
      kinds: readonly FindingKind[],
      see: () => Promise<Observed[]>,
    ): Promise<void> => {
      await this.attempt(name, async () => {
        found.push(...(await see()));
        lookedFor.push(...kinds);
      });
    };
    await look('record', LOOKED_FOR_AT_EACH, () => lookAtRecord(manager, graceSeconds));
    await look('audit', LOOKED_FOR_IN_AUDIT, () => lookAtAudit(manager, graceSeconds));
    if (whole) await look('whole', ['record-check'], () => lookAtWholeRecord(manager, graceSeconds));
    const called = await this.callOverdue(graceSeconds);
    await look('clocks', ['clocks-missing', 'temporal-unreachable'], () =>
      lookAtClocks(manager, temporal, graceSeconds),
    );
    await this.attempt('findings', () =>
      dataSource.transaction((inOne) => keepFindings(inOne, now, lookedFor, found)),
    );
    const sent = await this.handOver(graceSeconds);
    await this.attempt('mail', () => this.tellNew(now));
    return { outcome: 'swept', found, called, sent };
  }

  private async callOverdue(graceSeconds: number): Promise<number> {
    const { dataSource, clock } = this.dependencies;
    let called = 0;
    await this.attempt('overdue', async () => {
      const matters = MattersSchema.parse(
        await dataSource.query(
          `select clock_id as id, min(next_call_at) as due from custody.deadline
           where ended_at = 'infinity' and next_call_at < (select directory.record_now()) - make_interval(secs => $1)
           group by clock_id order by due limit $2`,
          [graceSeconds, MOST_MATTERS],
        ),
      );
      for (const { id } of matters) {
        await this.attempt('call', async () => {
          called += await clock.callDue(id);
        });
      }
    });
    return called;
  }

  private async handOver(graceSeconds: number): Promise<number> {
    const { dataSource, deliveries, mail } = this.dependencies;
    let sent = 0;
    await this.attempt('dead-letters', async () => {
      await this.dependencies.deadLetters.apply();
    });
    await this.attempt('outbox', async () => {
      for (const schema of await watchedSchemas(dataSource.manager))
        await planLate(dataSource, deliveries, schema, graceSeconds);
    });
    await this.attempt('notices', async () => {
      sent = await sendLateMails(dataSource, deliveries, mail, graceSeconds);
    });
    return sent;
  }

  private async tellNew(now: Date): Promise<void> {
    const { dataSource, findingMail } = this.dependencies;
    const untold = await untoldFindings(dataSource.manager);
    if (untold.length === 0) return;
    await findingMail.send(untold, now);
    await markTold(
      dataSource.manager,
      untold.map(({ id }) => id),
      now,
    );
  }

  private async attempt(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.dependencies.log.warn(`watchdog.${name}-failed`, { error });
    }
  }
}
