import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SubjectRole } from '#domain';
import type { KnownAnswer } from '../content/known-answer.js';
import { knownProtection, RECORDED_FIELD, withoutResidences } from './known-protection.js';

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
const MOTHER = { id: 'mother', role: 'victim' as const };
const CHILD = { id: 'child', role: 'child' as const };
const HIM = { id: 'him', role: 'alleged-perpetrator' as const };

describe('what a unit’s answers say of a protection', () => {
  it('is the strictest of what was reported and recorded, whichever comes first', () => {
    const answers = [reported('mother', 'NO'), recorded('mother', 'marked'), district('mother', 'Farsta')];
    for (const known of [answers, [...answers].reverse()]) {
      expect(knownProtection(known, MOTHER)).toEqual({
        status: 'yes',
        districtIsAsserted: true,
        assertedDistrict: 'Farsta',
      });
    }
  });

  it('of nobody who said anything is unreadable, and asserts no district', () => {
    expect(knownProtection([], MOTHER)).toEqual({
      status: 'unreadable',
      districtIsAsserted: false,
      assertedDistrict: null,
    });
  });

  it('covers the household, by the district of whoever it was asserted for', () => {
    const known = [reported('mother', 'YES'), reported('child', 'NO'), district('mother', 'Farsta')];
    expect(knownProtection(known, CHILD)).toEqual({
      status: 'unreadable',
      districtIsAsserted: true,
      assertedDistrict: 'Farsta',
    });
    expect(knownProtection([...known, district('child', 'Skarpnäck')], CHILD).assertedDistrict).toBe(
      'Skarpnäck',
    );
  });

  it('never takes the other side for a household', () => {
    const known = [reported('mother', 'YES'), recorded('him', 'register-shows-none')];
    expect(knownProtection(known, HIM)).toEqual({
      status: 'no',
      districtIsAsserted: false,
      assertedDistrict: null,
    });
  });

  it('is not lowered by anything that is no report or record, whatever it says', () => {
    const value = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.constant({ standing: 'none' }));
    fc.assert(
      fc.property(value, value, (status, standing) => {
        const known = [said('protected.status', status, 'mother'), said(RECORDED_FIELD, standing, 'mother')];
        fc.pre(status !== 'NO');
        expect(knownProtection(known, MOTHER).status).not.toBe('no');
      }),
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
    identity('him', 'suspect.identity'),
  ];
  const registered = (answers: readonly KnownAnswer[]) =>
    answers
      .filter(({ value }) => JSON.stringify(value).includes('Älvsjö'))
      .map(({ concerns }) => concerns[0]);

  it.each(['YES', 'UNREADABLE'])('goes, of her and of her household, when she is reported %s', (status) => {
    expect(registered(withoutResidences(known(status)))).toEqual(['him']);
    const kept = withoutResidences(known(status)).map(({ value }) => JSON.stringify(value));
    expect(kept.filter((text) => text.includes('namn')).length).toBe(4);
  });

  it.each(['NO', 'unknown'])('stays when she is reported %s', (status) => {
    expect(registered(withoutResidences(known(status)))).toEqual(['mother', 'child', 'child', 'him']);
  });

  it('goes wherever a protection was recorded, whatever was reported', () => {
    const roles: readonly SubjectRole[] = ['victim', 'child'];
    fc.assert(
      fc.property(
        fc.constantFrom('NO', 'YES', 'UNREADABLE', 'unknown'),
        fc.constantFrom(...roles),
        (status, role) => {
          const person = role === 'victim' ? 'mother' : 'child';
          const marked = withoutResidences([...known(status), recorded(person, 'marked')]);
          expect(registered(marked)).toEqual(['him']);
        },
      ),
    );
  });
});
