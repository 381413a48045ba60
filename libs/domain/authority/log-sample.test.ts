import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keysOf } from '../wording/index.js';
import { LOG_RISKS, type LoggedAccess, risksOf } from './log-risks.js';
import { drawSample } from './log-sample.js';

const access = fc.record({
  id: fc.uuid(),
  risks: fc.uniqueArray(fc.constantFrom(...keysOf(LOG_RISKS)), { maxLength: 2 }),
});
const accesses = fc.uniqueArray(access, { selector: ({ id }) => id, maxLength: 80 });

describe('a draw', () => {
  it('is the same for the same seed, in whatever order the accesses come, and has nothing twice', () => {
    fc.assert(
      fc.property(fc.string(), accesses, fc.integer({ min: 0, max: 20 }), (seed, all, size) => {
        const drawn = drawSample(seed, all, size);
        expect(drawSample(seed, all.toReversed(), size)).toEqual(drawn);
        expect(new Set(drawn.map(({ id }) => id)).size).toBe(drawn.length);
      }),
    );
  });

  it('has every emergency opening and own name, one at least of each other risk, and no more by chance than asked', () => {
    fc.assert(
      fc.property(fc.string(), accesses, fc.integer({ min: 0, max: 20 }), (seed, all, size) => {
        const drawn = drawSample(seed, all, size);
        const ids = new Set(drawn.map(({ id }) => id));
        for (const { id, risks } of all)
          if (risks.includes('break-glass') || risks.includes('own-name-lookup')) expect(ids).toContain(id);
        for (const risk of keysOf(LOG_RISKS))
          if (all.some(({ risks }) => risks.includes(risk)))
            expect(drawn.some(({ risks }) => risks.includes(risk))).toBe(true);
        const always = drawn.filter(({ why }) => why !== 'weighted').length;
        expect(drawn.length).toBe(Math.min(all.length, always + size));
      }),
    );
  });

  it('prefers what is risky, and can still draw anything', () => {
    const all = Array.from({ length: 100 }, (_, index) => ({
      id: `access-${index}`,
      risks: index < 10 ? (['protected-identity'] as const) : [],
    }));
    const draws = Array.from({ length: 300 }, (_, seed) => drawSample(`seed ${seed}`, all, 10));
    const counts = new Map<string, number>();
    for (const { id } of draws.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
    const mean = (from: number, to: number) =>
      all.slice(from, to).reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0) / (to - from);
    expect(mean(0, 10)).toBeGreaterThan(5 * mean(10, 100));
    expect(counts.size).toBe(100);
  });
});

describe('the risks of an access', () => {
  const logged: LoggedAccess = {
    id: 'leaf',
    kind: 'reading',
    action: 'read-content',
    person: 'me',
    marked: [],
    assignedTo: ['me'],
    isProtected: false,
    officeOpen: true,
    onDuty: false,
  };
  it.each([
    [{}, []],
    [{ action: 'break-glass-read' }, ['break-glass']],
    [{ assignedTo: ['her'] }, ['not-assigned']],
    [{ assignedTo: [null] }, ['not-assigned']],
    [{ assignedTo: [] }, []],
    [{ kind: 'command', assignedTo: ['her'] }, []],
    [{ officeOpen: false }, ['outside-hours']],
    [{ officeOpen: false, onDuty: true }, []],
    [{ isProtected: true }, ['protected-identity']],
    [{ marked: ['own-name-lookup', 'nonsense'] }, ['own-name-lookup']],
    [{ isProtected: true, marked: ['protected-identity'] }, ['protected-identity']],
  ] as const)('%j: %j', (some, risks) => {
    expect(risksOf({ ...logged, ...some })).toEqual(risks);
  });
});
