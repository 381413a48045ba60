import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { BasisId, PartyScope, Purpose, Role } from '#domain';
import { RecordedAct } from '../acts/recorded-act.js';

const instant = { type: 'timestamptz', precision: 3 } as const;

/**
 * A word that a disclosure can rest on (C6): what a person answered, what an official decided, that it was taken back,
 * or that a record was a mistake. Nothing is changed: a later word stands above, and the last two name whom they are
 * about and repeat its terms. Words of staff and of persons are sealed.
 */
@Entity('basis_record')
@Index('basis_record_version', ['subjectId', 'unitId', 'basis', 'giver', 'recipient', 'purpose', 'version'], {
  unique: true,
})
@Index('basis_record_about', ['about', 'kind'])
@Index('basis_record_of_subject', ['subjectId', 'recordedAt', 'id'])
@Check('basis_record_kind', `kind in ('answer', 'decision', 'withdrawal', 'error-mark')`)
@Check('basis_record_answer', `answer in ('GIVEN', 'REFUSED', 'NOT_ASKED')`)
@Check('basis_record_is_about', `(about is null) = (kind in ('answer', 'decision'))`)
@Check('basis_record_answers', `(answer is not null) = (kind in ('answer', 'decision'))`)
@Check('basis_record_basis', `(kind = 'answer') <= (basis = 'X-01')`)
export class BasisRecordEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'basis_record_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') kind: 'answer' | 'decision' | 'withdrawal' | 'error-mark';
  @ForeignKey(() => BasisRecordEntity, 'id', { name: 'basis_record_of' })
  @Column('uuid', { nullable: true })
  about: string | null;
  @Column('text') basis: BasisId;
  /** Who tells: `unit:<id>` or `kind:<kind>`. */
  @Column('text') giver: PartyScope;
  /** Who is told. */
  @Column('text') recipient: PartyScope;
  @Column('text') purpose: Purpose;
  @Column('text', { nullable: true }) answer: 'GIVEN' | 'REFUSED' | 'NOT_ASKED' | null;
  /** Ids of fields separated by a space; null is all that the route lets leave. */
  @Column('text', { nullable: true }) fields: string | null;
  @Column('text') way: string;
  @Column('text', { name: 'said_by' }) saidBy: string;
  @Column({ name: 'said_at', ...instant }) saidAt: Date;
  @Column({ name: 'valid_until', ...instant, nullable: true }) validUntil: Date | null;
  /** The role in which the caller recorded it. */
  @Column('text', { name: 'recorded_as' }) recordedAs: Role;
}
