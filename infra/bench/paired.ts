/** Times of one pair: the same work under two conditions, measured one right after the other. */
export interface Pair {
  readonly base: number;
  readonly tried: number;
}

export interface Comparison {
  /** The geometric mean of tried / base over the pairs: 1.05 means five hundredths longer. */
  readonly ratio: number;
  /** Between these the ratio lies, with 95 % confidence (bootstrap over pairs). */
  readonly low: number;
  readonly high: number;
  readonly pairs: number;
}

const RESAMPLES = 4_000;

/**
 * Compares two conditions by their pairs: what else happens on the machine strikes both halves of a pair, and the ratio
 * is left. The same pairs give the same answer. Throws a RangeError for fewer than five pairs.
 */
export function comparePairs(pairs: readonly Pair[]): Comparison {
  if (pairs.length < 5) throw new RangeError(`${pairs.length} pairs are too few to tell anything`);
  const logs = pairs.map(({ base, tried }) => Math.log(tried / base));
  const random = seeded(pairs.length);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(logs.map(() => logs[Math.floor(random() * logs.length)] ?? 0)),
  ).sort((one, other) => one - other);
  const at = (share: number): number => Math.exp(means[Math.floor(share * (RESAMPLES - 1))] ?? 0);
  return { ratio: Math.exp(mean(logs)), low: at(0.025), high: at(0.975), pairs: pairs.length };
}

/**
 * Measures pairs, turning the order within a pair each time, so that neither condition is always first. The first pair warms
 * up and is not counted.
 */
export async function measurePairs(
  count: number,
  measure: (condition: keyof Pair) => Promise<number>,
  told: (pair: Pair, number: number) => void = () => undefined,
): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let number = 0; number <= count; number += 1) {
    const order = number % 2 === 0 ? (['base', 'tried'] as const) : (['tried', 'base'] as const);
    const [first, second] = [await measure(order[0]), await measure(order[1])];
    const pair = order[0] === 'base' ? { base: first, tried: second } : { base: second, tried: first };
    if (number === 0) continue;
    pairs.push(pair);
    told(pair, number);
  }
  return pairs;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Numbers from 0 to 1 that are the same for a seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
