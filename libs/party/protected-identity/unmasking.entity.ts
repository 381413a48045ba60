import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** That somebody was let see what is masked, why (sealed) and until when. */
@Entity('unmasking')
@Index('unmasking_of_unit', ['unitId', 'recordedAt', 'id'])
export class UnmaskingEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'unmasking_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column({ name: 'valid_until', ...instant }) validUntil: Date;
}

/** A colleague whom the unit head named as entitled to protected identities, for a time. */
@Entity('protection_officer')
@Index('protection_officer_of_unit', ['unitId', 'personId', 'validUntil'])
export class ProtectionOfficerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'protection_officer_pk' }) id: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column({ name: 'valid_until', ...instant }) validUntil: Date;
  @Column({ name: 'recorded_at', ...instant }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}
