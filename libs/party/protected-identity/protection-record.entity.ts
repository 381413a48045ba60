import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

/**
 * What a unit recorded about a person's protection. Everything it says is sealed, so that the row does not even tell
 * whether it marks or lifts; where she is lies in a second envelope.
 */
@Entity('protection_record')
@Index('protection_record_version', ['subjectId', 'unitId', 'version'], { unique: true })
@Index('protection_record_of_incident', ['incidentId', 'unitId'])
export class ProtectionRecordEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'protection_record_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('uuid', { name: 'apart_id' }) apartId: string;
  @Column('bytea', { name: 'apart_ciphertext' }) apartCiphertext: Buffer;
}
