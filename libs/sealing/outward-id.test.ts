import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OutwardIds } from './outward-id.js';

const ids = new OutwardIds(randomBytes(32));
const anyUuid = fc.uuid();
const anyBeholder = fc.record({
  authority: fc.string({ minLength: 1 }),
  side: fc.constantFrom('victim' as const, 'perpetrator' as const),
});

describe('an outward id', () => {
  it('is written like a uuid and leads back to the real one for the same beholder', () => {
    fc.assert(
      fc.property(anyUuid, anyBeholder, (real, beholder) => {
        const outward = ids.outwardId(real, beholder);
        expect(outward).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        expect(outward).not.toBe(real);
        expect(ids.inwardId(outward, beholder)).toBe(real);
        expect(ids.inwardId(outward.toUpperCase(), beholder)).toBe(real);
      }),
    );
  });

  it('is the same each time, and another for every authority and side', () => {
    fc.assert(
      fc.property(anyUuid, fc.string(), fc.string(), (real, authority, other) => {
        fc.pre(authority !== other);
        const seen = [authority, other].flatMap((by) =>
          (['victim', 'perpetrator'] as const).map((side) => ids.outwardId(real, { authority: by, side })),
        );
        expect(new Set(seen).size).toBe(4);
        expect(ids.outwardId(real, { authority, side: 'victim' })).toBe(seen[0]);
      }),
    );
  });

  it('of another beholder leads nowhere near the real one', () => {
    fc.assert(
      fc.property(anyUuid, (real) => {
        const outward = ids.outwardId(real, { authority: 'farsta', side: 'victim' });
        expect(ids.inwardId(outward, { authority: 'farsta', side: 'perpetrator' })).not.toBe(real);
        expect(
          new OutwardIds(randomBytes(32)).inwardId(outward, { authority: 'farsta', side: 'victim' }),
        ).not.toBe(real);
      }),
    );
  });

  it('that is not written like a uuid leads nowhere', () => {
    for (const text of ['', 'x', `${'0'.repeat(32)}`, "'; drop table", '1'.repeat(4000)])
      expect(ids.inwardId(text, { authority: 'farsta', side: 'victim' })).toBeNull();
  });
});
