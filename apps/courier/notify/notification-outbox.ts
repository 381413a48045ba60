import type { Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Notice } from '#notify';

const RowsSchema = z.array(
  z.object({
    id: z.string(),
    unit_id: z.string(),
    function: z.string(),
    kind: z.string(),
    ring_unit: z.string().nullable(),
  }),
);
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
    const rows = RowsSchema.parse(
      await this.dataSource.query(
        `select id, unit_id, function, kind, ring_unit from ${schema}.notification
         where handed_over_at = 'infinity' order by created_at, id limit $1`,
        [BATCH],
      ),
    );
    if (rows.length === 0) return 0;
    // BullMQ would wait without end, and a hung round is worse than one that fails and is tried again.
    if (!this.isQueueThere()) throw new Error('Redis is not there: notices wait in the record');
    await this.queue.addBulk(
      rows.map((row) => ({
        name: 'notice',
        data: {
          id: row.id,
          unitId: row.unit_id,
          function: row.function,
          kind: row.kind,
          ringUnit: row.ring_unit,
        },
        opts: {
          jobId: `notice-${row.id}`,
          attempts: 20,
          backoff: { type: 'exponential', delay: 1_000 },
          removeOnComplete: { age: 86_400 },
          removeOnFail: false,
        },
      })),
    );
    await this.dataSource.query(
      `update ${schema}.notification set handed_over_at = directory.record_now() where id = any ($1::uuid[]) and handed_over_at = 'infinity'`,
      [rows.map(({ id }) => id)],
    );
    return rows.length;
  }
}
