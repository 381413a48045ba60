import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type {
  InterventionId,
  PoliceAssessmentState,
  RiskEvent,
  RiskInstrumentId,
  RiskLevel,
  RiskReviewOutcome,
  TriageOutcome,
} from '#domain';
import { RecordedAct } from '#party';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** RVT's work on one matter, from when the unit took it: what the steps of the process are asked for. */
@Entity('risk_case')
@Index('risk_case_of_matter', ['matterId', 'unitId'], { unique: true })
export class RiskCaseEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_case_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column({ name: 'opened_at', ...instant }) openedAt: Date;
}

/** What every act of the case is about. */
abstract class RiskAct extends RecordedAct {
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
}

/** Whether an assessment is needed before support is offered; the newest counts. */
@Entity('risk_triage')
@Index('risk_triage_version', ['subjectId', 'unitId', 'version'], { unique: true })
@Check('risk_triage_outcome', `outcome in ('ASSESSMENT_NEEDED', 'NOT_NEEDED', 'CANNOT_YET_BE_SAID')`)
export class RiskTriageEntity extends RiskAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_triage_pk' }) id: string;
  @Column('text') outcome: TriageOutcome;
  @Column({ name: 'triaged_at', ...instant }) triagedAt: Date;
}

/** An assessment, or that one was entered in error; answers, total and words are sealed. Nothing disappears. */
@Entity('risk_assessment')
@Index('risk_assessment_version', ['subjectId', 'unitId', 'version'], { unique: true })
@Check('risk_assessment_error', 'not in_error or replaces is not null')
export class RiskAssessmentEntity extends RiskAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_assessment_pk' }) id: string;
  @Column('text') instrument: RiskInstrumentId;
  @Column('text', { name: 'instrument_version' }) instrumentVersion: string;
  @Column('text', { nullable: true }) acute: RiskLevel | null;
  @Column('text', { nullable: true }) future: RiskLevel | null;
  @Column('text', { nullable: true }) severity: RiskLevel | null;
  @Column({ name: 'assessed_at', ...instant }) assessedAt: Date;
  @Column('uuid', { nullable: true }) replaces: string | null;
  @Column('boolean', { name: 'in_error' }) inError: boolean;
}

/** That the police's own assessment was asked for, came, or never did. */
@Entity('police_assessment')
@Index('police_assessment_version', ['subjectId', 'unitId', 'version'], { unique: true })
export class PoliceAssessmentEntity extends RiskAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'police_assessment_pk' }) id: string;
  @Column('text') state: PoliceAssessmentState;
  @Column({ name: 'stated_at', ...instant }) statedAt: Date;
}

/** Something after or before which the risk is looked at anew, as the unit itself heard of it. */
@Entity('risk_event')
@Index('risk_event_version', ['subjectId', 'unitId', 'version'], { unique: true })
export class RiskEventEntity extends RiskAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_event_pk' }) id: string;
  @Column('text') event: RiskEvent;
  @Column({ name: 'event_at', ...instant }) eventAt: Date;
}

/** The same as other parties told it, without a word; and a further incident of the person in the unit. */
@Entity('risk_told')
@Index('risk_told_of_matter', ['matterId', 'unitId'])
export class RiskToldEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_told_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') event: RiskEvent;
  @Column({ name: 'event_at', ...instant }) eventAt: Date;
}

/** The risk looked at anew. */
@Entity('risk_review')
@Index('risk_review_version', ['subjectId', 'unitId', 'version'], { unique: true })
export class RiskReviewEntity extends RiskAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'risk_review_pk' }) id: string;
  @Column('text') outcome: RiskReviewOutcome;
  @Column({ name: 'reviewed_at', ...instant }) reviewedAt: Date;
}

/** A decision on a measure for an adult; who recorded it decided, but for a committee's. */
@Entity('intervention_decision')
@Index('intervention_decision_version', ['matterId', 'unitId', 'version'], { unique: true })
export class InterventionDecisionEntity extends RiskAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'intervention_decision_pk' }) id: string;
  @Column('text') intervention: InterventionId;
  @Column('boolean') granted: boolean;
  @Column('boolean', { name: 'by_committee' }) byCommittee: boolean;
  @Column({ name: 'decided_at', ...instant }) decidedAt: Date;
}

export const RISK_ENTITIES = [
  RiskCaseEntity,
  RiskTriageEntity,
  RiskAssessmentEntity,
  PoliceAssessmentEntity,
  RiskEventEntity,
  RiskToldEntity,
  RiskReviewEntity,
  InterventionDecisionEntity,
];
