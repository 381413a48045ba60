import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A matter of custody that a case of this party follows, and how it was when the story last looked. */
@Entity('case_matter')
@Index('case_matter_followed', ['unitId', 'matterId'], { where: 'followed' })
export class CaseMatterEntity {
  @PrimaryColumn('uuid', { name: 'case_id', primaryKeyConstraintName: 'case_matter_pk' }) caseId: string;
  @PrimaryColumn('uuid', { name: 'matter_id', primaryKeyConstraintName: 'case_matter_pk' }) matterId: string;
  @Column('text') process: string;
  @Column('text', { name: 'unit_id' }) unitId: string;
  @Column('text') seen: string;
  @Column('boolean') followed: boolean;
}
