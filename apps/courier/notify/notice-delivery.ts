import type { ChannelName, Deliveries, NoticeChannel } from '#notify';
import type { NoticeJob } from './notification-outbox.js';

/** Thrown so that BullMQ waits and tries again; what it was stands in PostgreSQL. */
export class NotDelivered extends Error {}

export interface DeliveryDependencies {
  readonly deliveries: Pick<Deliveries, 'pending' | 'delivered' | 'failed'>;
  readonly channels: ReadonlyMap<ChannelName, NoticeChannel>;
  readonly mostAttempts: number;
}

/**
 * Sends one notice on one channel. The record is read first and marked after, so that a courier killed in between sends
 * the same message again, under the same id. Throws {@link NotDelivered} while it is worth trying again.
 */
export async function deliverNotice(
  { deliveryId }: NoticeJob,
  { deliveries, channels, mostAttempts }: DeliveryDependencies,
): Promise<void> {
  const pending = await deliveries.pending(deliveryId);
  if (pending === null) return;
  const channel = channels.get(pending.channel);
  const outcome = channel
    ? await channel.send(pending.notice)
    : ({ delivered: false, code: 'NO_ADDRESS' } as const);
  if (outcome.delivered) return deliveries.delivered(pending.id);
  const gaveUp = await deliveries.failed(pending.id, outcome.code, mostAttempts);
  if (!gaveUp) throw new NotDelivered(outcome.code);
}
