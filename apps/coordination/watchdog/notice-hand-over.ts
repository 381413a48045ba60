import type { DataSource } from 'typeorm';
import { type MailSender, NOTICE_COLUMNS, NoticeRowsSchema } from '#notify';

/** More than this in one sweep would hold up the sweep; the next takes the rest. */
const MOST_AT_ONCE = 200;

/**
 * Sends what nobody has handed over for longer than the grace, straight by mail: no Redis, no courier. A row is locked
 * while its mail goes out, so that two watchdogs send it once; a courier that wakes up at that moment sends a message with
 * the same id. Answers how many were sent; throws what the mail server answers, and the row waits for the next sweep.
 */
export async function handOverLate(
  dataSource: DataSource,
  sender: MailSender,
  schema: string,
  graceSeconds: number,
): Promise<number> {
  for (let sent = 0; sent < MOST_AT_ONCE; sent += 1) {
    const isMore = await dataSource.transaction(async (manager) => {
      const [notice] = NoticeRowsSchema.parse(
        await manager.query(
          `select ${NOTICE_COLUMNS} from ${schema}.notification
           where handed_over_at = 'infinity' and created_at < (select directory.record_now()) - make_interval(secs => $1)
           order by created_at, id limit 1 for update skip locked`,
          [graceSeconds],
        ),
      );
      if (notice === undefined) return false;
      await sender.send(notice);
      await manager.query(
        `update ${schema}.notification set handed_over_at = directory.record_now() where id = $1`,
        [notice.id],
      );
      return true;
    });
    if (!isMore) return sent;
  }
  return MOST_AT_ONCE;
}
