import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '#party';

/** Whether the alleged perpetrator was told and agrees to contact; how is sealed. The newest version counts. */
@Entity('change_condition')
@Index('change_condition_version', ['subjectId', 'unitId', 'version'], { unique: true })
export class ChangeConditionEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'change_condition_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('boolean') told: boolean;
  @Column('boolean') agrees: boolean;
  @Column({ name: 'said_at', type: 'timestamptz', precision: 3 }) saidAt: Date;
}
