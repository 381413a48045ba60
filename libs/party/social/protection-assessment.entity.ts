import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

/** A protection assessment of a child (D-01, D-02); the reasons are sealed. The newest version counts. */
@Entity('protection_assessment')
@Index('protection_assessment_version', ['subjectId', 'unitId', 'version'], { unique: true })
@Check(
  'protection_assessment_outcome',
  `outcome in ('PROTECTION_NEEDED_NOW', 'NO_IMMEDIATE_NEED', 'CANNOT_YET_BE_ASSESSED')`,
)
export class ProtectionAssessmentEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'protection_assessment_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') outcome: string;
  @Column('text', { name: 'child_heard' }) childHeard: string;
  @Column({ name: 'assessed_at', type: 'timestamptz', precision: 3 }) assessedAt: Date;
}
