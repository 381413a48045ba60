import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkLine, type MatterLine, type Spell } from './line-of-spells.js';

const NEVER = Number.POSITIVE_INFINITY;
const spell = (unit: string, from: number, until = NEVER): Spell => ({ unit, from, until });
const line = (spells: Spell[], given: Partial<MatterLine> = {}): MatterLine => ({
  openedAt: 0,
  closedAt: NEVER,
  holder: spells.at(-1)?.unit ?? '',
  spells,
  ...given,
});

describe('the line of who answers, computed anew', () => {
  it('finds nothing in a line without a hole, open or closed', () => {
    const whole = { defects: [], unownedMs: 0 };
    expect(checkLine(line([spell('a', 0)]), 100)).toEqual(whole);
    expect(checkLine(line([spell('a', 0, 10), spell('b', 10, 30)], { closedAt: 30 }), 100)).toEqual(whole);
  });

  it.each([
    ['no spell at all', line([]), { defects: ['no-spell'], unownedMs: 100 }],
    ['a gap', line([spell('a', 0, 10), spell('b', 15)]), { defects: ['gap'], unownedMs: 5 }],
    ['an overlap', line([spell('a', 0, 20), spell('b', 15)]), { defects: ['overlap'], unownedMs: 0 }],
    [
      'a short spell inside a long one',
      line([spell('a', 0, 50), spell('b', 10, 20), spell('c', 50)]),
      { defects: ['overlap'], unownedMs: 0 },
    ],
    ['a late start', line([spell('a', 7)]), { defects: ['starts-elsewhere'], unownedMs: 7 }],
    [
      'an early end of an open matter',
      line([spell('a', 0, 60)]),
      { defects: ['ends-elsewhere'], unownedMs: 40 },
    ],
    [
      'an end after the close',
      line([spell('a', 0, 60)], { closedAt: 50 }),
      { defects: ['ends-elsewhere'], unownedMs: 0 },
    ],
    [
      'a holder that the last spell does not name',
      line([spell('a', 0)], { holder: 'b' }),
      { defects: ['other-holder'], unownedMs: 0 },
    ],
  ])('finds %s', (_, given, expected) => {
    expect(checkLine(given, 100)).toEqual(expected);
  });

  it('counts exactly the instants that nobody answers for, whatever the spells (property)', () => {
    const anySpell = fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 20 }))
      .map(([from, length]) => spell('a', from, from + length));
    fc.assert(
      fc.property(fc.array(anySpell, { maxLength: 6 }), fc.integer({ min: 1, max: 60 }), (spells, now) => {
        const instants = Array.from({ length: now }, (_, at) => at);
        const unowned = instants.filter((at) => !spells.some(({ from, until }) => from <= at && at < until));
        expect(checkLine(line(spells), now).unownedMs).toBe(unowned.length);
      }),
    );
  });
});
