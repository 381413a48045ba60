import type { DirectoryFileName, DirectoryRows } from './directory-file.js';
import type { FileRefusals } from './file-refusal.js';
import { hoursRows, parseDays } from './hours-records.js';
import { FIRST_DAY } from './place-records.js';
import { unitRows } from './unit-records.js';

/** Refuses a name twice, and a name that nothing has: units, districts, stadsdelar, fallbacks, successors. */
export function checkNames(rows: DirectoryRows, refusals: FileRefusals): void {
  const units = new Set<string>(unitRows(rows).map(({ cells }) => cells.unit_id));
  const districts = new Set(rows['districts.csv'].map(({ cells }) => cells.district));
  const subdistricts = new Set(rows['subdistricts.csv'].map(({ cells }) => cells.subdistrict));
  const exists =
    (known: ReadonlySet<string>, file: DirectoryFileName, line: number, column: string) =>
    (name: string | null) => {
      if (name === null || known.has(name)) return;
      refusals.add(
        'UNKNOWN_NAME',
        file,
        line,
        `${column}: ”${name}” finns inte.`,
        `${column}: “${name}” does not exist.`,
      );
    };

  once(
    'units.csv',
    unitRows(rows).map(({ file, line, cells }) => ({ file, line, key: cells.unit_id })),
    refusals,
  );
  once(
    'parties.csv',
    rows['parties.csv'].map(({ line, cells }) => ({ line, key: cells.party })),
    refusals,
  );
  once(
    'districts.csv',
    rows['districts.csv'].map(({ line, cells }) => ({ line, key: cells.district })),
    refusals,
  );
  once(
    'subdistricts.csv',
    rows['subdistricts.csv'].map(({ line, cells }) => ({ line, key: cells.subdistrict })),
    refusals,
  );
  once(
    'municipalities.csv',
    rows['municipalities.csv'].map(({ line, cells }) => ({ line, key: cells.code })),
    refusals,
  );
  once(
    'aliases.csv',
    rows['aliases.csv'].map(({ line, cells }) => ({ line, key: cells.alias })),
    refusals,
  );
  once(
    'postal_towns.csv',
    rows['postal_towns.csv'].map(({ line, cells }) => ({ line, key: cells.postal_town })),
    refusals,
  );
  once(
    'straddled.csv',
    rows['straddled.csv'].map(({ line, cells }) => ({ line, key: cells.place })),
    refusals,
  );
  once(
    'successors.csv',
    rows['successors.csv'].map(({ line, cells }) => ({ line, key: `${cells.unit_id} ${cells.successor}` })),
    refusals,
  );
  once(
    'programmes.csv',
    rows['programmes.csv'].map(({ line, cells }) => ({
      line,
      key: `${cells.programme} ${cells.version} ${cells.unit_id}`,
    })),
    refusals,
  );
  once(
    'contact_points.csv',
    rows['contact_points.csv'].map(({ line, cells }) => ({ line, key: `${cells.unit_id} ${cells.purpose}` })),
    refusals,
  );

  for (const { file, line, cells } of unitRows(rows))
    exists(units, file, line, 'organised_in')(cells.organised_in);
  for (const { line, cells } of rows['shares_inbox.csv']) {
    exists(units, 'shares_inbox.csv', line, 'unit_id')(cells.unit_id);
    exists(units, 'shares_inbox.csv', line, 'shares_inbox_with')(cells.shares_inbox_with);
  }
  for (const { line, cells } of rows['successors.csv']) {
    exists(units, 'successors.csv', line, 'unit_id')(cells.unit_id);
    exists(units, 'successors.csv', line, 'successor')(cells.successor);
  }
  for (const file of ['programmes.csv', 'contact_points.csv', 'office_hours_exceptions.csv'] as const) {
    for (const { line, cells } of rows[file]) exists(units, file, line, 'unit_id')(cells.unit_id);
  }
  for (const { line, cells } of rows['municipalities.csv']) {
    exists(units, 'municipalities.csv', line, 'social_emergency_unit_id')(cells.social_emergency_unit_id);
  }
  for (const { line, cells } of rows['districts.csv']) {
    cells.successors.forEach(exists(districts, 'districts.csv', line, 'successors'));
  }
  for (const { line, cells } of rows['subdistricts.csv']) {
    exists(districts, 'subdistricts.csv', line, 'district_2020_06')(cells.district_2020_06);
    exists(districts, 'subdistricts.csv', line, 'district_2023_07')(cells.district_2023_07);
  }
  for (const { line, cells } of rows['aliases.csv']) {
    exists(subdistricts, 'aliases.csv', line, 'subdistrict')(cells.subdistrict);
  }
  for (const { line, cells } of rows['postal_towns.csv']) {
    cells.candidates.forEach(exists(subdistricts, 'postal_towns.csv', line, 'candidates'));
  }
  for (const { line, cells } of rows['straddled.csv']) {
    exists(subdistricts, 'straddled.csv', line, 'main_subdistrict')(cells.main_subdistrict);
    cells.other_districts.forEach(exists(districts, 'straddled.csv', line, 'other_districts'));
    cells.other_subdistricts.forEach(exists(subdistricts, 'straddled.csv', line, 'other_subdistricts'));
  }
  checkHours(rows, units, refusals);
}

function once(
  file: DirectoryFileName,
  keys: readonly { readonly file?: DirectoryFileName; readonly line: number; readonly key: string }[],
  refusals: FileRefusals,
): void {
  const seen = new Set<string>();
  for (const { file: where = file, line, key } of keys) {
    if (seen.has(key)) {
      refusals.add(
        'DUPLICATE',
        where,
        line,
        `${key} finns redan på en tidigare rad.`,
        `${key} is on an earlier line already.`,
      );
    }
    seen.add(key);
  }
}

function checkHours(rows: DirectoryRows, units: ReadonlySet<string>, refusals: FileRefusals): void {
  const kinds = new Set(rows['unit_forms.csv'].flatMap(({ cells }) => cells.hours_kind ?? []));
  for (const { file, line, cells } of hoursRows(rows)) {
    const wrong = (sv: string, en: string) => refusals.add('HOURS_WRONG', file, line, sv, en);
    const hasEnded = cells.valid_to !== null && cells.valid_to < FIRST_DAY;
    if (cells.unit_id !== null && !units.has(cells.unit_id)) {
      wrong(`Enheten ${cells.unit_id} finns inte.`, `There is no unit ${cells.unit_id}.`);
    }
    if (cells.unit_id === null && !kinds.has(cells.kind) && !hasEnded) {
      wrong(`Ingen enhetsform har tiderna ${cells.kind}.`, `No form of unit has the hours ${cells.kind}.`);
    }
    if (cells.out_of_hours_fallback !== null && !units.has(cells.out_of_hours_fallback)) {
      wrong(
        `Reservenheten ${cells.out_of_hours_fallback} finns inte.`,
        `There is no fallback ${cells.out_of_hours_fallback}.`,
      );
    }
    if (parseDays(cells.days) === undefined) {
      wrong(`Dagarna ”${cells.days}” kan inte läsas.`, `The days “${cells.days}” cannot be read.`);
    }
    if ((cells.opens === null) !== (cells.closes === null) || cells.opens === '24:00') {
      wrong('Ange både opens och closes, eller ingen.', 'Give both opens and closes, or neither.');
    }
  }
}
