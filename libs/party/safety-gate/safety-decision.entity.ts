import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PostponingGround, ReachedRelation } from '#domain';
import { RecordedAct } from '../acts/recorded-act.js';

/** Whether one person may be reached about another; reasons and who it is are sealed. Of a person the newest counts. */
@Entity('safety_decision')
@Index('safety_decision_version', ['subjectId', 'unitId', 'personId', 'version'], { unique: true })
@Index('safety_decision_of_subject', ['subjectId', 'recordedAt', 'id'])
@Check('safety_decision_is', `decision in ('now', 'postponed')`)
@Check('safety_decision_review', `(decision = 'postponed') = (ground is not null and review_at is not null)`)
export class SafetyDecisionEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'safety_decision_pk' }) id: string;
  /** Who has to be safe. */
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  /** Who would be reached: a person of the incident, or one that only this table knows. */
  @Column('uuid', { name: 'person_id' }) personId: string;
  @Column('boolean', { name: 'is_subject' }) isSubject: boolean;
  @Column('text') relation: ReachedRelation;
  @Column('text') decision: 'now' | 'postponed';
  @Column('text', { nullable: true }) ground: PostponingGround | null;
  @Column({ name: 'review_at', type: 'timestamptz', precision: 3, nullable: true }) reviewAt: Date | null;
}
