import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { type InstantOrNever, instantOrNever } from '#database';
import type { ChannelName } from './channel.port.js';

const instant = { type: 'timestamptz', precision: 3 } as const;
const untilNever = { ...instant, default: () => `'infinity'`, transformer: instantOrNever } as const;
const now = { ...instant, default: () => 'clock_timestamp()' } as const;

/** A notice on one channel, from when it was planned until it arrived, or was given up and looked at by a person. */
@Entity('delivery')
@Unique('delivery_once', ['noticeId', 'channel'])
@Index('delivery_waiting', ['handedAt', 'id'], {
  where: `((delivered_at = 'infinity'::timestamp with time zone) AND (given_up_at = 'infinity'::timestamp with time zone))`,
})
@Index('delivery_dead', ['givenUpAt', 'id'], {
  where: `((given_up_at < 'infinity'::timestamp with time zone) AND (dismissed_at = 'infinity'::timestamp with time zone))`,
})
@Index('delivery_over', ['deliveredAt'], {
  where: `(delivered_at < 'infinity'::timestamp with time zone)`,
})
@Check('delivery_channel', `channel in ('email', 'sms', 'webhook')`)
@Check(
  'delivery_is_codes',
  `unit_id ~ '^[a-z0-9-]{1,80}$' and function ~ '^[a-z-]{1,30}$' and kind ~ '^[a-z.-]{1,40}$'
    and coalesce(ring_unit, 'x') ~ '^[a-z0-9-]{1,80}$' and coalesce(code, 'X') ~ '^[A-Z_]{1,40}$'`,
)
@Check('delivery_ends_once', `delivered_at = 'infinity' or given_up_at = 'infinity'`)
@Check('delivery_dismissed_when_dead', `dismissed_at = 'infinity' or given_up_at < 'infinity'`)
export class DeliveryEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'delivery_pk' }) id: string;
  @Column('uuid', { name: 'notice_id' }) noticeId: string;
  @Column('text') channel: ChannelName;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') function: string;
  @Column('text') kind: string;
  @Column('integer') rung: number;
  @Column('text', { name: 'ring_unit', nullable: true }) ringUnit: string | null;
  /** Record time of the notice. */
  @Column({ name: 'noticed_at', ...instant }) noticedAt: Date;
  /** Wall time, like everything that retries are about. */
  @Column({ name: 'planned_at', ...now }) plannedAt: Date;
  @Column({ name: 'handed_at', ...now }) handedAt: Date;
  /** A new one for each time that a person has it tried again. */
  @Column('integer', { default: 1 }) round: number;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('text', { nullable: true }) code: string | null;
  /** Record time, like what people see. */
  @Column({ name: 'delivered_at', ...untilNever }) deliveredAt: InstantOrNever;
  @Column({ name: 'given_up_at', ...untilNever }) givenUpAt: InstantOrNever;
  @Column({ name: 'dismissed_at', ...untilNever }) dismissedAt: InstantOrNever;
}
