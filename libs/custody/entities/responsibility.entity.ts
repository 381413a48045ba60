import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { InstantOrNever } from '#database';
import { instant, untilNever } from './column-types.js';
import { HandoffEntity } from './handoff.entity.js';
import { MatterEntity } from './matter.entity.js';
import { SuccessionEntity } from './succession.entity.js';

/**
 * One spell of an unbroken line: which unit answers for the matter, from when, until when (C1, C2).
 * `one_successor` is NULLS NOT DISTINCT in the migration, which TypeORM cannot say: it allows one root a matter.
 */
@Entity('responsibility')
@Unique('one_end', ['matterId', 'endsAt'])
@Unique('end_of_unit', ['matterId', 'endsAt', 'unitId'])
@Unique('start_of_unit', ['matterId', 'startsAt', 'unitId'])
@Unique('one_successor', ['matterId', 'previousEndsAt'])
@Index('responsibility_by_unit', ['unitId', 'endsAt', 'startsAt'])
@Check('runs_forward', 'starts_at < ends_at')
@Check('follows_on', 'previous_ends_at = starts_at')
@Check('previous_is_whole', '(previous_ends_at is null) = (previous_unit is null)')
@Check('not_after_close', 'ends_at <= matter_closed_at')
@Check(
  'moved_lawfully',
  `(previous_ends_at is null) = (handoff_id is null and succession_id is null)
    and (handoff_id is null or succession_id is null)`,
)
@ForeignKey(
  () => ResponsibilityEntity,
  ['matterId', 'previousEndsAt', 'previousUnit'],
  ['matterId', 'endsAt', 'unitId'],
  { name: 'no_gap', deferrable: 'INITIALLY DEFERRED' },
)
@ForeignKey(() => MatterEntity, ['matterId', 'matterClosedAt'], ['id', 'closedAt'], {
  name: 'of_matter',
  onUpdate: 'CASCADE',
})
@ForeignKey(
  () => HandoffEntity,
  ['handoffId', 'matterId', 'previousUnit', 'unitId', 'startsAt'],
  ['id', 'matterId', 'fromUnit', 'toUnit', 'acceptedAt'],
  { name: 'by_handoff', deferrable: 'INITIALLY DEFERRED' },
)
@ForeignKey(
  () => SuccessionEntity,
  ['successionId', 'previousUnit', 'unitId', 'startsAt'],
  ['id', 'fromUnit', 'toUnit', 'approvedAt'],
  { name: 'by_succession', deferrable: 'INITIALLY DEFERRED' },
)
export class ResponsibilityEntity {
  @PrimaryColumn('uuid', { name: 'matter_id', primaryKeyConstraintName: 'responsibility_pk' })
  matterId: string;
  @PrimaryColumn({ name: 'starts_at', ...instant, primaryKeyConstraintName: 'responsibility_pk' })
  startsAt: Date;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column({ name: 'ends_at', ...untilNever }) endsAt: InstantOrNever;
  @Column('text', { name: 'previous_unit', nullable: true }) previousUnit: string | null;
  @Column({ name: 'previous_ends_at', nullable: true, ...instant }) previousEndsAt: Date | null;
  @Column('uuid', { name: 'handoff_id', nullable: true }) handoffId: string | null;
  @Column('uuid', { name: 'succession_id', nullable: true }) successionId: string | null;
  @Column({ name: 'matter_closed_at', ...untilNever }) matterClosedAt: InstantOrNever;
}
