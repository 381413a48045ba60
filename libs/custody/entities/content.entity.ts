import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instant } from './column-types.js';
import { IncidentEntity } from './incident.entity.js';

export type ContentKind = 'facts' | 'referral' | 'sealed-apart' | 'answer' | 'note' | 'assessment';

/** Sealed content: ciphertext and its digest. The wraps are in the key store, apart from custody (DESIGN 8). */
@Entity('content')
@Index('content_by_handoff', ['handoffId', 'kind'])
@Index('content_by_incident', ['incidentId', 'kind', 'createdAt'])
@Check('content_kind', `kind in ('facts', 'referral', 'sealed-apart', 'answer', 'note', 'assessment')`)
@Check('content_erased_is_empty', '(erased_at is not null) = (length(ciphertext) = 0)')
export class ContentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'content_pk' }) id: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'subject_id', nullable: true }) subjectId: string | null;
  @Column('uuid', { name: 'handoff_id', nullable: true }) handoffId: string | null;
  @Column('text') kind: ContentKind;
  @Column('text', { name: 'from_unit' }) fromUnit: string;
  @Column('text', { name: 'to_unit' }) toUnit: string;
  @Column('bytea') ciphertext: Buffer;
  @Column('text') digest: string;
  @Column({ name: 'created_at', ...instant }) createdAt: Date;
  /** When the last side disposed of it; the digest stays, since events and receipts refer to it. */
  @Column({ name: 'erased_at', nullable: true, ...instant }) erasedAt: Date | null;
}

/** What a unit was shown before sending; kept 24 hours, used once. The plan holds ids and codes, never content. */
@Entity('preview')
@Index('preview_by_age', ['expiresAt'])
export class PreviewEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'preview_pk' }) id: string;
  @ForeignKey(() => IncidentEntity, 'id', { name: 'preview_incident' })
  @Column('uuid', { name: 'incident_id' })
  incidentId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') person: string;
  @Column('jsonb') plan: unknown;
  @Column({ name: 'created_at', ...instant }) createdAt: Date;
  @Column({ name: 'expires_at', ...instant }) expiresAt: Date;
}
