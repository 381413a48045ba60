import { createHash } from 'node:crypto';
import {
  type LocalDate,
  type LocalTime,
  type OfficeDay,
  type OfficeHours,
  type OfficeHoursRow,
  parseLocalDate,
  parseLocalTime,
} from '#calendar';
import {
  authorityId,
  type DirectorySnapshot,
  type Evidence,
  type Unit,
  type UnitArea,
  type UnitHours,
  unitId,
} from '#domain';
import type { DirectoryRecords } from './directory-records.js';
import { externalReasons } from './external-reason.js';
import { EVERY_DAY } from './hours-records.js';
import { FIRST_DAY } from './place-records.js';
import type { OfficeHoursEntity } from './staffing.entity.js';
import type { UnitAreaEntity, UnitEntity } from './unit.entity.js';

/** The snapshot that a set of rows describes. The rows are trusted: files were checked, tables hold what was. */
export function buildSnapshot(records: DirectoryRecords, version: string): DirectorySnapshot {
  const units = records.units.map((unit) => unitOf(unit, records));
  return {
    version,
    firstDay: FIRST_DAY,
    parties: records.parties.map(({ name, labelSv, labelEn, hasService }) => ({
      name,
      label: { sv: labelSv, en: labelEn },
      hasService,
    })),
    authorities: records.authorities.map(({ id, name }) => ({ id: authorityId(id), name })),
    units,
    officeHours: units.flatMap((unit) => hoursOf(unit, records)),
    districts: records.districts.map((row) => ({
      name: row.name,
      successors: items(row.successors),
      ...days(row),
    })),
    subdistricts: records.subdistricts.map((row) => {
      const catchments = records.catchments
        .filter(({ subdistrict }) => subdistrict === row.name)
        .sort(byStart);
      return {
        name: row.name,
        districts: catchments.flatMap((one) =>
          one.kind === 'district' ? [{ district: one.value, ...days(one) }] : [],
        ),
        localPoliceAreas: catchments.flatMap((one) =>
          one.kind === 'lpo' ? [{ unit: unitId(one.value), ...days(one) }] : [],
        ),
        evidence: evidence(row),
      };
    }),
    straddledPlaces: records.straddledPlaces.map((row) => ({
      place: row.place,
      mainSubdistrict: row.mainSubdistrict,
      otherDistricts: items(row.otherDistricts),
      otherSubdistricts: items(row.otherSubdistricts),
      ...days(row),
      evidence: evidence(row),
    })),
    aliases: records.placeAliases.map((row) => ({
      alias: row.alias,
      subdistrict: row.subdistrict,
      kind: row.kind,
      evidence: evidence(row),
    })),
    postalTowns: records.postalTowns.map((row) => ({
      name: row.name,
      candidates: items(row.candidates),
      evidence: evidence(row),
    })),
    municipalities: records.municipalities.map((row) => ({
      code: row.code,
      name: row.name,
      policeAreas: items(row.policeAreas),
      localPoliceAreas: units
        .filter(({ form, areas }) => form === 'local-police-area' && servesMunicipality(areas, row.name))
        .map(({ id, validFrom, validTo }) => ({ unit: id, validFrom, validTo })),
      jour: row.jour === null ? null : unitId(row.jour),
      evidence: evidence(row),
    })),
    programmes: records.programmes.map((row) => ({
      code: row.code,
      version: row.version,
      unit: unitId(row.unitId),
      label: { sv: row.labelSv, en: row.labelEn },
      startEvidence: row.tag,
      endEvidence: row.endTag,
      ...days(row),
      evidence: evidence(row),
    })),
    contactPoints: records.contactPoints.map((row) => ({
      unit: unitId(row.unitId),
      purpose: row.purpose,
      value: row.value,
      fromRung: row.fromRung,
      isPlaceholder: row.isPlaceholder,
      ...days(row),
      evidence: evidence(row),
    })),
  };
}

function unitOf(row: UnitEntity, records: DirectoryRecords): Unit {
  return {
    id: unitId(row.id),
    name: row.name,
    kind: row.kind,
    form: row.form,
    party: row.party,
    authorities: records.unitAuthorities
      .filter((one) => one.unitId === row.id)
      .sort(byStart)
      .map((one) => ({ authority: authorityId(one.authorityId), ...days(one) })),
    organisedIn: row.organisedIn === null ? null : unitId(row.organisedIn),
    sharesInboxWith: row.sharesInboxWith === null ? null : unitId(row.sharesInboxWith),
    areas: records.unitAreas.filter((one) => one.unitId === row.id).map(areaOf),
    successors: records.unitSuccessors
      .filter((one) => one.unitId === row.id)
      .map(({ successor }) => unitId(successor)),
    fallback: row.fallback === null ? null : unitId(row.fallback),
    external: externalReasons(row.external),
    ...days(row),
    evidence: evidence(row),
  };
}

function areaOf({ kind, name, part }: UnitAreaEntity): UnitArea {
  switch (kind) {
    case 'district':
      return { kind, district: name, part };
    case 'municipality':
      return { kind, municipality: name };
    case 'police-area':
      return { kind, policeArea: name };
    case 'county':
    case 'country':
      return { kind };
  }
}

const servesMunicipality = (areas: readonly UnitArea[], name: string) =>
  areas.some((area) => area.kind === 'municipality' && area.municipality === name);

function hoursOf(unit: Unit, records: DirectoryRecords): UnitHours[] {
  const rows = records.officeHours
    .filter(({ unitId: id }) => id === unit.id)
    .sort((a, b) => a.position - b.position);
  const [first] = rows.filter(({ opens }) => opens !== null);
  if (first === undefined) return [];
  return [
    {
      unit: unit.id,
      hours: officeHours(unit, rows, records),
      isAssumed: rows.some(({ basis }) => basis === 'assumed'),
      evidence: evidence(first),
    },
  ];
}

function officeHours(unit: Unit, rows: readonly OfficeHoursEntity[], records: DirectoryRecords): OfficeHours {
  const exceptions = records.officeHoursExceptions.filter(({ unitId: id }) => id === unit.id);
  // A deadline stores the version it was computed with, so the version changes exactly when the hours do.
  const text = JSON.stringify([
    rows.map(({ days: on, opens, closes, validFrom, validTo }) => [on, opens, closes, validFrom, validTo]),
    exceptions.map(({ day, opens, closes }) => [day, opens, closes]),
  ]);
  const version = `${unit.id}@${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  const isAssumed = rows.some(({ basis }) => basis === 'assumed');
  const label = isAssumed
    ? { sv: `antagna för ${unit.name}`, en: `assumed for ${unit.name}` }
    : { sv: `kända för ${unit.name}`, en: `known for ${unit.name}` };
  const isWholeWeek = rows.some(
    ({ days: on, opens, closes, validTo }) =>
      opens === '00:00' && closes === '24:00' && on === EVERY_DAY.join('|') && validTo === null,
  );
  if (isWholeWeek && exceptions.length === 0) return { kind: 'always-open', version, label };
  const exceptionDays = [...new Set(exceptions.map(({ day }) => day))].sort();
  return {
    kind: 'weekly',
    version,
    label,
    rows: rows.map(rowOf),
    exceptions: exceptionDays.map((day) => ({
      date: localDay(day),
      hours: exceptions.flatMap((one) =>
        one.day === day && one.opens !== null && one.closes !== null
          ? [{ opens: localTime(one.opens), closes: localTime(one.closes) }]
          : [],
      ),
    })),
  };
}

function rowOf({ days: on, opens, closes, validFrom, validTo }: OfficeHoursEntity): OfficeHoursRow {
  const isOfficeDay = (day: string): day is OfficeDay => EVERY_DAY.some((known) => known === day);
  return {
    days: on.split('|').filter(isOfficeDay),
    hours:
      opens === null || closes === null ? 'closed' : { opens: localTime(opens), closes: localTime(closes) },
    ...(validFrom === null ? {} : { validFrom: localDay(validFrom) }),
    ...(validTo === null ? {} : { validTo: localDay(validTo) }),
  };
}

const byStart = (a: { validFrom: string | null }, b: { validFrom: string | null }) =>
  (a.validFrom ?? '').localeCompare(b.validFrom ?? '');

const items = (text: string) => (text === '' ? [] : text.split('|'));

function evidence({ tag, source, note }: Evidence): Evidence {
  return { tag, source, note };
}

function days(row: { validFrom: string | null; validTo: string | null }) {
  return {
    validFrom: row.validFrom === null ? null : localDay(row.validFrom),
    validTo: row.validTo === null ? null : localDay(row.validTo),
  };
}

function localDay(text: string): LocalDate {
  const day = parseLocalDate(text);
  if (day === undefined) throw new Error(`the directory holds ${text}, which is not a day`);
  return day;
}

function localTime(text: string): LocalTime {
  const time = parseLocalTime(text);
  if (time === undefined) throw new Error(`the directory holds ${text}, which is not a time`);
  return time;
}
