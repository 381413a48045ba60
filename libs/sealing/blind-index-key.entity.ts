import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The keys of the blind indexes, sealed by the party's KMS; two while an index is being made anew. */
@Entity('index_key')
export class IndexKeyEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'index_key_pk' }) party: string;
  @PrimaryColumn('text', { name: 'authority_id', primaryKeyConstraintName: 'index_key_pk' })
  authorityId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'index_key_pk' }) version: number;
  @Column('bytea', { name: 'key_sealed' }) keySealed: Buffer;
  @Column({ name: 'created_at', type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  createdAt: Date;
}
