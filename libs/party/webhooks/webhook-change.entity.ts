import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** One act of a unit's administrator about where its own system listens; the latest holds, none is changed. */
@Entity('webhook_change')
@Unique('webhook_change_once', ['unitId', 'version'])
@Check('webhook_change_known', `change in ('register', 'rotate', 'end')`)
@Check('webhook_change_has_url', `(change = 'end') = (url is null)`)
export class WebhookChangeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'webhook_change_pk' }) id: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('integer') version: number;
  @Column('text') change: 'register' | 'rotate' | 'end';
  /** Stays the same while a secret is rotated; with the version it makes the key, which is stored nowhere. */
  @Column('uuid', { name: 'endpoint_id' }) endpointId: string;
  @Column('text', { nullable: true }) url: string | null;
  @Column('integer', { name: 'secret_version' }) secretVersion: number;
  /** Until then the secret before this one signs too. */
  @Column({ name: 'old_until', ...instant }) oldUntil: Date;
  @Column({ name: 'recorded_at', ...instant }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}
