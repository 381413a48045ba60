import type { DirectoryFileName, DirectoryRows, FileRow } from './directory-file.js';
import type { FileRefusals } from './file-refusal.js';
import type { OfficeHoursEntity } from './staffing.entity.js';

/** What the files say of a unit's hours. */
export interface HoursOfUnit {
  readonly records: readonly OfficeHoursEntity[];
  readonly isKnown: boolean;
  readonly isAlwaysOpen: boolean;
  readonly fallback: string | null;
}

const WEEK = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export const EVERY_DAY = [...WEEK, 'HOLIDAY'] as const;
export type HoursDay = (typeof EVERY_DAY)[number];
const dayNames: readonly string[] = EVERY_DAY;
const weekdayNames: readonly string[] = WEEK;

/** `MON-THU`, `SAT,SUN,HOLIDAY`; undefined if a word is not a day. */
export function parseDays(text: string): readonly HoursDay[] | undefined {
  const days: HoursDay[] = [];
  for (const word of text.split(',').map((part) => part.trim())) {
    const [from, to] = word.split('-');
    const first = dayNames.indexOf(from ?? '');
    const last = to === undefined ? first : weekdayNames.indexOf(to);
    if (first < 0 || last < first) return undefined;
    days.push(...EVERY_DAY.slice(first, last + 1));
  }
  return days;
}

interface HoursRow {
  readonly file: DirectoryFileName;
  readonly line: number;
  readonly cells: FileRow<'office_hours.csv'>;
}

/** The rows of both files of hours, each with its file. */
export function hoursRows(rows: DirectoryRows): readonly HoursRow[] {
  return [
    ...rows['office_hours.csv'].map((row) => ({ ...row, file: 'office_hours.csv' as const })),
    ...rows['office_hours_added.csv'].map((row) => ({ ...row, file: 'office_hours_added.csv' as const })),
  ];
}

/** The unit's own rows if it has any, else those of its kind (data/README.md). */
export function hoursOfUnit(
  unitId: string,
  kind: string | null,
  rows: DirectoryRows,
  refusals: FileRefusals,
): HoursOfUnit {
  const all = hoursRows(rows);
  const own = all.filter(({ cells }) => cells.unit_id === unitId);
  const applying =
    own.length > 0 ? own : all.filter(({ cells }) => cells.unit_id === null && cells.kind === kind);
  const fallbacks = [...new Set(applying.flatMap(({ cells }) => cells.out_of_hours_fallback ?? []))];
  const [first] = applying;
  if (first !== undefined && fallbacks.length > 1) {
    refusals.add(
      'HOURS_WRONG',
      first.file,
      first.line,
      `${unitId} har flera olika out_of_hours_fallback: ${fallbacks.join(', ')}. Välj en.`,
      `${unitId} has several different out_of_hours_fallback: ${fallbacks.join(', ')}. Choose one.`,
    );
  }
  const records = applying.flatMap((row, position): OfficeHoursEntity[] => {
    // "Both empty means closed, or not known if the note says so" (data/README.md): what is not known is no row.
    if (row.cells.opens === null && /not known/i.test(row.cells.note)) return [];
    return [recordOf(unitId, position, row)];
  });
  return {
    records,
    isKnown: records.some(({ opens }) => opens !== null),
    isAlwaysOpen: records.some(
      ({ days, opens, closes }) => opens === '00:00' && closes === '24:00' && days === EVERY_DAY.join('|'),
    ),
    fallback: fallbacks[0] ?? null,
  };
}

function recordOf(unitId: string, position: number, { cells }: HoursRow): OfficeHoursEntity {
  return {
    unitId,
    position,
    days: (parseDays(cells.days) ?? []).join('|'),
    opens: cells.opens,
    closes: cells.closes,
    channel: cells.channel,
    basis: cells.basis,
    validFrom: cells.valid_from,
    validTo: cells.valid_to,
    tag: cells.tag,
    source: cells.source,
    note: cells.note,
  };
}
