import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { numberKeys, numberSought } from './normal-number.js';

const TODAY = '2026-06-05';

describe('a personal number as it is looked for', () => {
  it.each([
    ['19610118-2803', '196101182803'],
    ['196101182803', '196101182803'],
    ['19610118 2803', '196101182803'],
    ['610118-2803', '196101182803'],
    ['6101182803', '196101182803'],
    // A hundred or more: the sign is a plus from the year of the hundredth birthday.
    ['160118+2803', '191601182803'],
    ['260118+2803', '192601182803'],
    ['261218+2803', '192612182803'],
    ['260118-2803', '202601182803'],
    // Not born yet in this century.
    ['261218-2803', '192612182803'],
    // A coordination number: the day is sixty too high.
    ['610973-2393', '196109732393'],
    ['260665-1234', '202606651234'],
    ['260666-1234', '192606661234'],
    // Kept as unverified, and found all the same; a hospital's temporary number too.
    ['19610118-2804', '196101182804'],
    ['19610118-R123', '19610118R123'],
  ])('%j is %j on the fifth of June 2026', (typed, withCentury) => {
    expect(numberKeys(typed, TODAY)).toEqual({ withCentury, withoutCentury: withCentury.slice(2) });
  });

  it.each(['', 'abc', '19610118', '1961-01-18-2803', '610118*2803'])('%j is written like none', (typed) => {
    expect([numberKeys(typed, TODAY), numberSought(typed, TODAY)]).toEqual([null, null]);
  });

  it('is looked for with its century where that was said, and else without', () => {
    expect(numberSought('19200101-1234', TODAY)).toBe('192001011234');
    expect(numberSought('200101+1234', TODAY)).toBe('192001011234');
    expect(numberSought('200101-1234', TODAY)).toBe('2001011234');
    expect(numberSought('2001011234', TODAY)).toBe('2001011234');
  });

  it('is the same however it is written, for anybody under a hundred', () => {
    const born = fc.date({ min: new Date('1928-01-01'), max: new Date('2026-06-04'), noInvalidDate: true });
    fc.assert(
      fc.property(born, fc.integer({ min: 0, max: 9999 }), fc.boolean(), (date, last, isCoordination) => {
        const day = String(date.getUTCDate() + (isCoordination ? 60 : 0)).padStart(2, '0');
        const eight = date.toISOString().slice(0, 7).replace('-', '') + day;
        const four = String(last).padStart(4, '0');
        const keys = numberKeys(`${eight}-${four}`, TODAY);
        expect(keys).toEqual({ withCentury: eight + four, withoutCentury: eight.slice(2) + four });
        for (const typed of [eight + four, `${eight.slice(2)}-${four}`, `${eight.slice(2)}${four}`]) {
          expect(numberKeys(typed, TODAY)).toEqual(keys);
        }
      }),
    );
  });
});
