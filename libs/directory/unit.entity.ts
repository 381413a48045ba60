import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { EvidenceTag, PartyName, UnitForm, UnitId, UnitKind } from '#domain';

/** Days in the directory are local days of Europe/Stockholm, first and last inclusive; null is open. */
export abstract class Dated {
  @Column('date', { name: 'valid_from', nullable: true }) validFrom: string | null;
  @Column('date', { name: 'valid_to', nullable: true }) validTo: string | null;
}

/** Where a row came from and how well it is known (domain.md 0). */
export abstract class DatedEvidence extends Dated {
  @Column('text') tag: EvidenceTag;
  @Column('text') source: string;
  @Column('text') note: string;
}

@Entity('party')
export class PartyEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'party_pk' }) name: PartyName;
  @Column('text', { name: 'label_sv' }) labelSv: string;
  @Column('text', { name: 'label_en' }) labelEn: string;
  @Column('boolean', { name: 'has_service' }) hasService: boolean;
}

@Entity('authority')
export class AuthorityEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'authority_pk' }) id: string;
  @Column('text') name: string;
}

@Entity('unit')
@Check('unit_tag', `tag in ('S', 'C', 'CI', 'INF', 'U')`)
@Check('unit_days', 'valid_from <= valid_to')
export class UnitEntity extends DatedEvidence {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'unit_pk' }) id: UnitId;
  @Column('text') name: string;
  @Column('text') kind: UnitKind;
  @Column('text') form: UnitForm;
  @ForeignKey(() => PartyEntity, 'name', { name: 'unit_party' })
  @Column('text')
  party: PartyName;
  @Column('text', { name: 'organised_in', nullable: true }) organisedIn: string | null;
  @Column('text', { name: 'shares_inbox_with', nullable: true }) sharesInboxWith: string | null;
  @Column('text', { nullable: true }) fallback: string | null;
  /** Codes separated by `|`; empty for a unit that can hold a matter in Handslag. */
  @Column('text') external: string;
}

/** Who answers for a unit's data, and when: the border of audit trees and disclosure. */
@Entity('unit_authority')
export class UnitAuthorityEntity extends Dated {
  @ForeignKey(() => UnitEntity, 'id', { name: 'unit_authority_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'unit_authority_pk' })
  unitId: string;
  @ForeignKey(() => AuthorityEntity, 'id', { name: 'unit_authority_authority' })
  @PrimaryColumn('text', { name: 'authority_id', primaryKeyConstraintName: 'unit_authority_pk' })
  authorityId: string;
}

/** What a unit serves. The key of every catchment is the stadsdel; a unit serves whole districts but for an LPO. */
@Entity('unit_area')
@Check('unit_area_kind', `kind in ('district', 'municipality', 'police-area', 'county', 'country')`)
export class UnitAreaEntity {
  @ForeignKey(() => UnitEntity, 'id', { name: 'unit_area_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'unit_area_pk' })
  unitId: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'unit_area_pk' })
  kind: 'district' | 'municipality' | 'police-area' | 'county' | 'country';
  @PrimaryColumn('text', { primaryKeyConstraintName: 'unit_area_pk' }) name: string;
  @Column('text', { nullable: true }) part: string | null;
}

/** Who takes over what a unit holds when it ends: named here, moved by succession (C2). */
@Entity('unit_successor')
export class UnitSuccessorEntity {
  @ForeignKey(() => UnitEntity, 'id', { name: 'unit_successor_unit' })
  @PrimaryColumn('text', { name: 'unit_id', primaryKeyConstraintName: 'unit_successor_pk' })
  unitId: string;
  @ForeignKey(() => UnitEntity, 'id', { name: 'unit_successor_successor' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'unit_successor_pk' })
  successor: string;
  @Column('date', { name: 'from_day' }) fromDay: string;
  @Column('text') tag: EvidenceTag;
  @Column('text') source: string;
}
