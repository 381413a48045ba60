import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ExtractAsker } from '#domain';
import { RecordedAct } from '../acts/recorded-act.js';

/** Somebody asks who saw a person's data; how and by whom is sealed to the unit. */
@Entity('register_extract')
@Index('register_extract_by_unit', ['unitId', 'recordedAt', 'id'])
@Check('register_extract_asker', `asked_by in ('subject', 'guardian', 'counsel')`)
export class RegisterExtractEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'register_extract_pk' }) id: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'asked_by' }) askedBy: ExtractAsker;
}

/** The head's decision; what is released is what the audit had at that instant. */
@Entity('register_extract_decision')
@Index('register_extract_decided_once', ['extractId'], { unique: true })
@Check('register_extract_decision', `decision in ('RELEASE', 'REFUSE')`)
export class RegisterExtractDecisionEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'register_extract_decision_pk' }) id: string;
  @Column('uuid', { name: 'extract_id' }) extractId: string;
  @Column('text') decision: 'RELEASE' | 'REFUSE';
}
