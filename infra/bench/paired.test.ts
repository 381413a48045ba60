import { describe, expect, it } from '@jest/globals';
import { comparePairs, measurePairs, type Pair } from './paired.js';

describe('a paired comparison', () => {
  it('finds a ratio that every pair has, whatever the machine does between pairs', () => {
    const pairs = Array.from({ length: 12 }, (_, at) => ({ base: 1 + at * 3, tried: (1 + at * 3) * 1.08 }));
    const { ratio, low, high } = comparePairs(pairs);
    for (const value of [ratio, low, high]) expect(value).toBeCloseTo(1.08, 10);
  });

  it('does not claim a difference where pairs disagree', () => {
    const pairs = Array.from({ length: 20 }, (_, at) => ({ base: 10, tried: at % 2 ? 12 : 10 / 1.2 }));
    const { ratio, low, high } = comparePairs(pairs);
    expect(ratio).toBeCloseTo(1, 10);
    expect(low).toBeLessThan(0.97);
    expect(high).toBeGreaterThan(1.03);
    expect(comparePairs(pairs)).toEqual(comparePairs(pairs));
  });

  it('says nothing of a handful', () => {
    expect(() => comparePairs([{ base: 1, tried: 1 }])).toThrow(RangeError);
  });

  it('measures both conditions in turns and leaves the first pair out', async () => {
    const order: (keyof Pair)[] = [];
    const pairs = await measurePairs(2, async (condition) => order.push(condition));
    expect(order).toEqual(['base', 'tried', 'tried', 'base', 'base', 'tried']);
    expect(pairs).toEqual([
      { base: 4, tried: 3 },
      { base: 5, tried: 6 },
    ]);
  });
});
