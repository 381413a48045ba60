import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { instant } from './column-types.js';
import { HandoffEntity } from './handoff.entity.js';
import { MatterEntity } from './matter.entity.js';

/** What was done, chained by hash per handoff (or per matter) over ciphertext digests; append-only. */
@Entity('event')
@Unique('event_in_order', ['chainId', 'seq'])
@Unique('event_no_fork', ['chainId', 'previousHash'])
@Index('event_by_matter', ['matterId', 'at', 'seq'])
export class EventEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'event_pk' }) id: string;
  @Column('uuid', { name: 'chain_id' }) chainId: string;
  @Column('integer') seq: number;
  @ForeignKey(() => HandoffEntity, 'id', { name: 'event_handoff' })
  @Column('uuid', { name: 'handoff_id', nullable: true })
  handoffId: string | null;
  @ForeignKey(() => MatterEntity, 'id', { name: 'event_matter' })
  @Column('uuid', { name: 'matter_id' })
  matterId: string;
  @Column('text') kind: string;
  @Column({ name: 'at', ...instant }) at: Date;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text', { nullable: true }) person: string | null;
  @Column('text', { nullable: true }) function: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('jsonb', { default: () => `'{}'` }) data: unknown;
  @Column('text', { name: 'content_digest', nullable: true }) contentDigest: string | null;
  @Column('text', { name: 'previous_hash' }) previousHash: string;
  @Column('text') hash: string;
}
