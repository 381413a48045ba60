import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { type InstantOrNever, instantOrNever } from './infinity.js';

const instant = { type: 'timestamptz', precision: 3 } as const;
const untilNever = { ...instant, default: () => `'infinity'`, transformer: instantOrNever } as const;

/** A stored fact: rule and version, start, due, who is bound and who is asked, met when. Breach is derived. */
@Entity('deadline')
@Index('deadline_by_clock', ['clockId', 'endedAt', 'nextCallAt'])
@Index('deadline_by_asked', ['askedOf', 'endedAt', 'dueAt', 'id'])
@Index('deadline_by_due', ['dueAt', 'id'], {
  where: `(ended_at = 'infinity'::timestamp with time zone)`,
})
@Index('deadline_by_call', ['nextCallAt', 'id'], {
  where: `(ended_at = 'infinity'::timestamp with time zone)`,
})
@Check('deadline_ended_as', `ended_as in ('met', 'lifted')`)
@Check('deadline_ends_as_something', `(ended_at = 'infinity') = (ended_as is null)`)
export class DeadlineEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'deadline_pk' }) id: string;
  @Column('uuid', { name: 'clock_id' }) clockId: string;
  @Column('uuid', { name: 'handoff_id', nullable: true }) handoffId: string | null;
  @Column('text') rule: string;
  @Column('integer', { name: 'rule_version' }) ruleVersion: number;
  @Column('text') calendar: string;
  @Column('text') ladder: string;
  @Column('text', { name: 'start_event' }) startEvent: string;
  @Column({ name: 'start_at', ...instant }) startAt: Date;
  @Column({ name: 'due_at', ...instant }) dueAt: Date;
  @Column('jsonb') because: unknown;
  @Column('text', { name: 'duty_holder' }) dutyHolder: string;
  @Column('text', { name: 'asked_of' }) askedOf: string;
  @Column('integer', { default: 1 }) version: number;
  @Column('integer', { default: 0 }) rung: number;
  @Column({ name: 'next_call_at', ...instant, transformer: instantOrNever }) nextCallAt: InstantOrNever;
  @Column({ name: 'ended_at', ...untilNever }) endedAt: InstantOrNever;
  @Column('text', { name: 'ended_as', nullable: true }) endedAs: 'met' | 'lifted' | null;
}

/** One row per workflow that should exist; versions compare within one stream only. */
@Entity('stream')
@Index('stream_to_relay', ['tryAfter'], { where: '((wanted > relayed) AND (parked_at IS NULL))' })
@Index('stream_open', ['wakeAt', 'kind', 'id'], { where: 'open' })
@Check('stream_never_ahead', 'relayed <= wanted')
export class StreamEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'stream_pk' }) kind: string;
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stream_pk' }) id: string;
  @Column('bigint', { default: () => "'1'" }) wanted: string;
  /** Wall time since which the relay is behind; kept by a trigger. */
  @Column({ name: 'wanted_at', ...instant, default: () => 'clock_timestamp()' }) wantedAt: Date;
  @Column('bigint', { default: () => "'0'" }) relayed: string;
  @Column('boolean', { default: true }) open: boolean;
  @Column({ name: 'wake_at', ...untilNever }) wakeAt: InstantOrNever;
  @Column('integer', { default: 0 }) attempts: number;
  @Column({ name: 'try_after', ...instant, default: () => `'-infinity'` }) tryAfter: InstantOrNever;
  @Column({ name: 'parked_at', ...instant, nullable: true }) parkedAt: Date | null;
  @Column('text', { name: 'parked_code', nullable: true }) parkedCode: string | null;
}

/** One awaited human step of a process: a unique key to one deadline (DESIGN 4, ensureStep). */
@Entity('step')
@Index('step_by_deadline', ['deadlineId'])
export class StepEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'step_pk' }) process: string;
  @PrimaryColumn('uuid', { name: 'process_id', primaryKeyConstraintName: 'step_pk' }) processId: string;
  @PrimaryColumn('text', { name: 'step_key', primaryKeyConstraintName: 'step_pk' }) stepKey: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'step_pk' }) occurrence: string;
  @ForeignKey(() => DeadlineEntity, 'id', { name: 'step_deadline' })
  @Column('uuid', { name: 'deadline_id' })
  deadlineId: string;
  @Column('text', { nullable: true }) outcome: string | null;
}

/** What a caller's key already did; kept 30 days. The answer holds ids, never content. */
@Entity('idempotency')
@Index('idempotency_by_age', ['createdAt'])
export class IdempotencyEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_pk' }) scope: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'idempotency_pk' }) key: string;
  @Column('text', { name: 'body_hmac' }) bodyHmac: string;
  @Column('jsonb') response: unknown;
  @Column({ name: 'created_at', ...instant }) createdAt: Date;
}

/** A rung that was called: unique, so that nobody is reminded twice (DESIGN 4). */
@Entity('reminder')
export class ReminderEntity {
  @ForeignKey(() => DeadlineEntity, 'id', { name: 'reminder_deadline' })
  @PrimaryColumn('uuid', { name: 'deadline_id', primaryKeyConstraintName: 'reminder_pk' })
  deadlineId: string;
  @PrimaryColumn('integer', { name: 'deadline_version', primaryKeyConstraintName: 'reminder_pk' })
  deadlineVersion: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'reminder_pk' }) rung: number;
  @Column({ name: 'called_at', ...instant }) calledAt: Date;
  @Column('text', { name: 'called_by' }) calledBy: string;
}

/** The outbox of notices to a function; says that there is something to open and nothing else. */
@Entity('notification')
@Index('notification_waiting', ['createdAt', 'id'], {
  where: `(handed_over_at = 'infinity'::timestamp with time zone)`,
})
@Unique('notification_once', ['deadlineId', 'rung', 'unitId', 'function', 'createdAt'])
export class NotificationEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'notification_pk' }) id: string;
  @Column('uuid', { name: 'deadline_id', nullable: true }) deadlineId: string | null;
  @Column('integer') rung: number;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') function: string;
  @Column('text') kind: string;
  /** The function to ring, where the notice asks for a call. */
  @Column('text', { name: 'ring_unit', nullable: true }) ringUnit: string | null;
  @Column({ name: 'created_at', ...instant }) createdAt: Date;
  @Column({ name: 'handed_over_at', ...untilNever }) handedOverAt: InstantOrNever;
}

/** The entities of {@link commonTablesSql}; `audit_leaf` comes from #audit. */
export const COMMON_ENTITIES = [
  DeadlineEntity,
  StreamEntity,
  StepEntity,
  IdempotencyEntity,
  ReminderEntity,
  NotificationEntity,
] as const;
