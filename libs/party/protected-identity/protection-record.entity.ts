import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { RecordedAct } from '../acts/recorded-act.js';

/**
 * What a unit recorded about a person's protection. Everything it says is sealed, so that the row does not even tell
 * whether it marks or lifts; where she is lies in a row of its own.
 */
@Entity('protection_record')
@Index('protection_record_version', ['subjectId', 'unitId', 'version'], { unique: true })
@Index('protection_record_of_incident', ['incidentId', 'unitId'])
export class ProtectionRecordEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'protection_record_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
}

/**
 * Where she is, sealed apart: one for every record, whether anybody said or not, so that the row does not tell. Erased
 * as everything that a unit recorded about a person is.
 */
@Entity('protection_whereabouts')
@Index('protection_whereabouts_version', ['subjectId', 'unitId', 'version'], { unique: true })
export class ProtectionWhereaboutsEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'protection_whereabouts_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
}
