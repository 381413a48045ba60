import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { type InstantOrNever, instantOrNever } from '#database';

const instant = { type: 'timestamptz', precision: 3 } as const;

/**
 * What a recorded act does in custody: a second, idempotent command keyed by its cause (DESIGN 4: a transaction writes
 * one schema). Ids, codes and instants; never content.
 */
@Entity('effect')
@Unique('effect_once', ['causeId', 'aboutId', 'kind', 'rules'])
@Index('effect_waiting', ['tryAfter', 'id'], {
  where: `(done_at = 'infinity'::timestamp with time zone)`,
})
export class EffectEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'effect_pk' }) id: string;
  @Column('text') kind: 'meet-duty' | 'publish-fact';
  /** The id of the act that caused it. */
  @Column('uuid', { name: 'cause_id' }) causeId: string;
  @Column('uuid', { name: 'matter_id', nullable: true }) matterId: string | null;
  @Column('uuid', { name: 'incident_id', nullable: true }) incidentId: string | null;
  @Column('uuid', { name: 'subject_id', nullable: true }) subjectId: string | null;
  /** The matter whose duty is met; of a fact the most narrow thing that it is about. */
  @Column('uuid', { name: 'about_id' }) aboutId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  /** Rules of the duties that are met, separated by a space; of a fact its code. */
  @Column('text') rules: string;
  @Column('text') outcome: string;
  /** When the duty was met; of a fact when it took effect. */
  @Column({ name: 'met_at', ...instant }) metAt: Date;
  @Column({ name: 'until_at', ...instant, default: () => `'infinity'`, transformer: instantOrNever })
  untilAt: InstantOrNever;
  @Column({ name: 'created_at', ...instant }) createdAt: Date;
  @Column('integer', { default: 0 }) attempts: number;
  /** Wall time: it is about retries. */
  @Column({ name: 'try_after', ...instant, default: () => `'-infinity'` }) tryAfter: InstantOrNever;
  @Column({ name: 'done_at', ...instant, default: () => `'infinity'`, transformer: instantOrNever })
  doneAt: InstantOrNever;
  /** Why custody would not: done all the same, and the duty goes on being called. */
  @Column('text', { name: 'refused_code', nullable: true }) refusedCode: string | null;
  /** Why the last try failed, by the name of the error; tried again. */
  @Column('text', { name: 'failed_code', nullable: true }) failedCode: string | null;
}
