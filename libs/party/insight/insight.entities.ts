import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** Somebody asked to read what the unit knows about a person; who, and in which words, is sealed. */
@Entity('insight_request')
@Index('insight_request_by_unit', ['unitId', 'receivedAt', 'id'])
@Check('insight_request_capacity', `capacity in ('subject', 'guardian', 'counsel', 'public')`)
export class InsightRequestEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'insight_request_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') capacity: 'subject' | 'guardian' | 'counsel' | 'public';
  /** The person of the incident that a guardian is; null when none. */
  @Column('uuid', { name: 'is_person', nullable: true }) isPerson: string | null;
  @Column('text', { name: 'identified_by' }) identifiedBy: string;
  @Column({ name: 'received_at', ...instant }) receivedAt: Date;
}

/** One field of a draft that a person unmasked or masked; the reason is sealed. The newest of a field counts. */
@Entity('insight_mask')
@Index('insight_mask_version', ['requestId', 'version'], { unique: true })
export class InsightMaskEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'insight_mask_pk' }) id: string;
  @Column('uuid', { name: 'request_id' }) requestId: string;
  /** The hash of field and persons: names nothing. */
  @Column('text', { name: 'field_key' }) fieldKey: string;
  @Column('boolean') shows: boolean;
}

/** The decision, with the extract as it was decided on sealed in it. One a request. */
@Entity('insight_decision')
@Index('insight_decision_once', ['requestId'], { unique: true })
@Check('insight_decision_outcome', `outcome in ('RELEASED', 'RELEASED_IN_PART', 'REFUSED')`)
export class InsightDecisionEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'insight_decision_pk' }) id: string;
  @Column('uuid', { name: 'request_id' }) requestId: string;
  @Column('text') outcome: 'RELEASED' | 'RELEASED_IN_PART' | 'REFUSED';
  /** Ids of the rules that withheld something, separated by a space. */
  @Column('text') grounds: string;
  @Column('text', { name: 'extract_digest' }) extractDigest: string;
}

/** The disclosure: which fields left, how, on which basis. To whom is sealed. One a request. */
@Entity('insight_release')
@Index('insight_release_once', ['requestId'], { unique: true })
export class InsightReleaseEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'insight_release_pk' }) id: string;
  @Column('uuid', { name: 'request_id' }) requestId: string;
  @Column('text') how: string;
  @Column('text') basis: string;
  /** Ids of the fields that left, separated by a space. */
  @Column('text') fields: string;
  @Column('text', { name: 'extract_digest' }) extractDigest: string;
  @Column({ name: 'handed_out_at', ...instant }) handedOutAt: Date;
  /** The last day to appeal (D-15); null when nothing was withheld. */
  @Column('date', { name: 'appeal_by', nullable: true }) appealBy: string | null;
}
