import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { KnownAnswer } from '../content/known-answer.js';
import {
  HOUSEHOLD_FIELD,
  knownProtection,
  RECORDED_FIELD,
  withStrictestProtection,
} from './known-protection.js';

const said = (field: string, value: KnownAnswer['value'], ...concerns: string[]): KnownAnswer => ({
  field,
  value,
  concerns,
  source: 'register',
  keepFrom: [],
});
const reported = (person: string, status: string) => said('protected.status', status, person);
const recorded = (person: string, standing: string, isApart = false) =>
  said(RECORDED_FIELD, { standing, isApart }, person);
const district = (person: string, name: string) => said('protected.asserted-district', name, person);
const HIS = 'perpetrator';
const toldOf = (known: readonly KnownAnswer[], id: string) =>
  knownProtection(withStrictestProtection(known, id), { id });

describe('what a unit’s answers say of a protection, folded', () => {
  it('is the strictest of what was reported and recorded, whichever comes first', () => {
    const answers = [reported('mother', 'NO'), recorded('mother', 'marked'), district('mother', 'Farsta')];
    for (const known of [answers, [...answers].reverse()]) {
      expect(toldOf(known, 'mother')).toEqual({
        status: 'yes',
        districtIsAsserted: true,
        assertedDistrict: 'Farsta',
      });
    }
  });

  it('of somebody about whom nobody said anything is unreadable, and asserts no district', () => {
    expect(withStrictestProtection([], 'mother')).toEqual([]);
    expect(toldOf([], 'mother')).toEqual({
      status: 'unreadable',
      districtIsAsserted: false,
      assertedDistrict: null,
    });
  });

  it('covers the household, by the district of whoever it was asserted for', () => {
    const known = [reported('mother', 'YES'), reported('child', 'NO'), district('mother', 'Farsta')];
    expect(toldOf(known, 'child')).toEqual({
      status: 'unreadable',
      districtIsAsserted: true,
      assertedDistrict: 'Farsta',
    });
    expect(toldOf([...known, district('child', 'Skarpnäck')], 'child').assertedDistrict).toBe('Skarpnäck');
    expect(toldOf([...known, recorded('child', 'nothing', true)], 'child').status).toBe('no');
  });

  it('covers the person whom the answers are read for, though no answer says anything of her', () => {
    expect(toldOf([recorded('mother', 'marked')], 'child')).toMatchObject({
      status: 'unreadable',
      districtIsAsserted: true,
    });
  });

  it('never takes the other side for a household', () => {
    const his = said(RECORDED_FIELD, { standing: 'marked', isApart: false, side: HIS }, 'him');
    expect(toldOf([reported('mother', 'NO'), his], 'mother').status).toBe('no');
    const none = said(RECORDED_FIELD, { standing: 'register-shows-none', isApart: false, side: HIS }, 'him');
    expect(toldOf([reported('mother', 'YES'), none], 'him').status).toBe('no');
  });

  it('tells nobody what was recorded, only the status', () => {
    const folded = withStrictestProtection(
      [reported('mother', 'NO'), recorded('mother', 'lapsed')],
      'mother',
    );
    expect(folded).toEqual([reported('mother', 'UNREADABLE')]);
  });

  it('is not lowered by anything that is no report or record, whatever it says', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.constant({ standing: 'none' }));
    fc.assert(
      fc.property(value, value, (status, standing) => {
        fc.pre(status !== 'NO');
        const known = [said('protected.status', status, 'mother'), said(RECORDED_FIELD, standing, 'mother')];
        expect(toldOf(known, 'mother').status).not.toBe('no');
      }),
    );
  });

  it('sends on what was said of her, and not what follows from whom she lives with', () => {
    const known = [reported('mother', 'YES'), reported('child', 'NO'), district('mother', 'Farsta')];
    const folded = withStrictestProtection(known, 'child');
    expect(folded).toEqual(expect.arrayContaining(known));
    expect(folded.filter((answer) => !known.includes(answer)).map(({ field }) => field)).toEqual(
      expect.arrayContaining([HOUSEHOLD_FIELD]),
    );
  });
});

describe('where somebody is registered', () => {
  const identity = (person: string, field: string) =>
    said(field, { name: `namn ${person}`, residence: { subdistrict: 'Älvsjö' } }, person);
  const known = (status: string) => [
    reported('mother', status),
    reported('child', 'NO'),
    identity('mother', 'victim.identity'),
    identity('child', 'child.identity'),
    identity('child', 'subject.identity'),
    identity('sibling', 'child.identity'),
    identity('him', 'suspect.identity'),
  ];
  const registered = (answers: readonly KnownAnswer[]) =>
    withStrictestProtection(answers, 'child')
      .filter(({ value }) => JSON.stringify(value).includes('Älvsjö'))
      .map(({ concerns }) => concerns[0]);

  it.each(['YES', 'UNREADABLE'])('goes, of her and of her household, when she is reported %s', (status) => {
    expect(registered(known(status))).toEqual(['him']);
    const kept = withStrictestProtection(known(status), 'child').map(({ value }) => JSON.stringify(value));
    expect(kept.filter((text) => text.includes('namn')).length).toBe(5);
  });

  it.each(['NO', 'unknown'])('stays when she is reported %s', (status) => {
    expect(registered(known(status))).toEqual(['mother', 'child', 'child', 'sibling', 'him']);
  });

  it('goes wherever a protection was recorded, whatever was reported', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('NO', 'YES', 'UNREADABLE', 'unknown'),
        fc.constantFrom('mother', 'child', 'sibling'),
        (status, person) => {
          expect(registered([...known(status), recorded(person, 'marked')])).toEqual(['him']);
        },
      ),
    );
  });
});
