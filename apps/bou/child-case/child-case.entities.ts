import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { CHILD_ACTS, type ChildActKind, keysOf } from '#domain';
import { RecordedAct } from '#party';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** A child's case at a unit: one for the report that the unit took. */
@Entity('child_case')
@Index('child_case_of_matter', ['matterId', 'unitId'], { unique: true })
@Index('child_case_of_subject', ['subjectId', 'unitId'])
@Index('child_case_of_incident', ['incidentId', 'unitId'])
export class ChildCaseEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'child_case_pk' }) id: string;
  @Column('uuid', { name: 'incident_id' }) incidentId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('uuid', { name: 'matter_id' }) matterId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column({ name: 'created_at', ...instant }) createdAt: Date;
}

/** What was done or decided in a case, in the order of its recording; none is changed, and the words are sealed. */
@Entity('child_act')
@Index('child_act_version', ['caseId', 'version'], { unique: true })
@Check(
  'child_act_kind',
  `kind in (${keysOf(CHILD_ACTS)
    .map((kind) => `'${kind}'`)
    .join(', ')})`,
)
export class ChildActEntity extends RecordedAct {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'child_act_pk' }) id: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text') kind: ChildActKind;
  @Column('text') code: string;
  /** A person reached, a fact reviewed, a matter, or an act taken back. */
  @Column('uuid', { name: 'about_id', nullable: true }) aboutId: string | null;
  @Column({ name: 'effective_at', ...instant }) effectiveAt: Date;
  @Column({ name: 'until_at', ...instant, nullable: true }) untilAt: Date | null;
}

/** A published fact that concerns the case. */
@Entity('child_fact')
@Index('child_fact_of_case', ['caseId', 'knownAt'])
export class ChildFactEntity {
  @PrimaryColumn('uuid', { name: 'fact_id', primaryKeyConstraintName: 'child_fact_pk' }) factId: string;
  @PrimaryColumn('uuid', { name: 'case_id', primaryKeyConstraintName: 'child_fact_pk' }) caseId: string;
  @Column('uuid', { name: 'subject_id' }) subjectId: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') code: string;
  @Column({ name: 'effective_at', ...instant }) effectiveAt: Date;
  @Column({ name: 'known_at', ...instant }) knownAt: Date;
}
