import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What a newer head was, held against the one kept before: its tree begins with the kept one, or does not (`forked`), is smaller or
 * gone (`shrunk`), is not signed by the sealer (`unsigned`), or cannot be shown to follow, since stored nodes are missing (`unproven`).
 */
export const HEAD_VERDICTS = ['consistent', 'forked', 'shrunk', 'unsigned', 'unproven'] as const;
export type HeadVerdict = (typeof HEAD_VERDICTS)[number];

/** A head of an authority's tree that this party has seen; kept for ever, beyond the sealer's reach (C7). */
@Entity('kept_tree_head')
@Index('kept_tree_head_alarm', ['seenAt'], { where: `(verdict <> 'consistent'::text)` })
@Check('kept_tree_head_verdict', `verdict in (${HEAD_VERDICTS.map((verdict) => `'${verdict}'`).join(', ')})`)
export class KeptTreeHeadEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'kept_tree_head_pk' }) authority: string;
  /** 0 when a tree that was there is gone. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'kept_tree_head_pk' }) size: number;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'kept_tree_head_pk' }) root: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'kept_tree_head_pk' }) verdict: HeadVerdict;
  /** As the sealer signed it; empty when there was none. */
  @Column('text') jws: string;
  /** Wall time, as signatures are. */
  @Column({ type: 'timestamptz', precision: 3, name: 'seen_at' }) seenAt: Date;
}
