import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import { type InstantOrNever, instantOrNever } from '#database';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** A call-out of the police: which programme holds there, and that children were looked for at the alarm (E-1). */
@Entity('call_out')
@Check('call_out_child_check', 'child_check_recorded = (child_check_at is not null)')
export class CallOutEntity {
  @PrimaryColumn('uuid', { name: 'incident_id', primaryKeyConstraintName: 'call_out_pk' }) incidentId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  /** The programme in force at the unit on the day; null for an ordinary call-out. */
  @Column('text', { nullable: true }) programme: string | null;
  @Column('integer', { name: 'child_count' }) childCount: number;
  @Column('boolean', { name: 'child_check_recorded' }) childCheckRecorded: boolean;
  @Column({ name: 'child_check_at', ...instant, nullable: true }) childCheckAt: Date | null;
  @Column({ name: 'opened_at', ...instant }) openedAt: Date;
  /** When its story was told to the end. */
  @Column({ name: 'closed_at', ...instant, default: () => `'infinity'`, transformer: instantOrNever })
  closedAt: InstantOrNever;
}
