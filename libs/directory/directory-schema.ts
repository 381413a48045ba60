import type { SchemaDefinition } from '#database';
import { CreateDirectory1795293500000 } from './migrations/1795293500000-CreateDirectory.js';
import { ChangeMandates1795340005000 } from './migrations/1795340005000-ChangeMandates.js';
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
  MandateProposalEntity,
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
    MandateProposalEntity,
    LoadEntity,
    ClockEntity,
  ],
  migrations: [CreateDirectory1795293500000, ChangeMandates1795340005000],
};
