import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

/** How a person can be reached, as a unit recorded it anew; sealed. The newest version counts before what was sent. */
@Entity('safe_contact')
@Index('safe_contact_version', ['subjectId', 'unitId', 'version'], { unique: true })
export class SafeContactEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'safe_contact_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
}

/** She was asked, and it still holds: the thirty days begin anew. How is sealed. */
@Entity('safe_contact_confirmation')
@Index('safe_contact_confirmation_version', ['matterId', 'version'], { unique: true })
export class SafeContactConfirmationEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'safe_contact_confirmation_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column({ name: 'confirmed_at', type: 'timestamptz', precision: 3 }) confirmedAt: Date;
}

/** A contact step that broke a rule and was done all the same; the reason is sealed. */
@Entity('safe_contact_override')
@Index('safe_contact_override_by_matter', ['matterId', 'recordedAt', 'id'])
export class SafeContactOverrideEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'safe_contact_override_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('text') action: string;
  /** Ids of the rules, separated by a space. */
  @Column('text') rules: string;
}
