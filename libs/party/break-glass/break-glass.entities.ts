import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BreakGlassReason, BreakGlassResult } from '#domain';
import { RecordedAct } from '../acts/recorded-act.js';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** An emergency opening: who, of which matter, why by code; the words are sealed to the unit. Appended, never changed. */
@Entity('break_glass')
@Index('break_glass_by_unit', ['unitId', 'recordedAt', 'id'])
@Check('break_glass_because', `because in ('assigned-to-another', 'off-shift')`)
@Check('break_glass_ends', 'recorded_at < expires_at')
export class BreakGlassEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'break_glass_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') because: 'assigned-to-another' | 'off-shift';
  @Column('text') reason: BreakGlassReason;
  @Column({ name: 'expires_at', ...instant }) expiresAt: Date;
}

/** What another person found about it. */
@Entity('break_glass_review')
@Index('break_glass_review_once', ['breakGlassId'], { unique: true })
@Check('break_glass_review_result', `result in ('JUSTIFIED', 'NOT_JUSTIFIED', 'INCIDENT')`)
@Check('break_glass_review_two_persons', 'opened_by <> recorded_by')
export class BreakGlassReviewEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'break_glass_review_pk' }) id: string;
  @Column('uuid', { name: 'break_glass_id' }) breakGlassId: string;
  @Column('text', { name: 'opened_by' }) openedBy: string;
  @Column('text') result: BreakGlassResult;
}
