import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { instant } from './column-types.js';

/** A two-person recorded decision that moves all a unit holds to its named successor (C2). */
@Entity('succession')
@Unique('succession_units', ['id', 'fromUnit', 'toUnit', 'approvedAt'])
@Check('succession_moves', 'from_unit <> to_unit')
@Check('succession_two_persons', 'approved_by <> proposed_by')
@Check('succession_approved', '(approved_by is null) = (approved_at is null)')
export class SuccessionEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'succession_pk' }) id: string;
  @Column('text', { name: 'from_unit' }) fromUnit: string;
  @Column('text', { name: 'to_unit' }) toUnit: string;
  @Column('text', { name: 'proposed_by' }) proposedBy: string;
  @Column({ name: 'proposed_at', ...instant }) proposedAt: Date;
  @Column('text', { name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column({ name: 'approved_at', nullable: true, ...instant }) approvedAt: Date | null;
}
