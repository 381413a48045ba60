import type {
  CatchmentEntity,
  DistrictEntity,
  MunicipalityEntity,
  PlaceAliasEntity,
  PostalTownEntity,
  StraddledPlaceEntity,
  SubdistrictEntity,
} from './place.entity.js';
import type {
  ContactPointEntity,
  OfficeHoursEntity,
  OfficeHoursExceptionEntity,
  ProgrammeEntity,
} from './staffing.entity.js';
import type {
  AuthorityEntity,
  PartyEntity,
  UnitAreaEntity,
  UnitAuthorityEntity,
  UnitEntity,
  UnitSuccessorEntity,
} from './unit.entity.js';

/** The directory as rows: what the files say, what the tables hold, and what a snapshot is built from. */
export interface DirectoryRecords {
  readonly parties: readonly PartyEntity[];
  readonly authorities: readonly AuthorityEntity[];
  readonly units: readonly UnitEntity[];
  readonly unitAuthorities: readonly UnitAuthorityEntity[];
  readonly unitAreas: readonly UnitAreaEntity[];
  readonly unitSuccessors: readonly UnitSuccessorEntity[];
  readonly districts: readonly DistrictEntity[];
  readonly subdistricts: readonly SubdistrictEntity[];
  readonly catchments: readonly CatchmentEntity[];
  readonly municipalities: readonly MunicipalityEntity[];
  readonly placeAliases: readonly PlaceAliasEntity[];
  readonly postalTowns: readonly PostalTownEntity[];
  readonly straddledPlaces: readonly StraddledPlaceEntity[];
  readonly officeHours: readonly OfficeHoursEntity[];
  readonly officeHoursExceptions: readonly OfficeHoursExceptionEntity[];
  readonly programmes: readonly ProgrammeEntity[];
  readonly contactPoints: readonly ContactPointEntity[];
}
