import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Which files were loaded, with what content, when: the version of the directory is a digest of them. */
@Entity('load')
export class LoadEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'load_pk' }) number: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'load_pk' }) file: string;
  @Column('text') sha256: string;
  @Column('integer', { name: 'row_count' }) rowCount: number;
  @Column('text') version: string;
  @Column({ name: 'loaded_at', type: 'timestamptz', precision: 3 }) loadedAt: Date;
}

/** The local time machine: record time is wall time plus this offset, which is 0 outside local mode (DESIGN 7). */
@Entity('clock')
@Check('clock_is_one', 'id = 1')
@Check('clock_is_ahead', 'offset_ms >= 0')
export class ClockEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'clock_pk', default: 1 }) id: number;
  @Column('bigint', { name: 'offset_ms', default: () => "'0'" }) offsetMs: string;
}
