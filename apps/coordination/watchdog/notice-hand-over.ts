import type { DataSource } from 'typeorm';
import {
  DELIVERY_FAILURES,
  type Deliveries,
  type DeliveryOutcome,
  NOTICE_COLUMNS,
  type NoticeChannel,
  NoticeRowsSchema,
} from '#notify';

/** More than this in one sweep would hold up the sweep; the next takes the rest. */
const MOST_AT_ONCE = 200;
/** A failure that trying again does not help is final at the first try; the others are the courier's to count. */
const ONE = 1;

/**
 * Writes down as mail what nobody has handed over for longer than the grace: no Redis, no courier. Answers how many. The
 * notice stays the courier's to hand over: the unit's other channels are added when it is back, and the mail is not
 * sent again.
 */
export async function planLate(
  dataSource: DataSource,
  deliveries: Deliveries,
  schema: string,
  graceSeconds: number,
): Promise<number> {
  const notices = NoticeRowsSchema.parse(
    await dataSource.query(
      `select ${NOTICE_COLUMNS} from ${schema}.notification n
       where handed_over_at = 'infinity' and created_at < (select directory.record_now()) - make_interval(secs => $1)
         and not exists (select 1 from notice.delivery d where d.notice_id = n.id and d.channel = 'email')
       order by created_at, id limit $2`,
      [graceSeconds, MOST_AT_ONCE],
    ),
  );
  for (const notice of notices) await deliveries.plan(notice, ['email'], { isLate: true });
  return notices.length;
}

/**
 * Sends the mails that have been on their way for longer than the grace, whatever became of Redis and the courier. A row is
 * locked while its mail goes out, so that two watchdogs send it once; a courier that wakes up at that moment sends a message
 * with the same id. One that cannot be sent does not hold up the others; a mail server that is away ends the round.
 */
export async function sendLateMails(
  dataSource: DataSource,
  deliveries: Deliveries,
  mail: NoticeChannel,
  graceSeconds: number,
): Promise<number> {
  let sent = 0;
  for (const id of await deliveries.lateMails(graceSeconds, MOST_AT_ONCE)) {
    const outcome = await dataSource.transaction(async (manager): Promise<DeliveryOutcome | null> => {
      const pending = await deliveries.lockPending(manager, id);
      if (pending === null) return null;
      const sending = await mail.send(pending.notice);
      if (sending.delivered) await deliveries.delivered(id, manager);
      else if (DELIVERY_FAILURES[sending.code].isFinal)
        await deliveries.failed(id, sending.code, ONE, manager);
      return sending;
    });
    if (outcome?.delivered === true) sent += 1;
    else if (outcome !== null && !DELIVERY_FAILURES[outcome.code].isFinal) break;
  }
  return sent;
}
