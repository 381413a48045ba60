import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isSamePlaceName, nearestPlaceNames } from './place-name.js';

describe('the name of a place', () => {
  it('is the same in another case, with other spaces and with decomposed letters', () => {
    expect(isSamePlaceName('älvsjö', 'A\u0308LVSJO\u0308 ')).toBe(true);
    expect(isSamePlaceName('Gamla  Enskede', 'gamla enskede')).toBe(true);
  });

  it('is another one without its dots: Orby is not Örby', () => {
    expect(isSamePlaceName('Orby', 'Örby')).toBe(false);
  });

  it('is suggested for its ascii form, for its beginning and for a slip of the pen', () => {
    const names = ['Älvsjö', 'Örby', 'Hägersten', 'Hägerstensåsen', 'Skrubba'];
    expect(nearestPlaceNames('Alvsjo', names)).toEqual(['Älvsjö']);
    expect(nearestPlaceNames('Häger', names)).toEqual(['Hägersten', 'Hägerstensåsen']);
    expect(nearestPlaceNames('Skruba', names)).toEqual(['Skrubba']);
    expect(nearestPlaceNames('Uppsala', names)).toEqual([]);
  });

  it('is always the nearest to itself', () => {
    const names = ['Älvsjö', 'Årsta', 'Årstadal', 'Örby', 'Örby slott'];
    fc.assert(fc.property(fc.constantFrom(...names), (name) => nearestPlaceNames(name, names)[0] === name));
  });
});
