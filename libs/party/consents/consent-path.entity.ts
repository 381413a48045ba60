import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AgeBand, ChildConsentPath, ChildMeasure, ConsentPath } from '#domain';
import { RecordedAct } from '../acts/recorded-act.js';

/** Who may consent for a child to a measure, as evaluated; the facts are sealed. Of a measure the newest counts. */
@Entity('consent_path')
@Index('consent_path_version', ['subjectId', 'unitId', 'measure', 'version'], { unique: true })
export class ConsentPathEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'consent_path_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') measure: ChildMeasure;
  @Column('text', { name: 'age_band' }) ageBand: AgeBand;
  @Column('text') path: ConsentPath;
  /** The row of the table that led there, and which edition of the table. */
  @Column('text', { name: 'row_id' }) rowId: string;
  @Column('integer', { name: 'table_version' }) tableVersion: number;
  @Column('text') allows: ChildConsentPath['allowsConsentOf'];
}
