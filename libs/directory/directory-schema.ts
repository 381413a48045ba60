import type { SchemaDefinition } from '#database';
import { CreateDirectory1795293500000 } from './migrations/1795293500000-CreateDirectory.js';
import {
  CatchmentEntity,
  DistrictEntity,
  MunicipalityEntity,
  PlaceAliasEntity,
  PostalTownEntity,
  StraddledPlaceEntity,
  SubdistrictEntity,
} from './place.entity.js';
import { ClockEntity, LoadEntity } from './record.entity.js';
import {
  ContactPointEntity,
  MandateEntity,
  OfficeHoursEntity,
  OfficeHoursExceptionEntity,
  ProgrammeEntity,
  RotaEntity,
} from './staffing.entity.js';
import {
  AuthorityEntity,
  PartyEntity,
  UnitAreaEntity,
  UnitAuthorityEntity,
  UnitEntity,
  UnitSuccessorEntity,
} from './unit.entity.js';

/** The schema every service reads and none but the loader (and, in local mode, the courier's clock) writes. */
export const DIRECTORY_SCHEMA: SchemaDefinition = {
  schema: 'directory',
  entities: [
    PartyEntity,
    AuthorityEntity,
    UnitEntity,
    UnitAuthorityEntity,
    UnitAreaEntity,
    UnitSuccessorEntity,
    DistrictEntity,
    SubdistrictEntity,
    CatchmentEntity,
    MunicipalityEntity,
    PlaceAliasEntity,
    PostalTownEntity,
    StraddledPlaceEntity,
    OfficeHoursEntity,
    OfficeHoursExceptionEntity,
    ProgrammeEntity,
    ContactPointEntity,
    RotaEntity,
    MandateEntity,
    LoadEntity,
    ClockEntity,
  ],
  migrations: [CreateDirectory1795293500000],
};
