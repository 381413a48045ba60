import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

/** To attend or not (domain E-3, E5); necessity and reasons are sealed. The newest version counts. */
@Entity('attendance_decision')
@Index('attendance_decision_version', ['incidentId', 'unitId', 'version'], { unique: true })
export class AttendanceDecisionEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'attendance_decision_pk' }) id: string;
  @Column('boolean') attends: boolean;
  @Column('boolean', { name: 'visits_home' }) visitsHome: boolean;
  @Column('text', { name: 'legal_ground', nullable: true }) legalGround: string | null;
  @Column('text') consent: string;
}
