import type { Label } from '#domain';

/** Why a file of the directory is refused (data/README.md, Refresh 2). One of these refuses the whole load. */
export type FileRefusalCode =
  | 'FILE_MISSING'
  | 'HEADER_WRONG'
  | 'ROW_MALFORMED'
  | 'DUPLICATE'
  | 'UNKNOWN_NAME'
  | 'CATCHMENT_BROKEN'
  | 'UNIT_OUTLIVES_DISTRICT'
  | 'NOT_EXACTLY_ONE'
  | 'COUNT_DIFFERS'
  | 'CONTACT_DATA_OUTSIDE_SOURCE'
  | 'HOURS_WRONG'
  | 'UNIT_REMOVED';

export interface FileRefusal {
  readonly code: FileRefusalCode;
  readonly file: string;
  /** The line the row ends on, counted from 1 with the header; null if the whole file is meant. */
  readonly line: number | null;
  readonly text: Label;
}

export type LoadResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusals: readonly FileRefusal[] };

/** Collects what is wrong, so that one look mends all of it. */
export class FileRefusals {
  readonly all: FileRefusal[] = [];

  add(code: FileRefusalCode, file: string, line: number | null, sv: string, en: string): void {
    this.all.push({ code, file, line, text: { sv, en } });
  }
}

/** The refusals as lines for a terminal: file, line and what to do. */
export function formatRefusals(refusals: readonly FileRefusal[], language: 'sv' | 'en'): string {
  return refusals
    .map(
      ({ file, line, code, text }) => `${file}${line === null ? '' : `:${line}`} ${code} ${text[language]}`,
    )
    .join('\n');
}
