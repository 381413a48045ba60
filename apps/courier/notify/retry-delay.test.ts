import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { retryDelay } from './retry-delay.js';

describe('the time until the next try', () => {
  it('doubles from a second to a quarter of an hour, so that twenty tries take some hours and not days', () => {
    const waits = Array.from({ length: 19 }, (_none, made) => retryDelay(made + 1, 1_000));
    expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(waits.at(-1)).toBe(900_000);
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(2);
    expect(hours).toBeLessThan(4);
  });

  it('is never longer than that, and never shorter than the first', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 60_000 }), (made, first) => {
        const wait = retryDelay(made, first);
        expect(wait).toBeGreaterThanOrEqual(first);
        expect(wait).toBeLessThanOrEqual(900_000);
      }),
    );
  });
});
