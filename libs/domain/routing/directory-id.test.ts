import { describe, expect, it } from '@jest/globals';
import { localDateOf } from '#calendar';
import { isInForce, isUnitId, unitId } from './directory-id.js';

describe('an id of the directory', () => {
  it('is kebab-case ascii', () => {
    expect(isUnitId('rvt-enskede-arsta-vantor')).toBe(true);
    for (const wrong of ['', 'rvt-Älvsjö', 'RVT-farsta', 'rvt--farsta', 'rvt_farsta', '-rvt', 'rvt farsta']) {
      expect(isUnitId(wrong)).toBe(false);
    }
  });

  it('is a bug when malformed in code, and says what was given', () => {
    expect(() => unitId('Rvt Farsta')).toThrow('"Rvt Farsta"');
  });
});

describe('a span of days', () => {
  it('holds its first and its last day, and neither neighbour', () => {
    const span = { validFrom: localDateOf(2021, 4, 1), validTo: localDateOf(2023, 6, 30) };
    const days = [
      localDateOf(2021, 3, 31),
      localDateOf(2021, 4, 1),
      localDateOf(2023, 6, 30),
      localDateOf(2023, 7, 1),
    ];
    expect(days.map((day) => isInForce(span, day))).toEqual([false, true, true, false]);
  });

  it('is open where no day is known', () => {
    expect(isInForce({ validFrom: null, validTo: null }, localDateOf(1990, 1, 1))).toBe(true);
  });
});
