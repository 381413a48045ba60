import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { EvidenceTag } from '#domain';
import { Dated, DatedEvidence } from './unit.entity.js';

/** A stadsdelsområde: 13 until 2023-06-30, 11 after. Lists in a cell are separated by `|`. */
@Entity('district')
export class DistrictEntity extends DatedEvidence {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'district_pk' }) name: string;
  @Column('text') successors: string;
}

@Entity('subdistrict')
export class SubdistrictEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'subdistrict_pk' }) name: string;
  @Column('text') tag: EvidenceTag;
  @Column('text') source: string;
  @Column('text') note: string;
}

/** Which district, and which local police area, a stadsdel lies in, and when (domain.md D3). */
@Entity('catchment')
@Check('catchment_kind', `kind in ('district', 'lpo')`)
@Index('catchment_by_value', ['kind', 'value'])
export class CatchmentEntity extends Dated {
  @ForeignKey(() => SubdistrictEntity, 'name', { name: 'catchment_subdistrict' })
  @PrimaryColumn('text', { primaryKeyConstraintName: 'catchment_pk' })
  subdistrict: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'catchment_pk' }) kind: 'district' | 'lpo';
  /** The name of a district, or the id of an LPO's unit. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'catchment_pk' }) value: string;
}

@Entity('municipality')
export class MunicipalityEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'municipality_pk' }) code: string;
  @Column('text') name: string;
  @Column('text', { name: 'police_areas' }) policeAreas: string;
  @Column('text', { nullable: true }) jour: string | null;
  @Column('text') tag: EvidenceTag;
  @Column('text') source: string;
  @Column('text') note: string;
}

@Entity('place_alias')
@Check('place_alias_kind', `kind in ('synonym', 'locality')`)
export class PlaceAliasEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'place_alias_pk' }) alias: string;
  @ForeignKey(() => SubdistrictEntity, 'name', { name: 'place_alias_subdistrict' })
  @Column('text')
  subdistrict: string;
  @Column('text') kind: 'synonym' | 'locality';
  @Column('text') tag: EvidenceTag;
  @Column('text') source: string;
  @Column('text') note: string;
}

@Entity('postal_town')
export class PostalTownEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'postal_town_pk' }) name: string;
  @Column('text') candidates: string;
  @Column('text') tag: EvidenceTag;
  @Column('text') source: string;
  @Column('text') note: string;
}

@Entity('straddled_place')
export class StraddledPlaceEntity extends DatedEvidence {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'straddled_place_pk' }) place: string;
  @Column('text', { name: 'main_subdistrict', nullable: true }) mainSubdistrict: string | null;
  @Column('text', { name: 'other_districts' }) otherDistricts: string;
  @Column('text', { name: 'other_subdistricts' }) otherSubdistricts: string;
}
