import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DrawResult } from '#domain';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** A period of a unit's log that is to be reviewed; what was done about it stands in the tables beside. */
@Entity('log_review')
@Index('log_review_period', ['unitId', 'fromAt'], { unique: true })
export class LogReviewEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'log_review_pk' }) id: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column({ name: 'from_at', ...instant }) fromAt: Date;
  @Column({ name: 'opened_at', ...instant }) openedAt: Date;
}

/** How the accesses were drawn: with method, seed and period anybody can make the draw again. */
@Entity('log_review_draw')
@Check('log_review_draw_counts', 'accesses >= 0')
export class LogReviewDrawEntity {
  @PrimaryColumn('uuid', { name: 'review_id', primaryKeyConstraintName: 'log_review_draw_pk' })
  reviewId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column({ name: 'until_at', ...instant }) untilAt: Date;
  @Column('text') method: string;
  @Column('text') seed: string;
  @Column('integer') accesses: number;
  @Column('text', { name: 'drawn_by' }) drawnBy: string;
  @Column({ name: 'drawn_at', ...instant }) drawnAt: Date;
}

/** One drawn access, by the id of its leaf; who it was is read from the audit, so that an erasure there reaches here. */
@Entity('log_review_access')
@Check('log_review_access_why', `why in ('every', 'each-risk', 'weighted')`)
export class LogReviewAccessEntity {
  @PrimaryColumn('uuid', { name: 'review_id', primaryKeyConstraintName: 'log_review_access_pk' })
  reviewId: string;
  @PrimaryColumn('uuid', { name: 'leaf_id', primaryKeyConstraintName: 'log_review_access_pk' })
  leafId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('integer') position: number;
  /** Codes, separated by a space. */
  @Column('text') risks: string;
  @Column('integer') weight: number;
  @Column('text') why: 'every' | 'each-risk' | 'weighted';
}

/** What a reviewer found about one access; the words are sealed to the unit. */
@Entity('log_review_judgement')
@Check('log_review_judgement_result', `result in ('IN_ORDER', 'TO_BE_ASKED', 'INCIDENT')`)
export class LogReviewJudgementEntity {
  @PrimaryColumn('uuid', { name: 'review_id', primaryKeyConstraintName: 'log_review_judgement_pk' })
  reviewId: string;
  @PrimaryColumn('uuid', { name: 'leaf_id', primaryKeyConstraintName: 'log_review_judgement_pk' })
  leafId: string;
  @Column('uuid') id: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') result: DrawResult;
  @Column('text', { name: 'judged_by' }) judgedBy: string;
  @Column({ name: 'judged_at', ...instant }) judgedAt: Date;
  @Column('bytea') ciphertext: Buffer;
  @Column('text') digest: string;
}

/** The result of the whole, and later what came of its questions. */
@Entity('log_review_result')
@Check('log_review_result_part', `part in ('result', 'follow-up')`)
@Check('log_review_result_result', `result in ('IN_ORDER', 'MEASURES')`)
export class LogReviewResultEntity {
  @PrimaryColumn('uuid', { name: 'review_id', primaryKeyConstraintName: 'log_review_result_pk' })
  reviewId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'log_review_result_pk' }) part: 'result' | 'follow-up';
  @Column('uuid') id: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') result: 'IN_ORDER' | 'MEASURES';
  @Column('text', { name: 'recorded_by' }) recordedBy: string;
  @Column({ name: 'recorded_at', ...instant }) recordedAt: Date;
  @Column('bytea') ciphertext: Buffer;
  @Column('text') digest: string;
}
