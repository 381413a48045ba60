import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instant } from './column-types.js';
import { ContentEntity } from './content.entity.js';
import { SubjectEntity } from './incident.entity.js';

/** A disposal that two persons of an authority decided, as its service published it; append-only (domain.md B8). */
@Entity('disposal')
@Check('disposal_two_persons', 'approved_by <> proposed_by')
@Check('disposal_forward', 'proposed_at <= approved_at')
@Check('disposal_of_the_old', `entries_before <= approved_at - interval '360 days'`)
export class PublishedDisposalEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'disposal_pk' }) id: string;
  @Column('text') party: string;
  @Column('text') authority: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') rule: string;
  @Column('text', { name: 'list_digest' }) listDigest: string;
  /** Whose last entry is at this instant or later is not disposed of, whatever the list says. */
  @Column({ name: 'entries_before', ...instant }) entriesBefore: Date;
  @Column('text', { name: 'proposed_by' }) proposedBy: string;
  @Column({ name: 'proposed_at', ...instant }) proposedAt: Date;
  @Column('text', { name: 'approved_by' }) approvedBy: string;
  @Column({ name: 'approved_at', ...instant }) approvedAt: Date;
  @Column({ name: 'published_at', ...instant }) publishedAt: Date;
}

/** That an authority's service has disposed of its file on a person of an incident. */
@Entity('disposed_subject')
export class DisposedSubjectEntity {
  @ForeignKey(() => SubjectEntity, 'id', { name: 'disposed_subject_of' })
  @PrimaryColumn('uuid', { name: 'subject_id', primaryKeyConstraintName: 'disposed_subject_pk' })
  subjectId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'disposed_subject_pk' }) authority: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'disposed_subject_pk' }) party: string;
  @ForeignKey(() => PublishedDisposalEntity, 'id', { name: 'disposed_subject_by' })
  @Column('uuid', { name: 'disposal_id' })
  disposalId: string;
  @Column({ name: 'disposed_at', ...instant }) disposedAt: Date;
}

/** That a unit has given up a content; once every side has, its ciphertext is gone. */
@Entity('disposed_content')
@Index('disposed_content_by_disposal', ['disposalId'])
export class DisposedContentEntity {
  @ForeignKey(() => ContentEntity, 'id', { name: 'disposed_content_of' })
  @PrimaryColumn('uuid', { name: 'content_id', primaryKeyConstraintName: 'disposed_content_pk' })
  contentId: string;
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'disposed_content_pk' }) unitId: string;
  @ForeignKey(() => PublishedDisposalEntity, 'id', { name: 'disposed_content_by' })
  @Column('uuid', { name: 'disposal_id' })
  disposalId: string;
  @Column({ name: 'disposed_at', ...instant }) disposedAt: Date;
}
