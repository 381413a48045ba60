import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What must be known of a person to decide when her file goes, without the facts themselves: whether she belongs to the research
 * sample, and a keyed digest by which two files on one person are found. Made from sealed content by the service that may
 * open it; gone with her file.
 */
@Entity('retention_person')
@Index('retention_person_by_key', ['authority', 'personKey'])
@Check('retention_person_sample_day', `sample_day in ('yes', 'no', 'unknown')`)
export class RetentionPersonEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'retention_person_pk' }) authority: string;
  @PrimaryColumn('uuid', { name: 'subject_id', primaryKeyConstraintName: 'retention_person_pk' })
  subjectId: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('text', { name: 'sample_day' }) sampleDay: 'yes' | 'no' | 'unknown';
  /** Null where neither number nor name and birth date were known. */
  @Column('text', { name: 'person_key', nullable: true }) personKey: string | null;
  @Column({ name: 'learned_at', type: 'timestamptz', precision: 3 }) learnedAt: Date;
}
