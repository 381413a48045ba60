// npm run rearm [-- --json] [--lang sv|en]: starts every open workflow anew from PostgreSQL, harmless beside live ones.
import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { connectClient, isTemporalServing } from '#temporal';
import { Problem } from '../local/problem.js';
import { red, say } from '../local/say.js';
import { operatorAddresses } from '../operator/addresses.js';
import { type RearmReport, rearmRecord } from './rearm-record.js';

const USAGE = 'Usage: npm run rearm -- [--json] [--lang sv|en]';
type Language = 'sv' | 'en';

function readWishes(args: readonly string[]): { json: boolean; language: Language } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, lang: { type: 'string', default: 'sv' } },
    });
    if (values.lang === 'sv' || values.lang === 'en') return { json: values.json, language: values.lang };
  } catch {
    // Falls through: an unknown option is answered like a wrong one.
  }
  throw new Problem(USAGE);
}

function reportLines({ open, told, over, refused, seconds }: RearmReport, language: Language): string[] {
  const rate = Math.round(told / Math.max(seconds, 0.001));
  const words = {
    sv: [
      `${told} av ${open} öppna strömmar har sin klocka (${seconds.toFixed(1)} s, ${rate}/s).`,
      'Öppna i registret men avslutade i Temporal:',
      'Temporal vägrade dessa; de är kvar som de var:',
    ],
    en: [
      `${told} of ${open} open streams have their clock (${seconds.toFixed(1)} s, ${rate}/s).`,
      'Open in the record but completed in Temporal:',
      'Temporal refused these; they are as they were:',
    ],
  }[language];
  const [sentence = '', overWords = '', refusedWords = ''] = words;
  return [
    sentence,
    ...(over.length > 0 ? [overWords, ...over.map((name) => `  ${name}`)] : []),
    ...(refused.length > 0 ? [refusedWords, ...refused.map((name) => `  ${name}`)] : []),
  ];
}

/** 0: every open stream has its workflow; 1: some have not, and are named. */
async function main(): Promise<number> {
  const { json, language } = readWishes(process.argv.slice(2));
  const addresses = operatorAddresses(process.env);
  const temporal = connectClient(addresses.temporal);
  const record = await new DataSource({
    type: 'postgres',
    url: addresses.databaseUrl,
    installExtensions: false,
    applicationName: 'handslag rearm',
  }).initialize();
  try {
    if (!(await isTemporalServing(temporal.client)))
      throw new Problem(
        `Temporal does not answer at ${addresses.temporal.TEMPORAL_ADDRESS} for the namespace ${addresses.temporal.TEMPORAL_NAMESPACE}: start it, then run this again.`,
      );
    const report = await rearmRecord({
      record,
      client: temporal.client,
      progress: (told, open, perSecond) => say(`${told} / ${open} (${Math.round(perSecond)}/s)`),
    });
    const lines = json ? [JSON.stringify(report)] : reportLines(report, language);
    process.stdout.write(`${lines.join('\n')}\n`);
    return report.over.length + report.refused.length === 0 ? 0 : 1;
  } finally {
    await temporal.close();
    await record.destroy();
  }
}

/** 2: nothing could be done. */
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
