import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** What a matter is found by at a unit: a tag under the authority's index key, and nothing that can be read. */
@Entity('lookup_entry')
@Index('lookup_entry_of_matter', ['unitId', 'matterId'])
export class LookupEntryEntity {
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'lookup_entry_pk' }) unitId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'lookup_entry_pk' }) tag: string;
  @PrimaryColumn('uuid', { name: 'matter_id', primaryKeyConstraintName: 'lookup_entry_pk' }) matterId: string;
  @Column('integer', { name: 'key_version' }) keyVersion: number;
}

/** That a matter is in the index as it is now; without it the next round writes it anew. */
@Entity('lookup_mark')
@Index('lookup_mark_of_incident', ['unitId', 'incidentId'])
export class LookupMarkEntity {
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'lookup_mark_pk' }) unitId: string;
  @PrimaryColumn('uuid', { name: 'matter_id', primaryKeyConstraintName: 'lookup_mark_pk' }) matterId: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('text', { name: 'authority_id' }) authorityId: string;
  @Column('integer', { name: 'key_version' }) keyVersion: number;
  @Column({ name: 'learned_at', ...instant }) learnedAt: Date;
}

/** That somebody searched, for what purpose, and why (sealed). What was typed is kept nowhere. */
@Entity('lookup_made')
@Index('lookup_made_by', ['personId', 'madeAt'])
@Index('lookup_made_old', ['madeAt'])
export class LookupMadeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'lookup_made_pk' }) id: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text') purpose: string;
  @Column({ name: 'made_at', ...instant }) madeAt: Date;
  @Column('bytea') ciphertext: Buffer;
  @Column('text') digest: string;
}

/** The authority's own number of a case, sealed; found through the index. */
@Entity('case_number')
@Index('case_number_of_matter', ['matterId', 'unitId', 'version'], { unique: true })
export class CaseNumberEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'case_number_pk' }) id: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
}
