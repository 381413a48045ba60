// npm run erasures [-- --apply] [--json] [--lang sv|en]: did a restored key store bring back what was erased?
import type { Language } from '#calendar';
import { Problem } from '../local/problem.js';
import { operatorAddresses } from '../operator/addresses.js';
import {
  openAsOperator,
  printLines,
  readLanguage,
  readOptions,
  runOperator,
} from '../operator/operator-command.js';
import { type ReapplyReport, reapplyErasures } from './reapply-erasures.js';

const USAGE = 'Usage: npm run erasures -- [--apply] [--json] [--lang sv|en]';

function reportLines({ disposed, back, erasedAgain, unknown }: ReapplyReport, language: Language): string[] {
  const words = {
    sv: [
      `${disposed} gallrade innehåll enligt registret, ${back} hade åter en nyckel, ${erasedAgain} raderades igen.`,
      ...(back > erasedAgain ? ['Kör igen med --apply innan tjänsterna startas.'] : []),
      ...(unknown.length > 0 ? ['Registret är äldre än dessa gallringar; fatta dem på nytt:'] : []),
    ],
    en: [
      `${disposed} contents erased by the record, ${back} had a key again, ${erasedAgain} were erased again.`,
      ...(back > erasedAgain ? ['Run it again with --apply before the services start.'] : []),
      ...(unknown.length > 0 ? ['The record is older than these disposals; decide them anew:'] : []),
    ],
  }[language];
  return [...words, ...unknown.map((id) => `  ${id}`)];
}

/** 0: nothing erased can be read; 1: something can, or the record does not know of a disposal. */
async function main(args: readonly string[]): Promise<number> {
  const { apply, json, lang } = readOptions(
    args,
    {
      apply: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      lang: { type: 'string' },
    },
    USAGE,
  );
  const language = readLanguage(lang, USAGE);
  const { databaseUrl, keysDatabaseUrl } = operatorAddresses(process.env);
  if (keysDatabaseUrl === null)
    throw new Problem('Set KEYS_DATABASE_URL: it is the key store that is looked into.');
  const record = await openAsOperator(databaseUrl, 'erasures');
  const keys = await openAsOperator(keysDatabaseUrl, 'erasures');
  try {
    const report = await reapplyErasures({ record, keys, apply });
    printLines(json ? [JSON.stringify(report)] : reportLines(report, language));
    return report.back === report.erasedAgain && report.unknown.length === 0 ? 0 : 1;
  } finally {
    await keys.destroy();
    await record.destroy();
  }
}

await runOperator(main);
