import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { instant } from './column-types.js';
import { ContentEntity } from './content.entity.js';
import { HandoffEntity } from './handoff.entity.js';

/** What left an authority: the names of the fields, receiver, purpose, basis, decided by whom (C6). Append-only. */
@Entity('disclosure')
@Index('disclosure_by_content', ['contentId'])
@Index('disclosure_by_decision', ['decisionRef', 'disclosedAt', 'id'])
@Index('disclosure_by_handoff', ['handoffId'])
export class DisclosureEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'disclosure_pk' }) id: string;
  @ForeignKey(() => HandoffEntity, 'id', { name: 'disclosure_handoff' })
  @Column('uuid', { name: 'handoff_id' })
  handoffId: string;
  @ForeignKey(() => ContentEntity, 'id', { name: 'disclosure_content' })
  @Column('uuid', { name: 'content_id' })
  contentId: string;
  @Column('text', { name: 'from_authority' }) fromAuthority: string;
  @Column('text', { name: 'to_authority' }) toAuthority: string;
  @Column('text', { name: 'to_unit' }) toUnit: string;
  @Column('text') purpose: string;
  @Column('text') basis: string;
  @Column('uuid', { name: 'decision_ref', nullable: true }) decisionRef: string | null;
  @Column('jsonb') fields: unknown;
  @Column('text', { name: 'decided_by' }) decidedBy: string;
  @Column({ name: 'disclosed_at', ...instant }) disclosedAt: Date;
}

/** A signed statement that a function of the receiving unit took the matter, or the sender's attestation. */
@Entity('receipt')
@Check('receipt_kind', `kind in ('signed', 'attested')`)
export class ReceiptEntity {
  @ForeignKey(() => HandoffEntity, 'id', { name: 'receipt_handoff' })
  @PrimaryColumn('uuid', { name: 'handoff_id', primaryKeyConstraintName: 'receipt_pk' })
  handoffId: string;
  @Column('text') kind: 'signed' | 'attested';
  @Column('text') jws: string;
  @Column({ name: 'issued_at', ...instant }) issuedAt: Date;
}
