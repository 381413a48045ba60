// npm run verify [-- --json] [--lang sv|en] [--grace 120]: is everything that must always be true, true?
import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { connectClient } from '#temporal';
import { Problem } from '../local/problem.js';
import { dim, red, say } from '../local/say.js';
import { operatorAddresses } from '../operator/addresses.js';
import { type Language, reportLines } from './report-lines.js';
import { verifyRecord } from './verify-record.js';

const USAGE = 'Usage: npm run verify -- [--json] [--lang sv|en] [--grace <seconds the relay may be behind>]';
const DEFAULT_GRACE_SECONDS = 120;

interface Wishes {
  readonly json: boolean;
  readonly language: Language;
  readonly graceSeconds: number;
}

function readWishes(args: readonly string[]): Wishes {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        lang: { type: 'string', default: 'sv' },
        grace: { type: 'string', default: String(DEFAULT_GRACE_SECONDS) },
      },
    });
    const graceSeconds = Number(values.grace);
    if ((values.lang === 'sv' || values.lang === 'en') && Number.isInteger(graceSeconds) && graceSeconds >= 0)
      return { json: values.json, language: values.lang, graceSeconds };
  } catch {
    // Falls through: an unknown option is answered like a wrong one.
  }
  throw new Problem(USAGE);
}

/** 0: all holds; 1: something does not, with the ids. */
async function main(): Promise<number> {
  const { json, language, graceSeconds } = readWishes(process.argv.slice(2));
  const addresses = operatorAddresses(process.env);
  const open = (url: string) =>
    new DataSource({
      type: 'postgres',
      url,
      installExtensions: false,
      applicationName: 'handslag verify',
    }).initialize();
  const record = await open(addresses.databaseUrl);
  const keys = addresses.keysDatabaseUrl === null ? null : await open(addresses.keysDatabaseUrl);
  const temporal = connectClient(addresses.temporal);
  try {
    const report = await verifyRecord({
      record,
      keys,
      temporal,
      graceSeconds,
      progress: (check) => (process.stderr.isTTY ? say(dim(check)) : undefined),
    });
    const lines = json ? [JSON.stringify(report)] : reportLines(report, language);
    process.stdout.write(`${lines.join('\n')}\n`);
    return report.ok ? 0 : 1;
  } finally {
    await temporal.close();
    await keys?.destroy();
    await record.destroy();
  }
}

/** 2: nothing could be checked. */
try {
  process.exitCode = await main();
} catch (error) {
  const shown =
    error instanceof Problem
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${red(shown)}\n`);
  process.exitCode = 2;
}
