import type { DirectoryFileName, DirectoryRows } from './directory-file.js';
import type { FileRefusals } from './file-refusal.js';

const PATTERNS: readonly [RegExp, string, string][] = [
  [/\+46[\s\d-]{7,}|\b0\d{1,3}[-/]\s?\d[\d\s]{4,}\d/, 'ett telefonnummer', 'a telephone number'],
  [/[^\s@;,|]+@[^\s@;,|]+\.[a-z]{2,}/i, 'en e-postadress', 'an e-mail address'],
  [
    /\p{Lu}\p{L}+(?:gatan|vägen|gränd|stigen|allén|backen|torget|plan)\s+\d{1,3}\b/u,
    'en gatuadress',
    'a street address',
  ],
];
/** Sources are pages and name such things; the numbers to ring are what contact_points.csv is for. */
const MAY_HOLD: readonly string[] = ['source', 'contact_points.csv value'];

/** Refuses a telephone number, e-mail or street address outside `source`: the directory is open to every service. */
export function checkContactData(rows: DirectoryRows, refusals: FileRefusals): void {
  const isFile = (file: string): file is DirectoryFileName => Object.hasOwn(rows, file);
  for (const file of Object.keys(rows).filter(isFile)) {
    for (const { line, cells } of rows[file]) {
      for (const [column, value] of Object.entries(cells)) {
        if (MAY_HOLD.includes(column) || MAY_HOLD.includes(`${file} ${column}`)) continue;
        const text = Array.isArray(value) ? value.join(' | ') : String(value);
        for (const [pattern, sv, en] of PATTERNS) {
          if (!pattern.test(text)) continue;
          refusals.add(
            'CONTACT_DATA_OUTSIDE_SOURCE',
            file,
            line,
            `${column} innehåller ${sv}. Ta bort det.`,
            `${column} holds ${en}. Remove it.`,
          );
        }
      }
    }
  }
}
