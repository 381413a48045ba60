import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { InstantOrNever } from '#database';
import type { HandoffAction, HandoffPhase, HandoffSide, MatterKind } from '#domain';
import { instant, untilNever } from './column-types.js';
import { ContentEntity } from './content.entity.js';
import { DispatchEntity } from './dispatch.entity.js';
import { MatterEntity } from './matter.entity.js';
import { ResponsibilityEntity } from './responsibility.entity.js';

/** An offer by the responsible unit that another unit take the matter over; at most one is open per matter. */
@Entity('handoff')
@Unique('handoff_accepted', ['id', 'matterId', 'fromUnit', 'toUnit', 'acceptedAt'])
@Index('one_open_handoff', ['matterId'], {
  unique: true,
  where: `(ended_at = 'infinity'::timestamp with time zone)`,
})
@Index('handoff_inbox', ['toUnit', 'endedAt', 'urgentAt', 'id'])
@Index('handoff_sent', ['fromUnit', 'endedAt', 'urgentAt', 'id'])
@Index('handoff_by_matter', ['matterId', 'sentAt'])
@Index('handoff_by_content', ['contentId'])
@Index('handoff_by_dispatch', ['dispatchId'])
@Index('handoff_undelivered', ['toUnit', 'sentAt'], { where: `(phase = 'sent'::text)` })
@Check('offered_while_open', 'ended_at <= matter_closed_at')
@Check('handoff_moves', 'from_unit <> to_unit')
@Check(
  'handoff_phase',
  `phase in ('sent', 'delivered', 'opened', 'awaiting-information', 'accepted', 'declined', 'redirected',
    'withdrawn', 'superseded', 'entered-in-error')`,
)
@Check(
  'open_until_ended',
  `(ended_at = 'infinity') = (phase in ('sent', 'delivered', 'opened', 'awaiting-information'))`,
)
@Check('accepted_or_attested', `(phase = 'accepted') = (accepted_at is not null or attested_at is not null)`)
@Check('not_both', 'accepted_at is null or attested_at is null')
@Check('accepted_at_its_end', 'accepted_at = ended_at')
@Check(
  'child_never_refused',
  `matter_kind <> 'child-protection' or phase not in ('declined', 'withdrawn', 'entered-in-error')`,
)
@ForeignKey(() => MatterEntity, ['matterId', 'matterKind'], ['id', 'kind'], { name: 'handoff_matter' })
@ForeignKey(() => MatterEntity, ['matterId', 'matterClosedAt'], ['id', 'closedAt'], {
  name: 'of_open_matter',
  onUpdate: 'CASCADE',
})
@ForeignKey(
  () => ResponsibilityEntity,
  ['matterId', 'acceptedAt', 'toUnit'],
  ['matterId', 'startsAt', 'unitId'],
  { name: 'accepted_holds', deferrable: 'INITIALLY DEFERRED' },
)
export class HandoffEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'handoff_pk' }) id: string;
  @ForeignKey(() => DispatchEntity, 'id', { name: 'handoff_dispatch' })
  @Column('uuid', { name: 'dispatch_id' })
  dispatchId: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('text', { name: 'matter_kind' }) matterKind: MatterKind;
  @Column({ name: 'matter_closed_at', ...untilNever }) matterClosedAt: InstantOrNever;
  @Column('text') route: string;
  @Column('text', { name: 'from_unit' }) fromUnit: string;
  @Column('text', { name: 'to_unit' }) toUnit: string;
  @Column('text') phase: HandoffPhase;
  @Column('integer', { default: 1 }) version: number;
  @ForeignKey(() => ContentEntity, 'id', { name: 'handoff_content' })
  @Column('uuid', { name: 'content_id' })
  contentId: string;
  @Column('text') basis: string;
  @Column({ name: 'sent_at', ...instant }) sentAt: Date;
  @Column({ name: 'delivered_at', nullable: true, ...instant }) deliveredAt: Date | null;
  @Column({ name: 'opened_at', nullable: true, ...instant }) openedAt: Date | null;
  @Column({ name: 'accepted_at', nullable: true, ...instant }) acceptedAt: Date | null;
  @Column({ name: 'attested_at', nullable: true, ...instant }) attestedAt: Date | null;
  @Column({ name: 'ended_at', ...untilNever }) endedAt: InstantOrNever;
  @Column({ name: 'needed_before', nullable: true, ...instant }) neededBefore: Date | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text', { name: 'proposed_unit', nullable: true }) proposedUnit: string | null;
  @ForeignKey(() => HandoffEntity, 'id', { name: 'handoff_hand_back_of' })
  @Column('uuid', { name: 'hand_back_of', nullable: true })
  handBackOf: string | null;
  @Column('integer', { name: 'chain_seq' }) chainSeq: number;
  @Column('text', { name: 'chain_head' }) chainHead: string;
  @Column({ name: 'urgent_at', ...untilNever }) urgentAt: InstantOrNever;
}

/** The machine of the handoff as data, so that the guarded functions can refuse what it does not know. */
@Entity('handoff_transition')
export class HandoffTransitionEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'handoff_transition_pk' }) action: HandoffAction;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'handoff_transition_pk' }) side: HandoffSide;
  @PrimaryColumn('text', { name: 'from_phase', primaryKeyConstraintName: 'handoff_transition_pk' })
  fromPhase: HandoffPhase;
  @PrimaryColumn('text', { name: 'to_phase', primaryKeyConstraintName: 'handoff_transition_pk' })
  toPhase: HandoffPhase;
}
