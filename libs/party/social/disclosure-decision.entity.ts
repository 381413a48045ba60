import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

/**
 * What a dispatch about an adult can rest on (C6): her answer when asked, or a decision in her case (X-IND), each
 * naming its recipient. Of one basis and recipient the newest version counts, so that a refusal takes a consent back.
 */
@Entity('disclosure_decision')
@Index('disclosure_decision_version', ['subjectId', 'unitId', 'recipientUnit', 'basis', 'version'], {
  unique: true,
})
@Check('disclosure_decision_basis', `basis in ('X-01', 'X-IND')`)
@Check('disclosure_decision_answer', `answer in ('GIVEN', 'REFUSED', 'NOT_ASKED')`)
export class DisclosureDecisionEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'disclosure_decision_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') basis: 'X-01' | 'X-IND';
  @Column('text', { name: 'recipient_unit' }) recipientUnit: string;
  @Column('text') answer: 'GIVEN' | 'REFUSED' | 'NOT_ASKED';
  @Column('text') way: string;
  /** Ids of fields separated by a space; null is all that the route lets leave. */
  @Column('text', { nullable: true }) fields: string | null;
  @Column({ name: 'decided_at', type: 'timestamptz', precision: 3 }) decidedAt: Date;
}
