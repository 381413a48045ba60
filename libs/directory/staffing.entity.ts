import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { EvidenceTag, MandateHours, NoticeFunction, ProgrammeCode, Role } from '#domain';
import { DatedEvidence, UnitEntity } from './unit.entity.js';

const instant = { type: 'timestamptz', precision: 3 } as const;

/** Hours of a unit on some days; the rows of its kind are written out per unit. Times are local, HH:MM. */
@Entity('office_hours')
@Check('office_hours_basis', `basis in ('known', 'assumed')`)
@Check('office_hours_both', '(opens is null) = (closes is null)')
export class OfficeHoursEntity extends DatedEvidence {
  @ForeignKey(() => UnitEntity, 'id', { name: 'office_hours_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'office_hours_pk' })
  unitId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'office_hours_pk' }) position: number;
  /** MON…SUN and HOLIDAY, separated by `|`. */
  @Column('text') days: string;
  @Column('text', { nullable: true }) opens: string | null;
  @Column('text', { nullable: true }) closes: string | null;
  @Column('text') channel: string;
  @Column('text') basis: 'known' | 'assumed';
}

/** Other hours on one day; both times null is closed. */
@Entity('office_hours_exception')
@Check('office_hours_exception_both', '(opens is null) = (closes is null)')
export class OfficeHoursExceptionEntity {
  @ForeignKey(() => UnitEntity, 'id', { name: 'office_hours_exception_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'office_hours_exception_pk' })
  unitId: string;
  @PrimaryColumn('date', { primaryKeyConstraintName: 'office_hours_exception_pk' }) day: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'office_hours_exception_pk' }) position: number;
  @Column('text', { nullable: true }) opens: string | null;
  @Column('text', { nullable: true }) closes: string | null;
  @Column('text') tag: EvidenceTag;
  @Column('text') source: string;
  @Column('text') note: string;
}

@Entity('programme')
export class ProgrammeEntity extends DatedEvidence {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'programme_pk' }) code: ProgrammeCode;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'programme_pk' }) version: number;
  @ForeignKey(() => UnitEntity, 'id', { name: 'programme_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'programme_pk' })
  unitId: string;
  @Column('text', { name: 'label_sv' }) labelSv: string;
  @Column('text', { name: 'label_en' }) labelEn: string;
  @Column('text', { name: 'end_tag', nullable: true }) endTag: EvidenceTag | null;
}

/** The number to ring: configuration per unit. A placeholder is fictional and shown as such. */
@Entity('contact_point')
@Check(
  'contact_point_purpose',
  `purpose in ('ring', 'notify', 'sms-on-duty', 'sms-unit-head', 'sms-coordinator')`,
)
export class ContactPointEntity extends DatedEvidence {
  @ForeignKey(() => UnitEntity, 'id', { name: 'contact_point_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'contact_point_pk' })
  unitId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'contact_point_pk' }) purpose:
    | 'ring'
    | 'notify'
    | `sms-${NoticeFunction}`;
  @Column('text') value: string;
  /** For text messages: from which rung of a ladder; empty is when it is acute, and from the second. */
  @Column('integer', { name: 'from_rung', nullable: true }) fromRung: number | null;
  @Column('boolean', { name: 'is_placeholder' }) isPlaceholder: boolean;
}

/** Who is on duty at a unit, or stands in for its head, and when. */
@Entity('rota')
@Check('rota_duty', `duty in ('on-duty', 'deputy-head')`)
@Check('rota_forward', 'from_at < until_at')
@Index('rota_by_person', ['personId', 'fromAt'])
@Index('rota_by_unit', ['unitId', 'fromAt'])
export class RotaEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'rota_pk' }) id: string;
  @ForeignKey(() => UnitEntity, 'id', { name: 'rota_unit' })
  @Column('text', { name: 'unit_id' })
  unitId: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text') duty: 'on-duty' | 'deputy-head';
  @Column({ name: 'from_at', ...instant }) fromAt: Date;
  @Column({ name: 'until_at', ...instant }) untilAt: Date;
}

/** What a person may act as, where and when: the token proves the person, this decides (DESIGN 8). */
@Entity('mandate')
@Check(
  'mandate_role',
  `role in ('case-worker', 'unit-head', 'liaison', 'coordinator', 'auditor', 'administrator')`,
)
@Check('mandate_days', 'valid_from <= valid_until')
@Index('mandate_by_person', ['personId'])
@Index('mandate_by_unit', ['unitId', 'role'])
@Index('mandate_of_unit', ['unitId', 'id'])
@Check('mandate_hours', `hours in ('always', 'on-shift')`)
export class MandateEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mandate_pk' }) id: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @ForeignKey(() => UnitEntity, 'id', { name: 'mandate_unit' })
  @Column('text', { name: 'unit_id' })
  unitId: string;
  @Column('text') role: Role;
  /** Local days, both inclusive; null is open. */
  @Column('date', { name: 'valid_from', nullable: true }) validFrom: string | null;
  @Column('date', { name: 'valid_until', nullable: true }) validUntil: string | null;
  @Column('text', { name: 'label_sv' }) labelSv: string;
  @Column('text', { name: 'label_en' }) labelEn: string;
  /** All its days, or only while the rota has her on duty there. */
  @Column('text', { default: 'always' }) hours: MandateHours;
  /** From this instant it counts no more, whatever its days say. */
  @Column({ name: 'revoked_at', ...instant, nullable: true }) revokedAt: Date | null;
}

/** A mandate that needs a second person; approved, it is a mandate of the same id. */
@Entity('mandate_proposal')
@Check('mandate_proposal_hours', `hours in ('always', 'on-shift')`)
@Check(
  'mandate_proposal_role',
  `role in ('case-worker', 'unit-head', 'liaison', 'coordinator', 'auditor', 'administrator')`,
)
@Check('mandate_proposal_decided', '(decided_by is null) = (decided_at is null)')
@Check(
  'mandate_proposal_two_persons',
  'proposed_by <> person_id and decided_by <> person_id and decided_by <> proposed_by',
)
@Index('mandate_proposal_by_unit', ['unitId', 'proposedAt', 'id'])
export class MandateProposalEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'mandate_proposal_pk' }) id: string;
  @ForeignKey(() => UnitEntity, 'id', { name: 'mandate_proposal_unit' })
  @Column('text', { name: 'unit_id' })
  unitId: string;
  @Column('text', { name: 'person_id' }) personId: string;
  @Column('text') role: Role;
  @Column('text') hours: MandateHours;
  @Column('date', { name: 'valid_from' }) validFrom: string;
  @Column('date', { name: 'valid_until', nullable: true }) validUntil: string | null;
  @Column('text', { name: 'proposed_by' }) proposedBy: string;
  @Column('boolean', { name: 'proposed_as_head' }) proposedAsHead: boolean;
  @Column({ name: 'proposed_at', ...instant }) proposedAt: Date;
  @Column('text', { name: 'decided_by', nullable: true }) decidedBy: string | null;
  @Column({ name: 'decided_at', ...instant, nullable: true }) decidedAt: Date | null;
}
