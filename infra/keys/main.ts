// npm run keys -- list|rotate|erase …: the keys of a unit, as its party. Ciphertext is never touched.
import { Problem } from '../local/problem.js';
import { red } from '../local/say.js';
import { carryOut, readWish, USAGE } from './keys-command.js';
import { unitKeysInHand } from './unit-keys-of.js';

async function main(): Promise<number> {
  const wish = readWish(process.argv.slice(2));
  if (wish === null) throw new Problem(USAGE);
  const keys = await unitKeysInHand(wish.unit, process.env);
  try {
    return await carryOut(wish, keys, (line) => void process.stdout.write(`${line}\n`));
  } finally {
    await keys.close();
  }
}

/** 2: nothing was done. */
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
