import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { TreePublicKeySchema } from '#audit';
import { Problem } from '../../local/problem.js';

/** The form of the lines below, so that it can change while old exports stay checkable. */
export const EXPORT_FORMAT = 1;

const HashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const head = {
  authority: z.string(),
  size: z.int().min(0),
  root: HashSchema,
  jws: z.string(),
};
/** A leaf as it is stored; `salt` and `personal` are null where the person was erased, or was left out of the export. */
const ExportedLeafSchema = z.strictObject({
  id: z.guid(),
  format: z.int(),
  at: z.iso.datetime(),
  authority: z.string(),
  kind: z.enum(['command', 'reading', 'refusal']),
  action: z.string(),
  target_kind: z.string().nullable(),
  target_id: z.string().nullable(),
  unit_id: z.string().nullable(),
  code: z.string(),
  salt: z.string().nullable(),
  personal: z.string().nullable(),
  personal_hash: HashSchema,
  leaf_hash: HashSchema,
});

/**
 * One line of an export of the audit, in this order: what it is; public keys; heads; heads that the parties kept; the leaves of
 * each authority by position; what was not sealed yet; the end, with how many lines there are before it, and their digest.
 */
const ExportLineSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('audit-export'),
    format: z.literal(EXPORT_FORMAT),
    at: z.iso.datetime(),
    authorities: z.array(z.string()),
    persons: z.boolean(),
  }),
  z.strictObject({ type: z.literal('key'), ...TreePublicKeySchema.shape }),
  z.strictObject({ type: z.literal('head'), ...head }),
  z.strictObject({ type: z.literal('kept'), party: z.string(), verdict: z.string(), ...head }),
  z.strictObject({
    type: z.literal('leaf'),
    position: z.int().min(0),
    schema: z.string(),
    leaf: ExportedLeafSchema,
  }),
  z.strictObject({ type: z.literal('unsealed'), schema: z.string(), leaf: ExportedLeafSchema }),
  z.strictObject({ type: z.literal('end'), lines: z.int().min(1), sha256: HashSchema }),
]);
export type ExportLine = z.infer<typeof ExportLineSchema>;

/** A line that is none, or that comes after the end: its number from 1 on. */
export interface BrokenLine {
  readonly type: 'broken';
  readonly number: number;
}

/** The end of an export as it was read: whether all that it speaks for is there, byte by byte. */
export interface ExportEnd {
  readonly type: 'ended';
  readonly isWhole: boolean;
}

/** The digest over the lines of an export, with which its end shows that nothing of it was lost or bent on the way. */
export class LinesDigest {
  readonly #hash = createHash('sha256');
  #lines = 0;

  add(line: string): void {
    this.#lines += 1;
    this.#hash.update(line).update('\n');
  }

  /** The end of what was added; nothing can be added after it. */
  end(): { readonly type: 'end'; readonly lines: number; readonly sha256: string } {
    return { type: 'end', lines: this.#lines, sha256: this.#hash.digest('hex') };
  }
}

/** Reads an export line by line, however large it is. Throws a Problem when the file cannot be read. */
export async function* readExport(
  file: string,
): AsyncGenerator<Exclude<ExportLine, { type: 'end' }> | ExportEnd | BrokenLine> {
  const digest = new LinesDigest();
  let number = 0;
  let hasEnded = false;
  for await (const text of linesOf(file)) {
    number += 1;
    const parsed = ExportLineSchema.safeParse(fromJson(text));
    if (!parsed.success || hasEnded) yield { type: 'broken', number };
    else if (parsed.data.type === 'end') {
      hasEnded = true;
      const { lines, sha256 } = digest.end();
      yield { type: 'ended', isWhole: parsed.data.lines === lines && parsed.data.sha256 === sha256 };
    } else yield parsed.data;
    if (!hasEnded) digest.add(text);
  }
}

/** Split at line feeds and nothing else: what people write may hold other separators, and JSON lets them stand. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, 'utf8')) {
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(`${file} cannot be read (${why}): name a file that "npm run -s audit:export" wrote.`);
  }
  if (rest !== '') yield rest;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
