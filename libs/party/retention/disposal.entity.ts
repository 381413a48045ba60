import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DisposalState, RefusalCode, RegisterExtractStep, RetentionRuleId } from '#domain';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** What was erased, in counts, and the digests of before and after. */
export interface ErasureProof {
  readonly persons: number;
  readonly contents: number;
  readonly wraps: number;
  readonly rows: number;
  readonly leaves: number;
  readonly stillOpened: number;
  readonly before: string;
  readonly after: string;
}

/** A disposal decision of an authority: a list made by a rule as of a day, proposed by one person, decided by another. */
@Entity('disposal')
@Index('disposal_by_authority', ['authority', 'listedAt', 'id'])
@Check('disposal_state', `state in ('listed', 'proposed', 'rejected', 'approved', 'erased', 'refused')`)
@Check('disposal_stated', '(stated_years is null) = (stated_ground is null)')
@Check(
  'disposal_proposed',
  `(proposed_by is null) = (proposed_at is null) and (proposed_by is not null or state = 'listed')`,
)
@Check(
  'disposal_decided',
  `(decided_by is null) = (decided_at is null)
    and (decided_by is not null) = (state in ('rejected', 'approved', 'erased', 'refused'))`,
)
@Check('disposal_two_persons', 'decided_by <> proposed_by')
@Check(
  'disposal_receipted',
  `(erased_at is not null) = (state = 'erased') and (receipt is null) = (erased_at is null)
    and (proof is null) = (erased_at is null) and (backups_gone_by is null) = (erased_at is null)`,
)
@Check(
  'disposal_refused',
  `(refused_code is not null) = (state = 'refused') and (refused_at is null) = (refused_code is null)`,
)
export class DisposalEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'disposal_pk' }) id: string;
  @Column('text') authority: string;
  /** The unit in whose name it is done, and whose key signs the receipt. */
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') rule: RetentionRuleId;
  @Column('integer', { name: 'rule_version' }) ruleVersion: number;
  @Column('date', { name: 'cut_off' }) cutOff: string;
  @Column('integer', { name: 'stated_years', nullable: true }) statedYears: number | null;
  @Column('text', { name: 'stated_ground', nullable: true }) statedGround: string | null;
  @Column({ name: 'entries_before', ...instant }) entriesBefore: Date;
  @Column('text') state: DisposalState;
  @Column('text', { name: 'listed_by' }) listedBy: string;
  @Column({ name: 'listed_at', ...instant }) listedAt: Date;
  @Column('text', { name: 'list_digest' }) listDigest: string;
  @Column('integer') goes: number;
  @Column('integer') exempt: number;
  @Column('integer', { name: 'not_yet' }) notYet: number;
  @Column('text', { name: 'register_extract', nullable: true }) registerExtract: RegisterExtractStep | null;
  @Column('text', { name: 'register_extract_digest', nullable: true }) registerExtractDigest: string | null;
  @Column('text', { name: 'proposed_by', nullable: true }) proposedBy: string | null;
  @Column({ name: 'proposed_at', nullable: true, ...instant }) proposedAt: Date | null;
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ name: 'decided_at', nullable: true, ...instant }) decidedAt: Date | null;
  @Column({ name: 'published_at', nullable: true, ...instant }) publishedAt: Date | null;
  /** Why custody does not obey the decision; nothing was erased by it. */
  @Column('text', { name: 'refused_code', nullable: true }) refusedCode: RefusalCode | null;
  @Column({ name: 'refused_at', nullable: true, ...instant }) refusedAt: Date | null;
  @Column({ name: 'erased_at', nullable: true, ...instant }) erasedAt: Date | null;
  @Column('date', { name: 'backups_gone_by', nullable: true }) backupsGoneBy: string | null;
  @Column('jsonb', { nullable: true }) proof: ErasureProof | null;
  @Column('text', { nullable: true }) receipt: string | null;
}
