import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { type InstantOrNever, instantOrNever } from '#database';
import { instant } from './column-types.js';
import { IncidentEntity, SubjectEntity } from './incident.entity.js';
import { MatterEntity } from './matter.entity.js';

/** What a party lets others know of a case: a code, whom it is about, instants. Appended; taken back, never removed. */
@Entity('published_fact')
@Unique('published_fact_once', ['causeId', 'code'])
@Index('published_fact_by_incident', ['incidentId', 'publishedAt', 'id'])
@Index('published_fact_by_subject', ['subjectId'], { where: '(subject_id IS NOT NULL)' })
export class PublishedFactEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'published_fact_pk' }) id: string;
  @Column('text') code: string;
  @ForeignKey(() => IncidentEntity, 'id', { name: 'published_fact_of' })
  @Column('uuid', { name: 'incident_id' })
  incidentId: string;
  @ForeignKey(() => SubjectEntity, 'id', { name: 'published_fact_about' })
  @Column('uuid', { name: 'subject_id', nullable: true })
  subjectId: string | null;
  @ForeignKey(() => MatterEntity, 'id', { name: 'published_fact_in' })
  @Column('uuid', { name: 'matter_id', nullable: true })
  matterId: string | null;
  @Column('text', { name: 'from_unit' }) fromUnit: string;
  /** The act in the publisher's schema. */
  @Column('uuid', { name: 'cause_id' }) causeId: string;
  /** When it took effect, which may be before it was recorded and, for what is announced, after. */
  @Column({ name: 'effective_at', ...instant }) effectiveAt: Date;
  @Column({ name: 'until_at', ...instant, default: () => `'infinity'`, transformer: instantOrNever })
  untilAt: InstantOrNever;
  @Column({ name: 'published_at', ...instant }) publishedAt: Date;
}

/** Whom a fact is told: the unit that reported the incident, or whoever holds such a matter in it, now or later. */
@Entity('published_fact_audience')
export class PublishedFactAudienceEntity {
  @ForeignKey(() => PublishedFactEntity, 'id', { name: 'published_fact_audience_of' })
  @PrimaryColumn('uuid', { name: 'fact_id', primaryKeyConstraintName: 'published_fact_audience_pk' })
  factId: string;
  @PrimaryColumn('text', { name: 'holder_of', primaryKeyConstraintName: 'published_fact_audience_pk' })
  holderOf: string;
  @Column('boolean', { name: 'same_person' }) samePerson: boolean;
}

/** A unit that was told a fact, and whether its service has done what follows from it. */
@Entity('published_fact_recipient')
@Index('published_fact_waiting', ['unitId', 'factId'], {
  where: `(taken_at = 'infinity'::timestamp with time zone)`,
})
export class PublishedFactRecipientEntity {
  @ForeignKey(() => PublishedFactEntity, 'id', { name: 'published_fact_recipient_of' })
  @PrimaryColumn('uuid', { name: 'fact_id', primaryKeyConstraintName: 'published_fact_recipient_pk' })
  factId: string;
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'published_fact_recipient_pk' })
  unitId: string;
  @Column({ name: 'told_at', ...instant }) toldAt: Date;
  @Column({ name: 'taken_at', ...instant, default: () => `'infinity'`, transformer: instantOrNever })
  takenAt: InstantOrNever;
}
