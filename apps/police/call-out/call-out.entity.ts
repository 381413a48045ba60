import { Column, Entity, PrimaryColumn } from 'typeorm';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** A call-out of the police: which programme holds there, and that children were looked for at the alarm (E-1). */
@Entity('call_out')
export class CallOutEntity {
  @PrimaryColumn('uuid', { name: 'incident_id', primaryKeyConstraintName: 'call_out_pk' }) incidentId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  /** The programme in force at the unit on the day; null for an ordinary call-out. */
  @Column('text', { nullable: true }) programme: string | null;
  @Column('integer', { name: 'child_count' }) childCount: number;
  @Column({ name: 'child_check_at', ...instant }) childCheckAt: Date;
}
