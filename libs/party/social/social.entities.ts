import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type InstantOrNever, instantOrNever } from '#database';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** To attend or not, with necessity and legal ground sealed; one a call-out and unit (domain E-3, E5). */
@Entity('attendance_decision')
@Index('attendance_decision_once', ['incidentId', 'unitId'], { unique: true })
export class AttendanceDecisionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'attendance_decision_pk' }) id: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('boolean') attends: boolean;
  @Column('bytea') ciphertext: Buffer;
  @Column({ name: 'decided_at', ...instant }) decidedAt: Date;
  @Column('text', { name: 'decided_by' }) decidedBy: string;
}

/** One protection assessment of a child (D-01, D-02); the reasons are sealed. */
@Entity('protection_assessment')
@Index('protection_assessment_by_subject', ['subjectId', 'assessedAt'])
@Check(
  'protection_assessment_outcome',
  `outcome in ('PROTECTION_NEEDED_NOW', 'NO_IMMEDIATE_NEED', 'CANNOT_YET_BE_ASSESSED')`,
)
export class ProtectionAssessmentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'protection_assessment_pk' }) id: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') outcome: string;
  @Column('bytea') ciphertext: Buffer;
  @Column({ name: 'assessed_at', ...instant }) assessedAt: Date;
  @Column({ name: 'recorded_at', ...instant }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}

/** A recorded consent or individual decision about an adult, on which a dispatch may rest (C6). */
@Entity('basis_record')
@Index('basis_record_by_subject', ['subjectId'])
export class BasisRecordEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'basis_record_pk' }) id: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') basis: string;
  @Column('bytea') ciphertext: Buffer;
  @Column({ name: 'recorded_at', ...instant }) recordedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}

/** A decision to open an investigation or not (D-03, D-04). */
@Entity('investigation_decision')
@Index('investigation_decision_by_subject', ['subjectId'])
export class InvestigationDecisionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'investigation_decision_pk' }) id: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('boolean') opened: boolean;
  @Column({ name: 'decided_at', ...instant }) decidedAt: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
}

/** What a recorded act does in custody: a second, idempotent command keyed by its cause (DESIGN 4). */
@Entity('effect')
@Index('effect_waiting', ['createdAt', 'id'], { where: `(done_at = 'infinity'::timestamp with time zone)` })
export class EffectEntity {
  /** The id of the act that caused it. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'effect_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  /** Rules of the duties that are met, separated by a space. */
  @Column('text') rules: string;
  @Column('text') outcome: string;
  @Column({ name: 'met_at', ...instant }) metAt: Date;
  @Column({ name: 'created_at', ...instant }) createdAt: Date;
  @Column({ name: 'done_at', ...instant, default: () => `'infinity'`, transformer: instantOrNever })
  doneAt: InstantOrNever;
}

export const SOCIAL_ENTITIES = [
  AttendanceDecisionEntity,
  ProtectionAssessmentEntity,
  BasisRecordEntity,
  InvestigationDecisionEntity,
  EffectEntity,
] as const;
