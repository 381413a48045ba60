/** A list of what each dimension can be; a row is one index of each. */
export type Sizes = readonly number[];

/** Numbers that look random and are the same each time (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * Rows in which every value of every dimension meets every value of every other at least once, the first two dimensions
 * in full and the rest filled in by the seed. The caller can count on it: what is missing after the first pass is added.
 */
export function pairwise(sizes: Sizes, seed: number): number[][] {
  const next = seeded(seed);
  const rows: number[][] = [];
  const met = new Set<number>();
  // Each value of each dimension has a number of its own; a pair is a number too.
  const starts = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const pairOf = (row: readonly number[], one: number, other: number) =>
    ((starts[one] ?? 0) + (row[one] ?? 0)) * total + (starts[other] ?? 0) + (row[other] ?? 0);
  const add = (fixed: ReadonlyMap<number, number>) => {
    const row = sizes.map((size, at) => fixed.get(at) ?? next(size));
    rows.push(row);
    for (let one = 0; one < sizes.length; one += 1)
      for (let other = one + 1; other < sizes.length; other += 1) met.add(pairOf(row, one, other));
  };
  for (let one = 0; one < sizes.length; one += 1)
    for (let other = one + 1; other < sizes.length; other += 1)
      for (let first = 0; first < (sizes[one] ?? 0); first += 1)
        for (let second = 0; second < (sizes[other] ?? 0); second += 1) {
          const fixed = new Map([
            [one, first],
            [other, second],
          ]);
          const pair = ((starts[one] ?? 0) + first) * total + (starts[other] ?? 0) + second;
          if (!met.has(pair)) add(fixed);
        }
  return rows;
}
