import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

const HASH = "~ '^[0-9a-f]{64}$'";

/** Which leaf of which schema stands where in the tree of its authority; assigned by the sealer alone, and never again. */
@Entity('tree_leaf')
@Unique('tree_leaf_once', ['leafId', 'schema'])
@Check('tree_leaf_position', 'position >= 0')
@Check('tree_leaf_hash', `leaf_hash ${HASH}`)
export class TreeLeafEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'tree_leaf_pk' }) authority: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'tree_leaf_pk' }) position: number;
  @Column('text', { name: 'schema_name' }) schema: string;
  @Column('uuid', { name: 'leaf_id' }) leafId: string;
  @Column('text', { name: 'leaf_hash' }) leafHash: string;
}

/** A full subtree above the leaves; stored when its last leaf is, so that a proof reads a few rows of any tree. */
@Entity('tree_node')
@Check('tree_node_level', 'level > 0 and position >= 0')
@Check('tree_node_hash', `hash ${HASH}`)
export class TreeNodeEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'tree_node_pk' }) authority: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'tree_node_pk' }) level: number;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'tree_node_pk' }) position: number;
  @Column('text') hash: string;
}

/** A head that the sealer signed; one for each batch of an authority. */
@Entity('tree_head')
@Check('tree_head_size', 'size > 0')
@Check('tree_head_root', `root ${HASH}`)
export class TreeHeadEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'tree_head_pk' }) authority: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'tree_head_pk' }) size: number;
  @Column('text') root: string;
  /** Wall time, as the signature says. */
  @Column({ type: 'timestamptz', precision: 3, name: 'sealed_at' }) sealedAt: Date;
  @Column('text') jws: string;
}

/** A key of the sealer. The public half stays for ever; the private one is sealed by the sealer's own master key. */
@Entity('tree_key')
export class TreeKeyEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'tree_key_pk' }) kid: string;
  @Column({ type: 'timestamptz', precision: 3 }) since: Date;
  @Column('jsonb', { name: 'public_jwk' }) publicJwk: unknown;
  @Column('bytea', { name: 'private_sealed' }) privateSealed: Buffer;
}
