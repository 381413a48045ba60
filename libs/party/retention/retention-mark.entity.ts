import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RetentionMarkCode } from '#domain';
import { RecordedAct } from '../acts/recorded-act.js';

/** A note on what keeps somebody's file; the reason is sealed. The newest version of a mark counts. */
@Entity('retention_mark')
@Index('retention_mark_version', ['subjectId', 'unitId', 'mark', 'version'], { unique: true })
export class RetentionMarkEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'retention_mark_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') mark: RetentionMarkCode;
  /** False takes it back. */
  @Column('boolean') holds: boolean;
  @Column('date', { nullable: true }) until: string | null;
}
