import type { Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import { NOTICE_COLUMNS, type Notice, NoticeRowsSchema } from '#notify';

const BATCH = 200;

/** The record's own outbox of notices. Handed to Redis before it is marked: a crash between doubles nothing, since the job's id is the notice's. */
export class NotificationOutbox {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: Queue<Notice>,
    private readonly isQueueThere: () => boolean,
  ) {}

  /** Hands over what waits in one schema; answers how many. Throws when Redis is down, and nothing is marked. */
  async handOver(schema: string): Promise<number> {
    const notices = NoticeRowsSchema.parse(
      await this.dataSource.query(
        `select ${NOTICE_COLUMNS} from ${schema}.notification
         where handed_over_at = 'infinity' order by created_at, id limit $1`,
        [BATCH],
      ),
    );
    if (notices.length === 0) return 0;
    // BullMQ would wait without end, and a hung round is worse than one that fails and is tried again.
    if (!this.isQueueThere()) throw new Error('Redis is not there: notices wait in the record');
    await this.queue.addBulk(
      notices.map((notice) => ({
        name: 'notice',
        data: notice,
        opts: {
          jobId: `notice-${notice.id}`,
          attempts: 20,
          backoff: { type: 'exponential', delay: 1_000 },
          removeOnComplete: { age: 86_400 },
          removeOnFail: false,
        },
      })),
    );
    await this.dataSource.query(
      `update ${schema}.notification set handed_over_at = directory.record_now() where id = any ($1::uuid[]) and handed_over_at = 'infinity'`,
      [notices.map(({ id }) => id)],
    );
    return notices.length;
  }
}
