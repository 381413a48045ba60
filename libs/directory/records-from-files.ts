import { createHash } from 'node:crypto';
import { checkDirectory } from './check-directory.js';
import {
  type DirectoryFileName,
  type DirectoryRows,
  type FileDigest,
  readDirectoryFile,
} from './directory-file.js';
import type { DirectoryRecords } from './directory-records.js';
import { FileRefusals, type LoadResult } from './file-refusal.js';
import { placeRecords } from './place-records.js';
import { unitRecords } from './unit-records.js';

/** The directory that a folder of files describes, checked; its version is a digest of the files' contents. */
export interface DirectoryFromFiles {
  readonly records: DirectoryRecords;
  readonly version: string;
  readonly digests: readonly FileDigest[];
}

/**
 * Reads, parses and checks every file of the directory. All or nothing: anything that data/README.md ("Refresh", 2)
 * tells a loader to refuse refuses the whole, naming file and line.
 */
export async function recordsFromFiles(folder: string): Promise<LoadResult<DirectoryFromFiles>> {
  const refusals = new FileRefusals();
  const digests: FileDigest[] = [];
  const read = async <Name extends DirectoryFileName>(name: Name) => {
    const file = await readDirectoryFile(folder, name, refusals);
    digests.push(file.digest);
    return file.rows;
  };
  const rows: DirectoryRows = {
    'parties.csv': await read('parties.csv'),
    'unit_forms.csv': await read('unit_forms.csv'),
    'districts.csv': await read('districts.csv'),
    'subdistricts.csv': await read('subdistricts.csv'),
    'municipalities.csv': await read('municipalities.csv'),
    'aliases.csv': await read('aliases.csv'),
    'postal_towns.csv': await read('postal_towns.csv'),
    'straddled.csv': await read('straddled.csv'),
    'units.csv': await read('units.csv'),
    'units_added.csv': await read('units_added.csv'),
    'shares_inbox.csv': await read('shares_inbox.csv'),
    'successors.csv': await read('successors.csv'),
    'office_hours.csv': await read('office_hours.csv'),
    'office_hours_added.csv': await read('office_hours_added.csv'),
    'office_hours_exceptions.csv': await read('office_hours_exceptions.csv'),
    'programmes.csv': await read('programmes.csv'),
    'contact_points.csv': await read('contact_points.csv'),
    'expected_counts.csv': await read('expected_counts.csv'),
  } satisfies Record<DirectoryFileName, unknown>;
  if (refusals.all.length > 0) return { ok: false, refusals: refusals.all };
  const records: DirectoryRecords = {
    ...placeRecords(rows, refusals),
    ...unitRecords(rows, refusals),
    ...staffingRecords(rows),
  };
  checkDirectory(rows, records, refusals);
  if (refusals.all.length > 0) return { ok: false, refusals: refusals.all };
  const version = createHash('sha256');
  for (const { file, sha256 } of digests) version.update(`${file} ${sha256}\n`);
  return { ok: true, value: { records, version: version.digest('hex').slice(0, 16), digests } };
}

function staffingRecords(
  rows: DirectoryRows,
): Pick<DirectoryRecords, 'officeHoursExceptions' | 'programmes' | 'contactPoints'> {
  return {
    officeHoursExceptions: rows['office_hours_exceptions.csv'].map(({ cells }, position) => ({
      unitId: cells.unit_id,
      day: cells.day,
      position,
      opens: cells.opens,
      closes: cells.closes,
      tag: cells.tag,
      source: cells.source,
      note: cells.note,
    })),
    programmes: rows['programmes.csv'].map(({ cells }) => ({
      code: cells.programme,
      version: cells.version,
      unitId: cells.unit_id,
      labelSv: cells.label_sv,
      labelEn: cells.label_en,
      validFrom: cells.valid_from,
      validTo: cells.valid_to,
      tag: cells.start_tag,
      endTag: cells.end_tag,
      source: cells.source,
      note: cells.note,
    })),
    contactPoints: rows['contact_points.csv'].map(({ cells }) => ({
      unitId: cells.unit_id,
      purpose: cells.purpose,
      value: cells.value,
      fromRung: cells.from_rung,
      isPlaceholder: cells.is_placeholder,
      validFrom: cells.valid_from,
      validTo: cells.valid_to,
      tag: cells.tag,
      source: cells.source,
      note: cells.note,
    })),
  };
}
