import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ReceiptDocumentSchema, type ReceiptPayload, type ReceiptVerdict, verifyReceipt } from '#sealing';

/** Where the command writes: the verdict, and what keeps it from giving one. */
export interface Output {
  line(text: string): void;
  problem(sentence: string): void;
}

/** 0: valid; 1: not valid; 2: nothing could be checked. */
export type ExitCode = 0 | 1 | 2;

export const USAGE = 'receipt -- verify receipt.json --keys keys.json [--file file]… [--lang sv|en] [--json]';

type Language = 'sv' | 'en';
type Refusal = Extract<ReceiptVerdict, { ok: false }>['code'];

/** What the reader of a receipt should make of it. */
const REFUSALS = {
  NOT_A_RECEIPT: {
    sv: 'Filen är inte ett kvitto från Handslag.',
    en: 'The file is not a receipt from Handslag.',
  },
  KEYS_MALFORMED: {
    sv: 'Nyckelfilen innehåller inte enheternas nycklar. Hämta den på nytt.',
    en: "The file of keys does not hold the units' keys. Fetch it again.",
  },
  KEY_UNKNOWN: {
    sv: 'Nyckeln som kvittot är signerat med finns inte i nyckelfilen. Hämta en ny nyckelfil och försök igen.',
    en: 'The key that signed the receipt is not in the file of keys. Fetch the file again and retry.',
  },
  SIGNATURE_DIFFERS: {
    sv: 'Signaturen stämmer inte: kvittot är ändrat.',
    en: 'The signature does not match: the receipt was changed.',
  },
  KEY_OF_ANOTHER_UNIT: {
    sv: 'Kvittot är signerat av en annan enhet än den det nämner.',
    en: 'The receipt was signed by another unit than the one it names.',
  },
} as const satisfies Record<Refusal, Record<Language, string>>;

/** Checks one receipt against a file of keys, without a network or a database; file names are relative to `folder`. */
export async function receiptCommand(
  args: readonly string[],
  folder: string,
  output: Output,
): Promise<ExitCode> {
  const question = readQuestion(args);
  if (!question) {
    output.problem(`Usage: npm run ${USAGE}`);
    return 2;
  }
  const { receiptFile, keysFile, files, language, json } = question;
  const receiptText = await readText(path.resolve(folder, receiptFile));
  const keysText = await readText(path.resolve(folder, keysFile));
  if (receiptText === null || keysText === null) {
    output.problem(`${receiptText === null ? receiptFile : keysFile} cannot be read: check the name.`);
    return 2;
  }
  const verdict = await verifyReceipt(jwsIn(receiptText), parsedJson(keysText));
  const checked: CheckedFile[] = [];
  for (const file of files) {
    const sha256 = await hashOf(path.resolve(folder, file));
    if (sha256 === null) {
      output.problem(`${file} cannot be read: check the name.`);
      return 2;
    }
    checked.push({ file, sha256, isNamed: verdict.ok && names(verdict.payload, sha256) });
  }
  const said = json
    ? [JSON.stringify(checked.length === 0 ? verdict : { ...verdict, files: checked })]
    : [...describe(verdict, language), ...checked.map((one) => describeFile(one, language))];
  for (const line of said) output.line(line);
  return verdict.ok && checked.every(({ isNamed }) => isNamed) ? 0 : 1;
}

/** A file that lies beside the receipt of its transfer, and whether the receipt names exactly its bytes. */
interface CheckedFile {
  readonly file: string;
  readonly sha256: string;
  readonly isNamed: boolean;
}

function names(receipt: ReceiptPayload, sha256: string): boolean {
  return receipt.kind === 'transfer' && receipt.files.some((one) => one.sha256 === sha256);
}

async function hashOf(file: string): Promise<string | null> {
  try {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) hash.update(chunk);
    return hash.digest('hex');
  } catch {
    return null;
  }
}

function describeFile({ file, isNamed }: CheckedFile, language: Language): string {
  const words = isNamed
    ? { sv: 'stämmer med kvittot', en: 'is what the receipt names' }
    : { sv: 'STÄMMER INTE med kvittot', en: 'is NOT what the receipt names' };
  return `  ${file}: ${words[language]}`;
}

function readQuestion(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        keys: { type: 'string' },
        file: { type: 'string', multiple: true, default: [] },
        lang: { type: 'string', default: 'sv' },
        json: { type: 'boolean', default: false },
      },
    });
    const [verb, receiptFile, ...more] = positionals;
    const { keys, lang, json, file } = values;
    if (verb !== 'verify' || !receiptFile || !keys || more.length > 0) return null;
    if (!isLanguage(lang)) return null;
    return { receiptFile, keysFile: keys, files: file, language: lang, json };
  } catch {
    return null;
  }
}

function isLanguage(text: string): text is Language {
  return text === 'sv' || text === 'en';
}

/** A receipt is handed over as the API answers it, or as the bare JWS. */
function jwsIn(text: string): string {
  const document = ReceiptDocumentSchema.safeParse(parsedJson(text));
  return document.success ? document.data.receipt : text.trim();
}

function describe(verdict: ReceiptVerdict, language: Language): string[] {
  const isSwedish = language === 'sv';
  if (!verdict.ok) return [`${isSwedish ? 'EJ GILTIGT' : 'NOT VALID'}: ${REFUSALS[verdict.code][language]}`];
  return [
    `${isSwedish ? 'GILTIGT' : 'VALID'}: ${statement(verdict.payload)[language]}`,
    ...Object.entries(verdict.payload).flatMap(([name, value]) =>
      [value]
        .flat()
        .map(
          (one) => `  ${name.padEnd(14)} ${typeof one === 'string' ? one : Object.values(one).join('  ')}`,
        ),
    ),
    `  ${'kid'.padEnd(14)} ${verdict.kid}`,
  ];
}

function statement(receipt: ReceiptPayload): Record<Language, string> {
  switch (receipt.kind) {
    case 'acceptance':
      return {
        sv: `${receipt.iss} (${receipt.takenBy}) tog över ärendet från ${receipt.fromUnit} ${receipt.acceptedAt}.`,
        en: `${receipt.iss} (${receipt.takenBy}) took the matter over from ${receipt.fromUnit} at ${receipt.acceptedAt}.`,
      };
    case 'attestation':
      return {
        sv: `${receipt.iss} intygar att ${receipt.toUnit} (${receipt.takenBy}) tog emot ${receipt.takenAt}.`,
        en: `${receipt.iss} attests that ${receipt.toUnit} (${receipt.takenBy}) took it at ${receipt.takenAt}.`,
      };
    case 'transfer':
      return {
        sv: `${receipt.iss} (${receipt.madeBy}) tog ut ärendet till sin personakt ${receipt.madeAt}.`,
        en: `${receipt.iss} (${receipt.madeBy}) took the matter out to its own case file at ${receipt.madeAt}.`,
      };
  }
}

async function readText(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
