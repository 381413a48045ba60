// npm run verify [-- --json] [--lang sv|en] [--grace 120] [--heads <file>] [--export <file>]: is all that must be true, true?
import path from 'node:path';
import type { Language } from '#calendar';
import { connectClient } from '#temporal';
import { Problem } from '../local/problem.js';
import { dim, say } from '../local/say.js';
import { operatorAddresses } from '../operator/addresses.js';
import {
  openAsOperator,
  printLines,
  readLanguage,
  readOptions,
  runOperator,
} from '../operator/operator-command.js';
import { exportReportLines, reportLines } from './report-lines.js';
import { readKnownHeads } from './trail/known-heads.js';
import { verifyExport } from './verify-export.js';
import { verifyRecord } from './verify-record.js';

const USAGE = `Usage: npm run verify -- [--json] [--lang sv|en] [--heads <file with tree heads kept elsewhere>]
  [--grace <seconds the relay and the sealer may be behind>]   a live record
  --export <file>                                              an export of the audit, offline`;
const DEFAULT_GRACE_SECONDS = 120;

interface Wishes {
  readonly json: boolean;
  readonly language: Language;
  readonly graceSeconds: number;
  readonly headsFile: string | null;
  readonly exportFile: string | null;
}

function readWishes(args: readonly string[]): Wishes {
  const { json, lang, grace, heads, ...given } = readOptions(
    args,
    {
      json: { type: 'boolean', default: false },
      lang: { type: 'string' },
      grace: { type: 'string', default: String(DEFAULT_GRACE_SECONDS) },
      heads: { type: 'string' },
      export: { type: 'string' },
    },
    USAGE,
  );
  const graceSeconds = Number(grace);
  if (!Number.isInteger(graceSeconds) || graceSeconds < 0) throw new Problem(USAGE);
  return {
    json,
    language: readLanguage(lang, USAGE),
    graceSeconds,
    headsFile: fromWhereTheReaderStands(heads),
    exportFile: fromWhereTheReaderStands(given.export),
  };
}

/** npm runs in the project's folder; file names are meant from where the reader stands. */
function fromWhereTheReaderStands(file: string | undefined): string | null {
  return file === undefined ? null : path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}

/** 0: all holds; 1: something does not, with the ids. */
async function main(args: readonly string[]): Promise<number> {
  const wishes = readWishes(args);
  return wishes.exportFile === null ? verifyLive(wishes) : verifyOffline(wishes, wishes.exportFile);
}

async function verifyOffline({ json, language, headsFile }: Wishes, file: string): Promise<number> {
  const knownHeads = headsFile === null ? [] : await readKnownHeads(headsFile);
  const report = await verifyExport(file, knownHeads);
  printLines(json ? [JSON.stringify(report)] : exportReportLines(report, knownHeads.length, language));
  return report.ok ? 0 : 1;
}

async function verifyLive({ json, language, graceSeconds, headsFile }: Wishes): Promise<number> {
  const knownHeads = headsFile === null ? [] : await readKnownHeads(headsFile);
  const addresses = operatorAddresses(process.env);
  const record = await openAsOperator(addresses.databaseUrl, 'verify');
  const keys =
    addresses.keysDatabaseUrl === null ? null : await openAsOperator(addresses.keysDatabaseUrl, 'verify');
  const temporal = connectClient(addresses.temporal);
  try {
    const report = await verifyRecord({
      record,
      keys,
      temporal,
      graceSeconds,
      knownHeads,
      progress: (check) => (process.stderr.isTTY ? say(dim(check)) : undefined),
    });
    printLines(json ? [JSON.stringify(report)] : reportLines(report, language));
    return report.ok ? 0 : 1;
  } finally {
    await temporal.close();
    await keys?.destroy();
    await record.destroy();
  }
}

await runOperator(main);
