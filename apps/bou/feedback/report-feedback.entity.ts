import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '#party';

/** Whether who reported is told what the report led to (OSL 26:9 a); the reasons are sealed. A later one is a new version. */
@Entity('report_feedback')
@Index('report_feedback_version', ['matterId', 'version'], { unique: true })
export class ReportFeedbackEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'report_feedback_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('boolean') tells: boolean;
  @Column('boolean', { name: 'asked_for' }) askedFor: boolean;
  /** Which of the three it was then; told or not. */
  @Column('text') outcome: string;
  @Column({ name: 'decided_at', type: 'timestamptz', precision: 3 }) decidedAt: Date;
}
