import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { parseLocalDate, parseLocalTime } from '#calendar';
import { EVIDENCE_TAGS, isUnitId, PARTIES, PROGRAMME_CODES, UNIT_FORMS } from '#domain';
import type { FileRefusals } from './file-refusal.js';

/** What is wrong with a cell, in both languages in one message; `bilingual` takes it apart. */
const wrong = (sv: string, en: string) => `${sv}|${en}`;

function bilingual(message: string): { readonly sv: string; readonly en: string } {
  const [sv = message, en = message] = message.split('|');
  return { sv, en };
}

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, wrong(`ska vara en av ${names.join(', ')}`, `must be one of ${names.join(', ')}`));
const anyText = z.string();
const someText = z.string().min(1, wrong('är tom', 'is empty'));
const tag = oneOf(EVIDENCE_TAGS);
const list = z.string().transform((text) => (text === '' ? [] : text.split('|').map((item) => item.trim())));
const yesOrNo = oneOf(['yes', 'no']).transform((text) => text === 'yes');
const optional = z.string().transform((text) => (text === '' ? null : text));
const unitId = z
  .string()
  .refine(isUnitId, wrong('ska vara små bokstäver a–z, siffror och bindestreck', 'must be kebab-case ascii'));
const wholeNumber = z
  .string()
  .regex(/^\d+$/, wrong('ska vara ett heltal', 'must be a whole number'))
  .transform(Number);
const day = z.string().transform((text, context) => {
  const parsed = parseLocalDate(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({
    code: 'custom',
    message: wrong('ska vara en dag ÅÅÅÅ-MM-DD', 'must be a day YYYY-MM-DD'),
  });
  return z.NEVER;
});
const optionalDay = optional.pipe(
  z.union([z.null(), day], wrong('ska vara en dag ÅÅÅÅ-MM-DD', 'must be a day YYYY-MM-DD')),
);
const optionalTag = optional.pipe(
  z.union([z.null(), tag], wrong('ska vara en känd märkning', 'must be a known tag')),
);
/** Of a ladder; -1 is before the first, for what is told at once. */
const optionalRung = z
  .string()
  .regex(/^(-1|\d{1,2})?$/, wrong('ska vara -1, 0, 1 … eller tomt', 'must be -1, 0, 1 … or empty'))
  .transform((text) => (text === '' ? null : Number(text)));
const optionalTime = z
  .string()
  .refine(
    (text) => text === '' || parseLocalTime(text) !== undefined,
    wrong('ska vara ett klockslag TT:MM', 'must be a time HH:MM'),
  )
  .transform((text) => (text === '' ? null : text));

const dated = { valid_from: optionalDay, valid_to: optionalDay };
const evidence = { tag, source: someText, note: anyText };

const units = z.object({
  unit_id: unitId,
  name_sv: someText,
  party: oneOf(PARTIES),
  authority: list,
  organised_in: optional,
  district_or_area: list,
  ...dated,
  ...evidence,
});
const hours = z.object({
  kind: someText,
  party: oneOf(PARTIES),
  unit_id: optional,
  days: someText,
  opens: optionalTime,
  closes: optionalTime,
  channel: someText,
  basis: oneOf(['known', 'assumed']),
  out_of_hours_fallback: optional,
  ...dated,
  ...evidence,
});

/** Every file of the directory and what a row of it must be. The header is exactly the keys, in this order. */
const DIRECTORY_FILES = {
  'parties.csv': z.object({
    party: oneOf(PARTIES),
    label_sv: someText,
    label_en: someText,
    has_service: yesOrNo,
  }),
  'unit_forms.csv': z.object({
    prefix: someText,
    form: oneOf(UNIT_FORMS),
    hours_kind: optional,
    is_receiver: yesOrNo,
    label_sv: someText,
    label_en: someText,
  }),
  'districts.csv': z.object({ district: someText, ...dated, successors: list, ...evidence }),
  'subdistricts.csv': z.object({
    subdistrict: someText,
    district_2020_06: someText,
    district_2023_07: someText,
    lpo: someText,
    lpo_valid_note: someText,
    source: someText,
    tag,
    note: anyText,
  }),
  'municipalities.csv': z.object({
    code: z
      .string()
      .regex(
        /^\d{4}$/,
        wrong('ska vara en kommunkod med fyra siffror', 'must be a municipality code of four digits'),
      ),
    municipality: someText,
    police_area: list,
    lpo: optional,
    social_emergency_service: optional,
    social_emergency_unit_id: optional,
    ...evidence,
  }),
  'aliases.csv': z.object({
    alias: someText,
    subdistrict: someText,
    kind: oneOf(['synonym', 'locality']),
    ...evidence,
  }),
  'postal_towns.csv': z.object({ postal_town: someText, candidates: list, ...evidence }),
  'straddled.csv': z.object({
    place: someText,
    main_subdistrict: optional,
    other_districts: list,
    other_subdistricts: list,
    ...dated,
    ...evidence,
  }),
  'units.csv': units,
  'units_added.csv': units,
  'shares_inbox.csv': z.object({ unit_id: unitId, shares_inbox_with: unitId, ...dated, ...evidence }),
  'successors.csv': z.object({ unit_id: unitId, successor: unitId, from_day: day, tag, source: someText }),
  'office_hours.csv': hours,
  'office_hours_added.csv': hours,
  'office_hours_exceptions.csv': z.object({
    unit_id: unitId,
    day,
    opens: optionalTime,
    closes: optionalTime,
    ...evidence,
  }),
  'programmes.csv': z.object({
    programme: oneOf(PROGRAMME_CODES),
    version: wholeNumber,
    unit_id: unitId,
    label_sv: someText,
    label_en: someText,
    ...dated,
    start_tag: tag,
    end_tag: optionalTag,
    source: someText,
    note: anyText,
  }),
  'contact_points.csv': z.object({
    unit_id: unitId,
    purpose: oneOf(['ring', 'notify', 'sms-on-duty', 'sms-unit-head', 'sms-coordinator']),
    value: someText,
    from_rung: optionalRung,
    is_placeholder: yesOrNo,
    ...dated,
    ...evidence,
  }),
  'expected_counts.csv': z.object({ what: someText, name: anyText, on_day: optionalDay, count: wholeNumber }),
} as const satisfies Record<string, z.ZodObject>;

export type DirectoryFileName = keyof typeof DIRECTORY_FILES;
export type FileRow<Name extends DirectoryFileName> = z.infer<(typeof DIRECTORY_FILES)[Name]>;

interface Row<Name extends DirectoryFileName> {
  readonly line: number;
  readonly cells: FileRow<Name>;
}
export type DirectoryRows = { readonly [Name in DirectoryFileName]: readonly Row<Name>[] };

export interface FileDigest {
  readonly file: DirectoryFileName;
  readonly sha256: string;
  readonly rowCount: number;
}

interface ReadFile<Name extends DirectoryFileName> {
  readonly rows: readonly Row<Name>[];
  readonly digest: FileDigest;
}

const ParsedSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
);

/** Reads and parses one file, adding what is wrong with it to the refusals. */
export async function readDirectoryFile<Name extends DirectoryFileName>(
  folder: string,
  name: Name,
  refusals: FileRefusals,
): Promise<ReadFile<Name>> {
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) {
    refusals.add(
      'FILE_MISSING',
      name,
      null,
      'Filen saknas eller kan inte läsas.',
      'The file is missing or cannot be read.',
    );
    return { rows: [], digest: { file: name, sha256: '', rowCount: 0 } };
  }
  const rows = rowsOf(name, bytes.toString('utf8'), refusals);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { rows, digest: { file: name, sha256, rowCount: rows.length } };
}

function rowsOf<Name extends DirectoryFileName>(
  name: Name,
  text: string,
  refusals: FileRefusals,
): readonly Row<Name>[] {
  const schema: z.ZodType<FileRow<Name>> & { shape?: object } = schemaOf(name);
  const header = Object.keys(DIRECTORY_FILES[name].shape);
  const parsed = parseCsv(name, text, refusals);
  const [first, ...rest] = parsed;
  if (first === undefined || first.record.join(',') !== header.join(',')) {
    if (parsed.length > 0 || text.trim() === '') {
      const wanted = header.join(',');
      refusals.add(
        'HEADER_WRONG',
        name,
        1,
        `Första raden ska vara: ${wanted}`,
        `The first line must be: ${wanted}`,
      );
    }
    return [];
  }
  return rest.flatMap(({ record, info }) => {
    const cells = schema.safeParse(
      Object.fromEntries(header.map((key, index) => [key, record[index] ?? ''])),
    );
    if (cells.success) return [{ line: info.lines, cells: cells.data }];
    for (const { path, message } of cells.error.issues) {
      const [cell, { sv, en }] = [path.join('.'), bilingual(message)];
      refusals.add('ROW_MALFORMED', name, info.lines, `${cell} ${sv}.`, `${cell} ${en}.`);
    }
    return [];
  });
}

function schemaOf<Name extends DirectoryFileName>(name: Name): z.ZodType<FileRow<Name>> {
  const schemas: { readonly [Key in DirectoryFileName]: z.ZodType<FileRow<Key>> } = DIRECTORY_FILES;
  return schemas[name];
}

function parseCsv(
  name: DirectoryFileName,
  text: string,
  refusals: FileRefusals,
): z.infer<typeof ParsedSchema> {
  try {
    return ParsedSchema.parse(parse(text, { info: true, bom: true, skip_empty_lines: true }));
  } catch (error) {
    const line =
      error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : null;
    const why = error instanceof Error ? error.message : String(error);
    refusals.add(
      'ROW_MALFORMED',
      name,
      line,
      `Filen går inte att läsa: ${why}`,
      `The file cannot be read: ${why}`,
    );
    return [];
  }
}
