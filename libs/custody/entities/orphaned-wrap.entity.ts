import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { instant } from './column-types.js';

/** A wrap whose content was swept away: its unit's service erases it in the key store, and then this row goes too. */
@Entity('orphaned_wrap')
@Index('orphaned_wrap_by_unit', ['unitId', 'contentId'])
export class OrphanedWrapEntity {
  @PrimaryColumn('uuid', { name: 'content_id', primaryKeyConstraintName: 'orphaned_wrap_pk' })
  contentId: string;
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'orphaned_wrap_pk' }) unitId: string;
  @Column({ name: 'removed_at', ...instant }) removedAt: Date;
}
