import { describe, expect, it } from '@jest/globals';
import { readPersonalNumber } from './personal-number.js';

describe('readPersonalNumber', () => {
  it('reads the birth date of a personal number whose control digit is right', () => {
    // Skatteverket's published test numbers, as in HL7 Sweden's examples.
    expect(readPersonalNumber('19610118-2803')).toEqual({
      value: '19610118-2803',
      standing: 'checked',
      kind: 'personal',
      birthDate: '1961-01-18',
    });
  });

  it('reads a coordination number, whose day is sixty too high', () => {
    expect(readPersonalNumber('196109732393')).toMatchObject({
      standing: 'checked',
      kind: 'coordination',
      birthDate: '1961-09-13',
    });
  });

  it.each(['19610118-2804', '20230230-1234', '610118-2803', 'abc', '', '19610118 2803x'])(
    'keeps %j as unverified and concludes nothing from it',
    (typed) => {
      expect(readPersonalNumber(typed)).toEqual({
        value: typed.replaceAll(' ', ''),
        standing: 'unverified',
        kind: 'not-known',
        birthDate: null,
      });
    },
  );
});
