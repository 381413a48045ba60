import { addDays, type LocalDate, localDateOf, parseLocalDate } from '#calendar';
import type { DirectoryRows } from './directory-file.js';
import type { DirectoryRecords } from './directory-records.js';
import type { FileRefusals } from './file-refusal.js';
import type { CatchmentEntity } from './place.entity.js';

/** The merge of 2020-07-01: before it the catchments are not known (domain.md D1). */
export const FIRST_DAY: LocalDate = localDateOf(2020, 7, 1);
/** Thirteen districts became eleven (domain.md D1). */
const SECOND_DIVISION: LocalDate = localDateOf(2023, 7, 1);

const LPO_PREFIX = 'Lokalpolisområde ';

type PlaceRecords = Pick<
  DirectoryRecords,
  | 'districts'
  | 'subdistricts'
  | 'catchments'
  | 'municipalities'
  | 'placeAliases'
  | 'postalTowns'
  | 'straddledPlaces'
>;

/** The rows of the files of places as records. What cannot be read is added to the refusals. */
export function placeRecords(rows: DirectoryRows, refusals: FileRefusals): PlaceRecords {
  const lpoByName = new Map(
    rows['units.csv']
      .filter(({ cells }) => cells.name_sv.startsWith(LPO_PREFIX))
      .map(({ cells }) => [cells.name_sv.slice(LPO_PREFIX.length), cells.unit_id]),
  );
  const joined = (items: readonly string[]) => items.join('|');
  return {
    districts: rows['districts.csv'].map(({ cells }) => ({
      name: cells.district,
      successors: joined(cells.successors),
      ...dated(cells),
      ...evidence(cells),
    })),
    subdistricts: rows['subdistricts.csv'].map(({ cells }) => ({
      name: cells.subdistrict,
      ...evidence(cells),
    })),
    catchments: rows['subdistricts.csv'].flatMap((row) => [
      ...districtSpans(row.cells.subdistrict, row.cells.district_2020_06, row.cells.district_2023_07),
      ...lpoSpans(row, lpoByName, refusals),
    ]),
    municipalities: rows['municipalities.csv'].map(({ cells }) => ({
      code: cells.code,
      name: cells.municipality,
      policeAreas: joined(cells.police_area),
      jour: cells.social_emergency_unit_id,
      ...evidence(cells),
    })),
    placeAliases: rows['aliases.csv'].map(({ cells }) => ({
      alias: cells.alias,
      subdistrict: cells.subdistrict,
      kind: cells.kind,
      ...evidence(cells),
    })),
    postalTowns: rows['postal_towns.csv'].map(({ cells }) => ({
      name: cells.postal_town,
      candidates: joined(cells.candidates),
      ...evidence(cells),
    })),
    straddledPlaces: rows['straddled.csv'].map(({ cells }) => ({
      place: cells.place,
      mainSubdistrict: cells.main_subdistrict,
      otherDistricts: joined(cells.other_districts),
      otherSubdistricts: joined(cells.other_subdistricts),
      ...dated(cells),
      ...evidence(cells),
    })),
  };
}

function dated(cells: { valid_from: LocalDate | null; valid_to: LocalDate | null }) {
  return { validFrom: cells.valid_from, validTo: cells.valid_to };
}

function evidence<Tag>(cells: { tag: Tag; source: string; note: string }) {
  return { tag: cells.tag, source: cells.source, note: cells.note };
}

function districtSpans(subdistrict: string, before: string, after: string): CatchmentEntity[] {
  if (before === after) {
    return [{ subdistrict, kind: 'district', value: after, validFrom: FIRST_DAY, validTo: null }];
  }
  return [
    {
      subdistrict,
      kind: 'district',
      value: before,
      validFrom: FIRST_DAY,
      validTo: addDays(SECOND_DIVISION, -1),
    },
    { subdistrict, kind: 'district', value: after, validFrom: SECOND_DIVISION, validTo: null },
  ];
}

/** Reads `..2024-12-31=Norrmalm; 2025-01-01..=Norra innerstaden | free text`. */
function lpoSpans(
  { line, cells }: DirectoryRows['subdistricts.csv'][number],
  lpoByName: ReadonlyMap<string, string>,
  refusals: FileRefusals,
): CatchmentEntity[] {
  const [history = ''] = cells.lpo_valid_note.split('|');
  const spans = history.split(';').flatMap((text): (CatchmentEntity & { name: string })[] => {
    const parts = /^(\S*)\.\.(\S*)=(.+)$/.exec(text.trim());
    const [from, to, name] = [parts?.[1] ?? '', parts?.[2] ?? '', parts?.[3] ?? ''];
    const unit = lpoByName.get(name);
    const days = [from, to].filter((day) => day !== '').map(parseLocalDate);
    if (parts === null || unit === undefined || days.includes(undefined)) {
      refusals.add(
        parts !== null && unit === undefined ? 'UNKNOWN_NAME' : 'ROW_MALFORMED',
        'subdistricts.csv',
        line,
        `lpo_valid_note: ”${text.trim()}” ska vara från..till=LPO med ett LPO ur units.csv.`,
        `lpo_valid_note: “${text.trim()}” must be from..to=LPO with an LPO of units.csv.`,
      );
      return [];
    }
    return [
      {
        name,
        subdistrict: cells.subdistrict,
        kind: 'lpo',
        value: unit,
        validFrom: from || null,
        validTo: to || null,
      },
    ];
  });
  const latest = spans.at(-1);
  if (latest !== undefined && (latest.name !== cells.lpo || latest.validTo !== null)) {
    refusals.add(
      'CATCHMENT_BROKEN',
      'subdistricts.csv',
      line,
      `lpo (${cells.lpo}) ska vara det sista och öppna i lpo_valid_note.`,
      `lpo (${cells.lpo}) must be the last, open one of lpo_valid_note.`,
    );
  }
  return spans.map(({ name: _, ...span }) => span);
}
