// npm run keys -- list|rotate|index|reindex|erase …: the keys of a unit, as its party. Ciphertext is never touched.
import { Problem } from '../local/problem.js';
import { printLines, runOperator } from '../operator/operator-command.js';
import { carryOut, readWish, USAGE } from './keys-command.js';
import { unitKeysInHand } from './unit-keys-of.js';

/** 2: nothing was done. */
async function main(args: readonly string[]): Promise<number> {
  const wish = readWish(args);
  if (wish === null) throw new Problem(USAGE);
  const keys = await unitKeysInHand(wish.unit, process.env);
  try {
    return await carryOut(wish, keys, (line) => printLines([line]));
  } finally {
    await keys.close();
  }
}

await runOperator(main);
