import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type InstantOrNever, instantOrNever } from '#database';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** What a coordinator decided about a notice that did not arrive; its effect on the delivery is a second step (ADR 0002). */
@Entity('dead_letter_decision')
@Index('dead_letter_decision_undone', ['decidedAt', 'id'], {
  where: `(applied_at = 'infinity'::timestamp with time zone)`,
})
@Check('dead_letter_decision_known', `decision in ('retry', 'dismiss')`)
@Check('dead_letter_decision_reason', `(decision = 'dismiss') = (reason is not null)`)
export class DeadLetterDecisionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'dead_letter_decision_pk' }) id: string;
  @Column('uuid', { name: 'delivery_id' }) deliveryId: string;
  /** Of the delivery when it was decided: a decision is about one failure, not about the next. */
  @Column('integer') round: number;
  @Column('text') decision: 'retry' | 'dismiss';
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column({ name: 'decided_at', ...instant }) decidedAt: Date;
  @Column('text', { name: 'decided_by' }) decidedBy: string;
  @Column({
    name: 'applied_at',
    ...instant,
    default: () => `'infinity'`,
    transformer: instantOrNever,
  })
  appliedAt: InstantOrNever;
}
