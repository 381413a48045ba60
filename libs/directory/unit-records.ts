import type { UnitId } from '#domain';
import type { DirectoryFileName, DirectoryRows, FileRow } from './directory-file.js';
import type { DirectoryRecords } from './directory-records.js';
import { externalCodes } from './external-reason.js';
import type { FileRefusals } from './file-refusal.js';
import { type HoursOfUnit, hoursOfUnit } from './hours-records.js';
import type { UnitAreaEntity, UnitAuthorityEntity } from './unit.entity.js';
import { unitKindOf } from './unit-kind-of.js';

type UnitRecords = Pick<
  DirectoryRecords,
  'parties' | 'authorities' | 'units' | 'unitAuthorities' | 'unitAreas' | 'unitSuccessors' | 'officeHours'
>;

const UNKNOWN_AUTHORITY = 'not known';

interface UnitRow {
  readonly file: 'units.csv' | 'units_added.csv';
  readonly line: number;
  readonly cells: FileRow<'units.csv'>;
}

/** The rows of both files of units, each with its file. */
export function unitRows(rows: DirectoryRows): readonly UnitRow[] {
  return [
    ...rows['units.csv'].map((row) => ({ ...row, file: 'units.csv' as const })),
    ...rows['units_added.csv'].map((row) => ({ ...row, file: 'units_added.csv' as const })),
  ];
}

/** The rows of the files of units and their hours as records. What cannot be read is added to the refusals. */
export function unitRecords(rows: DirectoryRows, refusals: FileRefusals): UnitRecords {
  const authorities = new Map<string, string>();
  const units = unitRows(rows).flatMap((row) => {
    const unit = unitOf(row, rows, authorities, refusals);
    return unit === undefined ? [] : [unit];
  });
  return {
    parties: rows['parties.csv'].map(({ cells }) => ({
      name: cells.party,
      labelSv: cells.label_sv,
      labelEn: cells.label_en,
      hasService: cells.has_service,
    })),
    authorities: [...authorities].map(([id, name]) => ({ id, name })),
    units: units.map(({ unit }) => unit),
    unitAuthorities: units.flatMap((one) => one.authorities),
    unitAreas: units.flatMap((one) => one.areas),
    officeHours: units.flatMap((one) => one.hours.records),
    unitSuccessors: rows['successors.csv'].map(({ cells }) => ({
      unitId: cells.unit_id,
      successor: cells.successor,
      fromDay: cells.from_day,
      tag: cells.tag,
      source: cells.source,
    })),
  };
}

function unitOf(
  { file, line, cells }: UnitRow,
  rows: DirectoryRows,
  authorities: Map<string, string>,
  refusals: FileRefusals,
) {
  const form = formOf(cells.unit_id, rows);
  if (form === undefined) {
    refusals.add(
      'UNKNOWN_NAME',
      file,
      line,
      `${cells.unit_id} börjar inte som någon enhetsform i unit_forms.csv.`,
      `${cells.unit_id} does not begin like any form of unit_forms.csv.`,
    );
    return undefined;
  }
  const hours = hoursOfUnit(cells.unit_id, form.hours_kind, rows, refusals);
  const areas = cells.district_or_area.flatMap((area) =>
    areaOf(area, cells.unit_id, rows, { file, line }, refusals),
  );
  const sharing = rows['shares_inbox.csv'].find(
    (one) => one.cells.unit_id === cells.unit_id || one.cells.shares_inbox_with === cells.unit_id,
  )?.cells;
  const partyHasService =
    rows['parties.csv'].find((party) => party.cells.party === cells.party)?.cells.has_service ?? false;
  const external = externalCodes({
    form: form.form,
    isReceiver: form.is_receiver,
    partyHasService,
    hours,
    areaNames: areas.map(({ name }) => name),
  });
  return {
    unit: {
      id: cells.unit_id,
      name: cells.name_sv,
      kind: unitKindOf(form.form, cells.party, external),
      form: form.form,
      party: cells.party,
      organisedIn: cells.organised_in,
      sharesInboxWith: sharing === undefined ? null : otherOf(sharing, cells.unit_id),
      fallback: hours.fallback,
      external: external.join('|'),
      validFrom: cells.valid_from,
      validTo: cells.valid_to,
      tag: cells.tag,
      source: cells.source,
      note: cells.note,
    },
    authorities: cells.authority.map((text) => authorityOf(text, cells.unit_id, cells.name_sv, authorities)),
    areas,
    hours: hours satisfies HoursOfUnit,
  };
}

function otherOf(sharing: { unit_id: UnitId; shares_inbox_with: UnitId }, unit: UnitId): UnitId {
  return sharing.unit_id === unit ? sharing.shares_inbox_with : sharing.unit_id;
}

/** The longest prefix wins: `bup-oppenvard-` before `bup-`. */
function formOf(unitId: string, rows: DirectoryRows): FileRow<'unit_forms.csv'> | undefined {
  return rows['unit_forms.csv']
    .map(({ cells }) => cells)
    .filter(({ prefix }) => unitId === prefix || (prefix.endsWith('-') && unitId.startsWith(prefix)))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

/** `A (..2023-06-30)`, or a name without dates. An authority that is not known is another one for each unit. */
function authorityOf(
  text: string,
  unitId: string,
  unitName: string,
  authorities: Map<string, string>,
): UnitAuthorityEntity {
  const parts = /^(.*) \((\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?\)$/.exec(text);
  const written = parts?.[1] ?? text;
  const name = written === UNKNOWN_AUTHORITY ? `Okänd huvudman (${unitName})` : written;
  const authorityId = written === UNKNOWN_AUTHORITY ? `okand-${unitId}` : slugOf(name);
  authorities.set(authorityId, name);
  return { unitId, authorityId, validFrom: parts?.[2] ?? null, validTo: parts?.[3] ?? null };
}

/** The id of an authority: its name in kebab-case ascii. */
function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function areaOf(
  text: string,
  unitId: string,
  rows: DirectoryRows,
  where: { file: DirectoryFileName; line: number },
  refusals: FileRefusals,
): UnitAreaEntity[] {
  const parts = /^(.*) \(del: (.*)\)$/.exec(text);
  const name = parts?.[1] ?? text;
  const part = parts?.[2] ?? null;
  const isDistrict = rows['districts.csv'].some(({ cells }) => cells.district === name);
  if (isDistrict) return [{ unitId, kind: 'district', name, part }];
  const isMunicipality = rows['municipalities.csv'].some(({ cells }) => cells.municipality === name);
  if (isMunicipality) return [{ unitId, kind: 'municipality', name, part }];
  if (name === 'Stockholms län') return [{ unitId, kind: 'county', name, part }];
  if (name === 'Sverige') return [{ unitId, kind: 'country', name, part }];
  if (unitRows(rows).some(({ cells }) => cells.name_sv === name && name.startsWith('Polisområde '))) {
    return [{ unitId, kind: 'police-area', name, part }];
  }
  refusals.add(
    'UNKNOWN_NAME',
    where.file,
    where.line,
    `Området ”${name}” finns inte: ange ett stadsdelsområde, en kommun, ett polisområde, länet eller Sverige.`,
    `The area “${name}” does not exist: name a district, a municipality, a police area, the county or Sverige.`,
  );
  return [];
}
