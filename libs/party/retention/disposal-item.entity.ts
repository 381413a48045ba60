import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { SubjectRole } from '#domain';
import { DisposalEntity } from './disposal.entity.js';

/** A person of the list: goes or exempt, and why. What is left of her afterwards is this row's ids and counts. */
@Entity('disposal_item')
@Index('disposal_item_left', ['disposalId', 'subjectId'], {
  where: `((verdict = 'goes'::text) AND (state = 'listed'::text))`,
})
@Check('disposal_item_verdict', `verdict in ('goes', 'exempt')`)
@Check(
  'disposal_item_state',
  `state in ('listed', 'erased', 'skipped') and (verdict = 'goes' or state = 'listed')`,
)
@Check(
  'disposal_item_ended',
  `(state = 'erased') = (erased_at is not null) and (state = 'skipped') = (skipped_code is not null)`,
)
export class DisposalItemEntity {
  @ForeignKey(() => DisposalEntity, 'id', { name: 'disposal_item_of' })
  @PrimaryColumn('uuid', { name: 'disposal_id', primaryKeyConstraintName: 'disposal_item_pk' })
  disposalId: string;
  @PrimaryColumn('uuid', { name: 'subject_id', primaryKeyConstraintName: 'disposal_item_pk' })
  subjectId: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('text') authority: string;
  @Column('text') role: SubjectRole;
  @Column('text') verdict: 'goes' | 'exempt';
  /** Codes separated by a space. */
  @Column('text') exemptions: string;
  @Column('date', { name: 'arises_on', nullable: true }) arisesOn: string | null;
  @Column('date', { name: 'finish_by', nullable: true }) finishBy: string | null;
  @Column('jsonb') because: unknown;
  @Column('text', { default: 'listed' }) state: 'listed' | 'erased' | 'skipped';
  @Column('text', { name: 'skipped_code', nullable: true }) skippedCode: string | null;
  @Column('integer', { default: 0 }) contents: number;
  @Column('integer', { default: 0 }) wraps: number;
  @Column('integer', { default: 0 }) rows: number;
  @Column('integer', { default: 0 }) leaves: number;
  @Column({ name: 'erased_at', type: 'timestamptz', precision: 3, nullable: true }) erasedAt: Date | null;
}

/** A content that a disposal made unreadable for a unit; for the proof, and for a key store restored from before. */
@Entity('disposal_content')
@Index('disposal_content_by_disposal', ['disposalId', 'contentId', 'unitId'])
export class DisposalContentEntity {
  @PrimaryColumn('uuid', { name: 'content_id', primaryKeyConstraintName: 'disposal_content_pk' })
  contentId: string;
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'disposal_content_pk' }) unitId: string;
  @ForeignKey(() => DisposalEntity, 'id', { name: 'disposal_content_of' })
  @Column('uuid', { name: 'disposal_id' })
  disposalId: string;
  @Column('text') authority: string;
  /** SHA-256 of the ciphertext, hex. */
  @Column('text') digest: string;
}
