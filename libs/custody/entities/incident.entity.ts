import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { SubjectRole } from '#domain';
import { instant } from './column-types.js';

export type IncidentKind = 'call-out' | 'concern-report' | 'self-referral';

/** What happened or was reported, without a word of it: the facts are sealed content. */
@Entity('incident')
@Check('incident_kind', `kind in ('call-out', 'concern-report', 'self-referral')`)
export class IncidentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'incident_pk' }) id: string;
  @Column('text') kind: IncidentKind;
  @Column('text', { name: 'opened_by_unit' }) openedByUnit: string;
  @Column({ name: 'occurred_at', ...instant }) occurredAt: Date;
  @Column({ name: 'opened_at', ...instant }) openedAt: Date;
}

/** One person in an incident: a random id and a role, never a name or a number (C5). */
@Entity('subject')
@Unique('subject_in_incident', ['id', 'incidentId'])
@Index('subject_by_incident', ['incidentId'])
@Check('subject_role', `role in ('victim', 'child', 'alleged-perpetrator')`)
export class SubjectEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'subject_pk' }) id: string;
  @ForeignKey(() => IncidentEntity, 'id', { name: 'subject_incident' })
  @Column('uuid', { name: 'incident_id' })
  incidentId: string;
  @Column('text') role: SubjectRole;
}
