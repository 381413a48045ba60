import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BlindIndex, type BlindValue } from './blind-index.js';

const VALUE: BlindValue = { unit: 'rvt-sydvast', audience: 'unit', kind: 'name', value: 'anna svensson' };

describe('a blind index', () => {
  const key = randomBytes(32);
  const index = new BlindIndex(1, key);

  it('gives the same tag for the same value, in every process with the key', () => {
    expect(index.tag(VALUE)).toBe(new BlindIndex(1, Buffer.from(key)).tag(VALUE));
    expect(index.tag(VALUE)).toMatch(/^[\w-]{43}$/);
  });

  it('gives other tags under another key, and for another unit, audience, kind or value', () => {
    const changes: Partial<BlindValue>[] = [
      { unit: 'rvt-farsta' },
      { audience: 'entitled' },
      { audience: 'linked' },
      { kind: 'case-number' },
      { value: 'anna svenssen' },
    ];
    const tags = [index.tag(VALUE), ...changes.map((change) => index.tag({ ...VALUE, ...change }))];
    expect(new Set(tags).size).toBe(changes.length + 1);
    expect(new BlindIndex(1, randomBytes(32)).tag(VALUE)).not.toBe(index.tag(VALUE));
    expect(BlindIndex.ofNothing().tag(VALUE)).not.toBe(BlindIndex.ofNothing().tag(VALUE));
  });

  it('is no hash that can be guessed without the key', () => {
    for (const guess of [VALUE.value, JSON.stringify(VALUE), JSON.stringify(Object.values(VALUE))]) {
      expect(index.tag(VALUE)).not.toBe(createHash('sha256').update(guess).digest('base64url'));
    }
  });

  it('keeps parts apart: no two values share a tag by where their borders are', () => {
    const text = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(text, text, text, text, (unit, value, otherUnit, otherValue) => {
        fc.pre(unit !== otherUnit || value !== otherValue);
        expect(index.tag({ ...VALUE, unit, value })).not.toBe(
          index.tag({ ...VALUE, unit: otherUnit, value: otherValue }),
        );
      }),
    );
  });
});
