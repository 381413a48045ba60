import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

/** From when it is safe for her that he is offered change work; the reasons are sealed. The newest version counts. */
@Entity('change_offer')
@Index('change_offer_version', ['matterId', 'subjectId', 'version'], { unique: true })
export class ChangeOfferEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'change_offer_pk' }) id: string;
  /** Hers. */
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  /** Him. */
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column({ name: 'safe_from', type: 'timestamptz', precision: 3 }) safeFrom: Date;
}
