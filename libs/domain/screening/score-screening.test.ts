import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keysOf } from '../wording/index.js';
import { type ScreeningAnswer, scoreScreening, screeningDefects } from './score-screening.js';
import {
  SCREENING_INSTRUMENTS,
  SCREENING_IS,
  SCREENING_OCCASIONS,
  SCREENING_RESULTS,
  type ScreeningInstrumentId,
  screeningInstrument,
} from './screening-instruments.js';

const IDS = keysOf<ScreeningInstrumentId>(SCREENING_INSTRUMENTS);
const all = (items: number, value: (item: number) => number): ScreeningAnswer[] =>
  Array.from({ length: items }, (_, index) => ({ item: index + 1, value: value(index + 1) }));
/** An ITQ with these items endorsed and the rest at 1, which endorses nothing. */
const itq = (...endorsed: number[]) =>
  scoreScreening(
    'itq',
    all(18, (item) => (endorsed.includes(item) ? 2 : 1)),
  );

const PTSD = [1, 3, 5, 7];
const SELF = [10, 12, 14, 16];

describe('screening (REC-5)', () => {
  it.each([
    ['30', 30, 'BELOW', [false, false]],
    ['31, where PTSD is suspected', 31, 'REACHED', [true, false]],
    ['37, in a general population', 37, 'REACHED', [true, true]],
  ] as const)('reads a PCL-5 sum of %s against both Swedish lines', (_, sum, result, reached) => {
    const answers = all(20, (item) => (item <= sum % 20 ? Math.floor(sum / 20) + 1 : Math.floor(sum / 20)));
    const score = scoreScreening('pcl-5', answers);
    expect(score.sums).toEqual([{ scale: 'sum', sum }]);
    expect(score.cutOffs.map((one) => one.reached)).toEqual(reached);
    expect(score.result).toBe(result);
  });

  it('reads the two halves of HAD apart, and says that the lines are unconfirmed', () => {
    const score = scoreScreening(
      'had',
      all(14, (item) => (item % 2 === 1 ? 2 : 1)),
    );
    expect(score.sums).toEqual([
      { scale: 'anxiety', sum: 14 },
      { scale: 'low-mood', sum: 7 },
    ]);
    expect(score.cutOffs.map(({ code, reached, tag }) => [code, reached, tag])).toEqual([
      ['anxiety-possible', true, 'U'],
      ['anxiety-clear', true, 'U'],
      ['low-mood-possible', false, 'U'],
      ['low-mood-clear', false, 'U'],
    ]);
  });

  it.each([
    ['one of each pair and one impairment', PTSD, 'PATTERN_PTSD'],
    ['the other of each pair', [2, 4, 6, 9], 'PATTERN_PTSD'],
    ['no impairment', [1, 3, 5], 'NO_PATTERN'],
    ['no avoidance', [1, 5, 7], 'NO_PATTERN'],
    ['no sense of threat', [1, 3, 7], 'NO_PATTERN'],
    ['no re-experiencing', [3, 5, 7], 'NO_PATTERN'],
    ['all of it and the self', [...PTSD, ...SELF], 'PATTERN_CPTSD'],
    ['the self without impairment there', [...PTSD, 10, 12, 14], 'PATTERN_PTSD'],
    ['the self alone', SELF, 'NO_PATTERN'],
    ['relationships not disturbed', [...PTSD, 10, 12, 16], 'PATTERN_PTSD'],
  ])('reads an ITQ with %s', (_, endorsed, result) => {
    expect(itq(...endorsed).result).toBe(result);
  });

  it('finds the complex pattern only where the other is met, and never both', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 18, maxLength: 18 }), (values) => {
        const { result, pattern } = scoreScreening(
          'itq',
          all(18, (item) => values[item - 1] ?? 0),
        );
        const isPtsd = pattern?.reExperiencing && pattern.avoidance && pattern.threat && pattern.impairment;
        expect(result === 'NO_PATTERN').toBe(!isPtsd);
      }),
    );
  });

  it.each(IDS)('gives %s no result while an item is missing', (id) => {
    const { items } = screeningInstrument(id);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: items }), (missing) => {
        const score = scoreScreening(
          id,
          all(items, () => 1).filter(({ item }) => item !== missing),
        );
        expect(score.result).toBe('INCOMPLETE');
        expect(score.pattern).toBeNull();
      }),
    );
  });

  it.each(IDS)('takes only items and answers that %s has', (id) => {
    const { items, highest } = screeningInstrument(id);
    expect(
      screeningDefects(
        id,
        all(items, () => highest),
      ),
    ).toEqual([]);
    expect(screeningDefects(id, [{ item: items + 1, value: 0 }])).toHaveLength(1);
    expect(screeningDefects(id, [{ item: 0, value: 0 }])).toHaveLength(1);
    expect(screeningDefects(id, [{ item: 1, value: highest + 1 }])).toHaveLength(1);
    expect(screeningDefects(id, [{ item: 1, value: 0.5 }])).toHaveLength(1);
    const twice = [1, 1].map((item) => ({ item, value: 0 }));
    expect(screeningDefects(id, twice)).toEqual([{ item: 1, message: 'is answered twice' }]);
  });

  it('sums every item of an instrument into at most one scale, and reads every line against a scale it has', () => {
    for (const id of IDS) {
      const { items, scales, cutOffs } = screeningInstrument(id);
      const summed = scales.flatMap(({ items: of }) => of);
      expect(new Set(summed).size).toBe(summed.length);
      expect(summed.every((item) => item >= 1 && item <= items)).toBe(true);
      expect(cutOffs.every((cutOff) => scales.some(({ code }) => code === cutOff.scale))).toBe(true);
    }
  });

  it('is never called a diagnosis, in any text', () => {
    const texts = JSON.stringify([
      SCREENING_INSTRUMENTS,
      SCREENING_RESULTS,
      SCREENING_OCCASIONS,
      SCREENING_IS,
    ]).toLowerCase();
    expect(texts).not.toContain('diagnos');
  });
});
