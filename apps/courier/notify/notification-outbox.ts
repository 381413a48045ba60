import type { Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import {
  type ChannelName,
  type Deliveries,
  type HandedDelivery,
  NOTICE_COLUMNS,
  type Notice,
  NoticeRowsSchema,
} from '#notify';

const BATCH = 200;

/** All that Redis is given of a notice: which row of `notice.delivery` to look at. */
export interface NoticeJob {
  readonly deliveryId: string;
}

export interface OutboxDependencies {
  readonly dataSource: DataSource;
  readonly deliveries: Deliveries;
  /** One a channel: a unit's system that hangs keeps no mail waiting. */
  readonly queues: ReadonlyMap<ChannelName, Pick<Queue<NoticeJob>, 'addBulk'>>;
  readonly isQueueThere: () => boolean;
  readonly channelsOf: (notice: Notice) => Promise<readonly ChannelName[]>;
  /** How long a delivery may be unheard of before it is handed to Redis again. */
  readonly graceSeconds: number;
  readonly mostAttempts: number;
}

/**
 * The record's outbox of notices. What is to be sent where is written down, handed to Redis, and only then marked: a
 * crash between any two doubles nothing that is seen, since the job's id is the row's and the message's id the notice's.
 */
export class NotificationOutbox {
  constructor(private readonly deps: OutboxDependencies) {}

  /** Hands over what waits in one schema; answers how many. Throws when Redis is down, and nothing is marked. */
  async handOver(schema: string): Promise<number> {
    const { dataSource, deliveries, channelsOf } = this.deps;
    const notices = NoticeRowsSchema.parse(
      await dataSource.query(
        `select ${NOTICE_COLUMNS} from ${schema}.notification
         where handed_over_at = 'infinity' order by created_at, id limit $1`,
        [BATCH],
      ),
    );
    if (notices.length === 0) return 0;
    const handed: HandedDelivery[] = [];
    for (const notice of notices) handed.push(...(await deliveries.plan(notice, await channelsOf(notice))));
    await this.toQueue(handed);
    await dataSource.query(
      `update ${schema}.notification set handed_over_at = directory.record_now() where id = any ($1::uuid[]) and handed_over_at = 'infinity'`,
      [notices.map(({ id }) => id)],
    );
    return notices.length;
  }

  /** Hands over again what Redis may have lost, and what a person wants tried again. Answers how many. */
  async handOverAgain(): Promise<number> {
    const unheard = await this.deps.deliveries.claimUnheardOf(this.deps.graceSeconds, BATCH);
    if (unheard.length > 0) await this.toQueue(unheard);
    return unheard.length;
  }

  private async toQueue(handed: readonly HandedDelivery[]): Promise<void> {
    // BullMQ would wait without end, and a hung round is worse than one that fails and is tried again.
    if (!this.deps.isQueueThere()) throw new Error('Redis is not there: notices wait in the record');
    for (const [channel, queue] of this.deps.queues) {
      const ofChannel = handed.filter((one) => one.channel === channel);
      if (ofChannel.length > 0) await queue.addBulk(ofChannel.map((one) => this.jobOf(one)));
    }
  }

  private jobOf({ id, round }: HandedDelivery) {
    return {
      name: 'notice',
      data: { deliveryId: id },
      opts: {
        jobId: `delivery-${id}-${round}`,
        // PostgreSQL counts what was tried and gives up; Redis only waits in between.
        attempts: 2 * this.deps.mostAttempts,
        backoff: { type: 'custom' },
        removeOnComplete: true,
        removeOnFail: true,
      },
    };
  }
}
