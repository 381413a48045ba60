import type { LocalDate } from '#calendar';
import { type DirectorySnapshot, isInForce, localPoliceAreaOf, subdistrictsOf } from '#domain';
import type { DirectoryRows } from './directory-file.js';
import type { FileRefusals } from './file-refusal.js';
import { FIRST_DAY } from './place-records.js';

/** Refuses counts other than those the compilers stated: a lost or a doubled row shows here first. */
export function checkCounts(rows: DirectoryRows, snapshot: DirectorySnapshot, refusals: FileRefusals): void {
  for (const { line, cells } of rows['expected_counts.csv']) {
    const day = cells.on_day ?? FIRST_DAY;
    const found = countOf(cells.what, cells.name, day, rows, snapshot);
    if (found === cells.count) continue;
    const what = [cells.what, cells.name, cells.on_day ?? ''].filter((part) => part !== '').join(' ');
    refusals.add(
      'COUNT_DIFFERS',
      'expected_counts.csv',
      line,
      `${what}: ${found ?? 'okänt slag'}, väntat ${cells.count}. Rätta raden som saknas eller är dubbel, eller antalet.`,
      `${what}: ${found ?? 'a kind not known'}, expected ${cells.count}. Mend the missing or doubled row, or the count.`,
    );
  }
}

function countOf(
  what: string,
  name: string,
  day: LocalDate,
  rows: DirectoryRows,
  snapshot: DirectorySnapshot,
): number | undefined {
  switch (what) {
    case 'subdistricts':
      return snapshot.subdistricts.length;
    case 'municipalities':
      return snapshot.municipalities.length;
    case 'units.csv':
      return rows['units.csv'].length;
    case 'units.csv in force':
      return rows['units.csv'].filter(({ cells }) =>
        isInForce({ validFrom: cells.valid_from, validTo: cells.valid_to }, day),
      ).length;
    case 'office_hours.csv':
      return rows['office_hours.csv'].length;
    case 'districts':
      return snapshot.districts.filter((district) => isInForce(district, day)).length;
    case 'subdistricts of district':
      return subdistrictsOf(snapshot, name, day).length;
    case 'subdistricts of LPO':
      return snapshot.subdistricts.filter(
        (subdistrict) => localPoliceAreaOf(snapshot, subdistrict, day)?.name === `Lokalpolisområde ${name}`,
      ).length;
    default:
      return undefined;
  }
}
