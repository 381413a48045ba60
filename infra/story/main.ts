// npm run story [-- --lang sv|en] [--search-canaries]: the first night, told by the running system.
import { parseArgs } from 'node:util';
import { Problem } from '../local/problem.js';
import { readRunning } from '../local/running-file.js';
import { isClean, searchCanaries, searchInWords } from './canary-search.js';
import { readAddresses } from './stage/addresses.js';
import type { Language, Said } from './stage/language.js';
import { NotAsTold } from './stage/not-as-told.js';
import { Stage } from './stage/stage.js';
import { theFirstNight } from './the-first-night.js';
import { verified } from './verified.js';

const USAGE = 'Usage: npm run story -- [--lang sv|en] [--search-canaries]';

const write = (line: string): void => void process.stdout.write(`${line}\n`);
// `story | head` closes the pipe early: that is no error of the reader's.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

interface Wishes {
  readonly language: Language;
  readonly search: boolean;
}

function readWishes(args: readonly string[]): Wishes | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        lang: { type: 'string', default: 'sv' },
        'search-canaries': { type: 'boolean', default: false },
      },
    });
    const { lang } = values;
    if (lang !== 'sv' && lang !== 'en') return null;
    return { language: lang, search: values['search-canaries'] };
  } catch {
    return null;
  }
}

/** 0: all was as told; 1: something was not; 2: there was nothing to play on. */
async function main({ language, search }: Wishes): Promise<number> {
  const say = (said: Said) => write(said[language]);
  const addresses = readAddresses(process.env);
  // Known before the story begins: a search that cannot be made should not wait until the end to say so.
  const running = search ? readRunning() : null;
  const stage = new Stage({
    addresses,
    language,
    write,
    isColourful: process.stdout.isTTY === true && !process.env['NO_COLOR'],
  });
  const run = await theFirstNight(stage);
  if (addresses.isOurs) {
    stage.timeline.line();
    await verified(language, write);
  }
  if (running !== null) {
    stage.timeline.chapter({ sv: '12. Sökt där inget får stå', en: '12. Searched where nothing may stand' });
    const outcome = await searchCanaries(running, run);
    for (const line of searchInWords(outcome, run.canaries.length)) say(line);
    if (!isClean(outcome)) {
      throw new NotAsTold('expected nothing of what was written about people outside sealed content');
    }
  }
  const seconds = ((Date.now() - stage.begun.getTime()) / 1000).toFixed(0);
  write('');
  say({
    sv: `Allt var som det berättas (${seconds} s). Det som öppnades är stängt.`,
    en: `All was as it is told (${seconds} s). What was opened is closed.`,
  });
  return 0;
}

const wishes = readWishes(process.argv.slice(2));
try {
  if (wishes === null) throw new Problem(USAGE);
  process.exitCode = await main(wishes);
} catch (error) {
  if (error instanceof NotAsTold) {
    const lead = wishes?.language === 'en' ? 'Not as told' : 'Inte som det berättas';
    process.stderr.write(`\n${lead}: ${error.message}.\n`);
    process.exitCode = 1;
  } else if (error instanceof Problem) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
