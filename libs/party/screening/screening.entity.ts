import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ScreeningInstrumentId, ScreeningOccasion, ScreeningResult } from '#domain';
import { RecordedAct } from '../acts/recorded-act.js';

/** A rating, or that one was entered in error: what it came to as a code; answers, sums and words are sealed (REC-5). */
@Entity('screening')
@Index('screening_version', ['subjectId', 'unitId', 'version'], { unique: true })
@Check('screening_error', 'not in_error or replaces is not null')
export class ScreeningEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'screening_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') instrument: ScreeningInstrumentId;
  @Column('text', { name: 'instrument_version' }) instrumentVersion: string;
  @Column('text') occasion: ScreeningOccasion;
  @Column('text') result: ScreeningResult;
  @Column({ name: 'screened_at', type: 'timestamptz', precision: 3 }) screenedAt: Date;
  @Column('uuid', { nullable: true }) replaces: string | null;
  @Column('boolean', { name: 'in_error' }) inError: boolean;
}
