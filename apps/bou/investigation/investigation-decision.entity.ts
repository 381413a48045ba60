import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '#party';

/** A decision to open an investigation of a child or not (D-03, D-04); the reasons are sealed. */
@Entity('investigation_decision')
@Index('investigation_decision_version', ['matterId', 'version'], { unique: true })
export class InvestigationDecisionEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'investigation_decision_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('boolean') opened: boolean;
  @Column('text') ground: string;
  @Column({ name: 'decided_at', type: 'timestamptz', precision: 3 }) decidedAt: Date;
}
