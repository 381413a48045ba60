// npm run rearm [-- --json] [--lang sv|en]: starts every open workflow anew from PostgreSQL, harmless beside live ones.
import type { Language } from '#calendar';
import { connectClient, isTemporalServing } from '#temporal';
import { Problem } from '../local/problem.js';
import { say } from '../local/say.js';
import { operatorAddresses } from '../operator/addresses.js';
import {
  openAsOperator,
  printLines,
  readLanguage,
  readOptions,
  runOperator,
} from '../operator/operator-command.js';
import { type RearmReport, rearmRecord } from './rearm-record.js';

const USAGE = 'Usage: npm run rearm -- [--json] [--lang sv|en]';

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
async function main(args: readonly string[]): Promise<number> {
  const { json, lang } = readOptions(
    args,
    { json: { type: 'boolean', default: false }, lang: { type: 'string' } },
    USAGE,
  );
  const language = readLanguage(lang, USAGE);
  const addresses = operatorAddresses(process.env);
  const temporal = connectClient(addresses.temporal);
  const record = await openAsOperator(addresses.databaseUrl, 'rearm');
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
    printLines(json ? [JSON.stringify(report)] : reportLines(report, language));
    return report.over.length + report.refused.length === 0 ? 0 : 1;
  } finally {
    await temporal.close();
    await record.destroy();
  }
}

await runOperator(main);
