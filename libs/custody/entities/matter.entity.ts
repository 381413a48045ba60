import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { InstantOrNever } from '#database';
import type { MatterKind, MatterPhase } from '#domain';
import { instant, untilNever } from './column-types.js';
import { HandoffEntity } from './handoff.entity.js';
import { SubjectEntity } from './incident.entity.js';
import { ResponsibilityEntity } from './responsibility.entity.js';

/**
 * One need of one subject that somebody must answer for. `holder_unit` repeats the unit of the running spell so
 * that the inbox has an index; `held_until` keeps the two the same (C1).
 */
@Entity('matter')
@Unique('matter_end', ['id', 'closedAt'])
@Unique('matter_of_kind', ['id', 'kind'])
@Index('matter_held', ['holderUnit', 'closedAt', 'urgentAt', 'id'])
@Index('matter_by_incident', ['incidentId', 'id'])
@Index('matter_by_subject', ['subjectId'])
@Index('matter_by_continued', ['continuesId'])
@Index('matter_by_merged', ['mergedIntoId'])
@Check('merged_into_another', 'merged_into_id <> id')
@Check('closed_with_outcome', `(closed_at = 'infinity') = (outcome is null)`)
@Check(
  'matter_phase',
  `phase in ('held', 'contact-attempted', 'contact-made', 'scheduled', 'attended', 'no-show', 'event-cancelled', 'closed')`,
)
@Check('closed_is_a_phase', `(closed_at = 'infinity') = (phase <> 'closed')`)
@Check('hold_has_review', '(hold_reason is null) = (hold_review_at is null)')
@Check('child_never_cancelled', `kind <> 'child-protection' or cancellation_handoff_id is null`)
@Check(
  'child_closes_safely',
  `kind <> 'child-protection' or outcome in ('SUCCESSOR', 'MERGED', 'NOTHING_FURTHER', 'CHILD_TAKEN_OUTSIDE')`,
)
@ForeignKey(() => SubjectEntity, ['subjectId', 'incidentId'], ['id', 'incidentId'], {
  name: 'matter_subject',
})
@ForeignKey(() => ResponsibilityEntity, ['id', 'openedAt'], ['matterId', 'startsAt'], {
  name: 'held_from',
  deferrable: 'INITIALLY DEFERRED',
})
@ForeignKey(() => ResponsibilityEntity, ['id', 'closedAt', 'holderUnit'], ['matterId', 'endsAt', 'unitId'], {
  name: 'held_until',
  deferrable: 'INITIALLY DEFERRED',
})
export class MatterEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'matter_pk' }) id: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') kind: MatterKind;
  @Column({ name: 'opened_at', ...instant }) openedAt: Date;
  @Column({ name: 'closed_at', ...untilNever }) closedAt: InstantOrNever;
  @Column('text', { name: 'holder_unit' }) holderUnit: string;
  @Column('text', { default: 'held' }) phase: MatterPhase;
  @Column('integer', { default: 1 }) version: number;
  @Column('text', { nullable: true }) outcome: string | null;
  @Column('text', { name: 'assigned_to', nullable: true }) assignedTo: string | null;
  @Column('text', { name: 'hold_reason', nullable: true }) holdReason: string | null;
  @Column({ name: 'hold_review_at', nullable: true, ...instant }) holdReviewAt: Date | null;
  @ForeignKey(() => HandoffEntity, 'id', { name: 'matter_cancellation' })
  @Column('uuid', { name: 'cancellation_handoff_id', nullable: true })
  cancellationHandoffId: string | null;
  @ForeignKey(() => MatterEntity, 'id', { name: 'matter_merged_into' })
  @Column('uuid', { name: 'merged_into_id', nullable: true })
  mergedIntoId: string | null;
  @ForeignKey(() => MatterEntity, 'id', { name: 'matter_continues' })
  @Column('uuid', { name: 'continues_id', nullable: true })
  continuesId: string | null;
  @Column({ name: 'urgent_at', ...untilNever }) urgentAt: InstantOrNever;
}
