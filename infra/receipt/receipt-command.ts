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

export const USAGE = 'receipt -- verify receipt.json --keys keys.json [--lang sv|en] [--json]';

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
  const { receiptFile, keysFile, language, json } = question;
  const receiptText = await readText(path.resolve(folder, receiptFile));
  const keysText = await readText(path.resolve(folder, keysFile));
  if (receiptText === null || keysText === null) {
    output.problem(`${receiptText === null ? receiptFile : keysFile} cannot be read: check the name.`);
    return 2;
  }
  const verdict = await verifyReceipt(jwsIn(receiptText), parsedJson(keysText));
  for (const line of json ? [JSON.stringify(verdict)] : describe(verdict, language)) output.line(line);
  return verdict.ok ? 0 : 1;
}

function readQuestion(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        keys: { type: 'string' },
        lang: { type: 'string', default: 'sv' },
        json: { type: 'boolean', default: false },
      },
    });
    const [verb, receiptFile, ...more] = positionals;
    const { keys, lang, json } = values;
    if (verb !== 'verify' || !receiptFile || !keys || more.length > 0) return null;
    if (!isLanguage(lang)) return null;
    return { receiptFile, keysFile: keys, language: lang, json };
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
    ...Object.entries(verdict.payload).map(([name, value]) => `  ${name.padEnd(14)} ${value}`),
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
