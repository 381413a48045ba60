import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

const writtenAt = { type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' } as const;

/** Whose a unit is; written by the owner from the directory. */
@Entity('unit')
export class KeyUnitEntity {
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'unit_pk' }) unitId: string;
  @Column('text') party: string;
}

@Entity('unit_key')
@Index('one_current_key', ['unitId', 'purpose'], { unique: true, where: '(retired_at IS NULL)' })
@Check('unit_key_purpose', `purpose in ('wrap', 'sign')`)
@Check('unit_key_is_public', `not public_jwk ?| array['d', 'k', 'p', 'q']`)
export class UnitKeyEntity {
  @ForeignKey(() => KeyUnitEntity, 'unitId', { name: 'unit_key_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'unit_key_pk' })
  unitId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'unit_key_pk' }) kid: string;
  @Column('text') purpose: string;
  @Column('jsonb', { name: 'public_jwk' }) publicJwk: unknown;
  @Column({ name: 'created_at', ...writtenAt }) createdAt: Date;
  @Column({ name: 'retired_at', type: 'timestamptz', precision: 3, nullable: true }) retiredAt: Date | null;
}

@Entity('unit_private_key')
@ForeignKey(() => UnitKeyEntity, ['unitId', 'kid'], ['unitId', 'kid'], { name: 'unit_private_key_of' })
export class UnitPrivateKeyEntity {
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'unit_private_key_pk' }) unitId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'unit_private_key_pk' }) kid: string;
  @Column('bytea', { name: 'private_sealed' }) privateSealed: Buffer;
}

@Entity('wrap')
@Index('wrap_by_unit', ['unitId', 'contentId'])
@ForeignKey(() => UnitKeyEntity, ['unitId', 'kid'], ['unitId', 'kid'], { name: 'wrap_to_key' })
export class WrapEntity {
  @PrimaryColumn('uuid', { name: 'content_id', primaryKeyConstraintName: 'wrap_pk' }) contentId: string;
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'wrap_pk' }) unitId: string;
  @Column('text') kid: string;
  @Column('text') jwe: string;
  @Column({ name: 'created_at', ...writtenAt }) createdAt: Date;
}

/** That a wrap was erased, and when; what is left of it. */
@Entity('erased_wrap')
@Index('erased_wrap_by_disposal', ['disposalId'], { where: '(disposal_id IS NOT NULL)' })
export class ErasedWrapEntity {
  @PrimaryColumn('uuid', { name: 'content_id', primaryKeyConstraintName: 'erased_wrap_pk' })
  contentId: string;
  @ForeignKey(() => KeyUnitEntity, 'unitId', { name: 'erased_wrap_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'erased_wrap_pk' })
  unitId: string;
  @Column({ name: 'erased_at', ...writtenAt }) erasedAt: Date;
  /** By which disposal; null where an operator or the sweep did it. */
  @Column('uuid', { name: 'disposal_id', nullable: true }) disposalId: string | null;
}
