import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

/** Who a person was before: the old name and number, sealed. Seen only in a transaction that is set to the entitled unit. */
@Entity('identity_link')
@Index('identity_link_version', ['subjectId', 'unitId', 'version'], { unique: true })
export class IdentityLinkEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'identity_link_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
}

/** What a link is found by: tags under the unit's index key, seen as its link is. */
@Entity('identity_link_entry')
@Index('identity_link_entry_of_link', ['linkId'])
export class IdentityLinkEntryEntity {
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'identity_link_entry_pk' })
  unitId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'identity_link_entry_pk' }) tag: string;
  @PrimaryColumn('uuid', { name: 'link_id', primaryKeyConstraintName: 'identity_link_entry_pk' })
  linkId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('integer', { name: 'key_version' }) keyVersion: number;
}
