import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { DirectoryRecords } from './directory-records.js';
import {
  CatchmentEntity,
  DistrictEntity,
  MunicipalityEntity,
  PlaceAliasEntity,
  PostalTownEntity,
  StraddledPlaceEntity,
  SubdistrictEntity,
} from './place.entity.js';
import {
  ContactPointEntity,
  OfficeHoursEntity,
  OfficeHoursExceptionEntity,
  ProgrammeEntity,
} from './staffing.entity.js';
import {
  AuthorityEntity,
  PartyEntity,
  UnitAreaEntity,
  UnitAuthorityEntity,
  UnitEntity,
  UnitSuccessorEntity,
} from './unit.entity.js';

type RowOf<Key extends keyof DirectoryRecords> = DirectoryRecords[Key][number];

/** The table behind each kind of record, in an order in which rows may be written (and deleted, backwards). */
const TABLES: { readonly [Key in keyof DirectoryRecords]: EntityTarget<RowOf<Key> & ObjectLiteral> } = {
  parties: PartyEntity,
  authorities: AuthorityEntity,
  units: UnitEntity,
  unitAuthorities: UnitAuthorityEntity,
  unitAreas: UnitAreaEntity,
  unitSuccessors: UnitSuccessorEntity,
  districts: DistrictEntity,
  subdistricts: SubdistrictEntity,
  catchments: CatchmentEntity,
  municipalities: MunicipalityEntity,
  placeAliases: PlaceAliasEntity,
  postalTowns: PostalTownEntity,
  straddledPlaces: StraddledPlaceEntity,
  officeHours: OfficeHoursEntity,
  officeHoursExceptions: OfficeHoursExceptionEntity,
  programmes: ProgrammeEntity,
  contactPoints: ContactPointEntity,
};

/** Every table of the directory as rows, in one snapshot of the database if the manager's transaction is one. */
export async function readRecords(manager: EntityManager): Promise<DirectoryRecords> {
  return {
    parties: await manager.find(PartyEntity),
    authorities: await manager.find(AuthorityEntity),
    units: await manager.find(UnitEntity),
    unitAuthorities: await manager.find(UnitAuthorityEntity),
    unitAreas: await manager.find(UnitAreaEntity),
    unitSuccessors: await manager.find(UnitSuccessorEntity),
    districts: await manager.find(DistrictEntity),
    subdistricts: await manager.find(SubdistrictEntity),
    catchments: await manager.find(CatchmentEntity),
    municipalities: await manager.find(MunicipalityEntity),
    placeAliases: await manager.find(PlaceAliasEntity),
    postalTowns: await manager.find(PostalTownEntity),
    straddledPlaces: await manager.find(StraddledPlaceEntity),
    officeHours: await manager.find(OfficeHoursEntity),
    officeHoursExceptions: await manager.find(OfficeHoursExceptionEntity),
    programmes: await manager.find(ProgrammeEntity),
    contactPoints: await manager.find(ContactPointEntity),
  };
}

/** How many rows a load wrote, changed and removed. */
export interface LoadChanges {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** Makes the tables hold exactly these rows, touching only those that differ. */
export async function writeRecords(manager: EntityManager, records: DirectoryRecords): Promise<LoadChanges> {
  const isKey = (key: string): key is keyof DirectoryRecords => Object.hasOwn(TABLES, key);
  const keys = Object.keys(TABLES).filter(isKey);
  const differences: TableDifference[] = [];
  for (const key of keys) differences.push(await differenceOf(manager, TABLES[key], records[key]));
  for (const { target, added, changed } of differences) {
    if (added.length > 0) await manager.insert(target, added);
    for (const { id, row } of changed) await manager.update(target, id, row);
  }
  for (const { target, removed } of differences.toReversed()) {
    for (const id of removed) await manager.delete(target, id);
  }
  const total = (count: (one: TableDifference) => number) =>
    differences.reduce((sum, one) => sum + count(one), 0);
  return {
    added: total(({ added }) => added.length),
    changed: total(({ changed }) => changed.length),
    removed: total(({ removed }) => removed.length),
  };
}

interface TableDifference {
  readonly target: EntityTarget<ObjectLiteral>;
  readonly added: ObjectLiteral[];
  readonly changed: { readonly id: ObjectLiteral; readonly row: ObjectLiteral }[];
  readonly removed: ObjectLiteral[];
}

async function differenceOf(
  manager: EntityManager,
  target: EntityTarget<ObjectLiteral>,
  wanted: readonly ObjectLiteral[],
): Promise<TableDifference> {
  const { columns, primaryColumns } = manager.dataSource.getMetadata(target);
  const idOf = (row: ObjectLiteral): ObjectLiteral =>
    Object.fromEntries(primaryColumns.map(({ propertyName }) => [propertyName, row[propertyName]]));
  const keyOf = (row: ObjectLiteral) => JSON.stringify(Object.values(idOf(row)));
  const textOf = (row: ObjectLiteral) =>
    JSON.stringify(columns.map(({ propertyName }) => row[propertyName] ?? null));
  const stored = new Map((await manager.find(target)).map((row) => [keyOf(row), row]));
  const wantedKeys = new Set(wanted.map(keyOf));
  const changed = wanted.flatMap((row) => {
    const before = stored.get(keyOf(row));
    return before !== undefined && textOf(before) !== textOf(row) ? [{ id: idOf(row), row }] : [];
  });
  return {
    target,
    added: wanted.filter((row) => !stored.has(keyOf(row))),
    changed,
    removed: [...stored].filter(([key]) => !wantedKeys.has(key)).map(([, row]) => idOf(row)),
  };
}
