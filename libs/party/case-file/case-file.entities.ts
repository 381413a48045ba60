import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { type InstantOrNever, instantOrNever } from '#database';

const instant = { type: 'timestamptz', precision: 3 } as const;

export type ExportState = 'waiting' | 'working' | 'ready' | 'gone' | 'failed';

/** A job that takes a matter out to the authority's own case file; it can be left and found again. Holds no content. */
@Entity('case_file_export')
@Index('case_file_export_by_unit', ['unitId', 'askedAt', 'id'])
@Index('case_file_export_to_do', ['tryAfter', 'id'], { where: `(state in ('waiting', 'working'))` })
@Index('case_file_export_to_remove', ['expiresAt', 'id'], { where: `(state = 'ready')` })
@Check('case_file_export_state', `state in ('waiting', 'working', 'ready', 'gone', 'failed')`)
export class CaseFileExportEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_file_export_pk' }) id: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text', { name: 'asked_by' }) askedBy: string;
  /** The function of who asked, which the receipt names. */
  @Column('text', { name: 'asked_as' }) askedAs: string;
  @Column({ name: 'asked_at', ...instant }) askedAt: Date;
  @Column('text', { default: 'waiting' }) state: ExportState;
  /** Contents drawn so far, and how many there are; null while it is not known. */
  @Column('integer', { default: 0 }) done: number;
  @Column('integer', { nullable: true }) total: number | null;
  @Column('integer', { default: 0 }) attempts: number;
  /** Wall time: whoever works on it has until then, or it is another's. */
  @Column({ name: 'try_after', ...instant, default: () => `'-infinity'`, transformer: instantOrNever })
  tryAfter: InstantOrNever;
  @Column('text', { name: 'failed_code', nullable: true }) failedCode: string | null;
  @Column('text', { nullable: true }) receipt: string | null;
  @Column({ name: 'ready_at', ...instant, nullable: true }) readyAt: Date | null;
  @Column({ name: 'expires_at', ...instant, nullable: true }) expiresAt: Date | null;
  @Column({ name: 'pdf_fetched_at', ...instant, nullable: true }) pdfFetchedAt: Date | null;
  @Column({ name: 'json_fetched_at', ...instant, nullable: true }) jsonFetchedAt: Date | null;
}

/** A piece of a finished file, sealed to the unit under a key of its own; gone when it was fetched, or after a day. */
@Entity('case_file_chunk')
@Check('case_file_chunk_part', `part in ('pdf', 'json')`)
export class CaseFileChunkEntity {
  @ForeignKey(() => CaseFileExportEntity, 'id', { name: 'case_file_chunk_export' })
  @PrimaryColumn('uuid', { name: 'export_id', primaryKeyConstraintName: 'case_file_chunk_pk' })
  exportId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'case_file_chunk_pk' }) part: 'pdf' | 'json';
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'case_file_chunk_pk' }) seq: number;
  @Column('uuid', { name: 'content_id' }) contentId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('bytea') ciphertext: Buffer;
}
