import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { AuditKind, AuditLeaf } from './audit-leaf.js';

/** One row of `audit_leaf` in the schema of its DataSource; insert what `makeLeaf` returns, as it is. */
@Entity('audit_leaf')
@Index('audit_leaf_by_authority', ['authority', 'at', 'id'])
@Index('audit_leaf_by_target', ['target_kind', 'target_id', 'at'])
@Check('audit_leaf_kind', `kind in ('command', 'reading', 'refusal')`)
@Check('audit_leaf_target', '(target_kind is null) = (target_id is null)')
@Check('audit_leaf_person', '(salt is null) = (personal is null)')
@Check('audit_leaf_hashes', `personal_hash ~ '^[0-9a-f]{64}$' and leaf_hash ~ '^[0-9a-f]{64}$'`)
export class AuditLeafEntity implements AuditLeaf {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_leaf_pk' }) id: string;
  @Column('integer') format: number;
  @Column({ type: 'timestamptz', precision: 3 }) at: Date;
  @Column('text') authority: string;
  @Column('text') kind: AuditKind;
  @Column('text') action: string;
  @Column('text', { nullable: true }) target_kind: string | null;
  @Column('text', { nullable: true }) target_id: string | null;
  @Column('text', { nullable: true }) unit_id: string | null;
  @Column('text') code: string;
  @Column('text', { nullable: true }) salt: string | null;
  @Column('text', { nullable: true }) personal: string | null;
  @Column('text') personal_hash: string;
  @Column('text') leaf_hash: string;
}

/** A leaf that the sealer has not taken into the tree yet; written by a trigger with the leaf, removed by the sealer. */
@Entity('audit_unsealed')
export class AuditUnsealedEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_unsealed_pk',
  })
  seq: string;
  @Column('uuid', { name: 'leaf_id' }) leafId: string;
  /** Wall time: how long a leaf has waited is no matter of the record's own time. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' }) since: Date;
}

/** That the person in a leaf was erased, and which leaf approved it. */
@Entity('audit_erasure')
@Index('audit_erasure_by_approval', ['approvalId'])
export class AuditErasureEntity {
  @PrimaryColumn('uuid', { name: 'leaf_id', primaryKeyConstraintName: 'audit_erasure_pk' })
  @ForeignKey(() => AuditLeafEntity, { name: 'audit_erasure_leaf' })
  leafId: string;
  @Column('uuid', { name: 'approval_id' })
  @ForeignKey(() => AuditLeafEntity, { name: 'audit_erasure_approval' })
  approvalId: string;
}

/** The entities of {@link AUDIT_LEAF_TABLE_SQL}. */
export const AUDIT_ENTITIES = [AuditLeafEntity, AuditUnsealedEntity, AuditErasureEntity] as const;
