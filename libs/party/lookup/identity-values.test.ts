import { describe, expect, it } from '@jest/globals';
import { parseLocalDate } from '#calendar';
import { keysOf, LOOKUP_TERMS } from '#domain';
import type { KnownAnswer } from '../content/known-answer.js';
import {
  caseNumberValue,
  identityValues,
  knownCaseNumbers,
  knownIdentity,
  soughtValue,
} from './identity-values.js';

const TODAY = parseLocalDate('2026-06-05') ?? never();
const said = (field: string, value: KnownAnswer['value'], ...concerns: string[]): KnownAnswer => ({
  field,
  value,
  concerns,
  source: 'police',
  keepFrom: [],
});
const known = [
  said('child.identity', { name: 'Lill Bok', number: 'unknown' }, 'child'),
  said('victim.identity', { name: 'Anna Bok', number: { value: '19610118-2803' } }, 'mother'),
  said('suspect.identity', { name: 'Karl Bok', number: 'unknown' }, 'him'),
  said('police.reference', '5000-K1-26'),
];

describe('what a matter is found by', () => {
  it('is the person it is about, and nobody else of the incident', () => {
    expect(knownIdentity(known, { id: 'mother', role: 'victim' })).toEqual({
      name: 'Anna Bok',
      number: '19610118-2803',
    });
    expect(knownIdentity(known, { id: 'child', role: 'child' })).toEqual({ name: 'Lill Bok', number: null });
    expect(knownIdentity(known, { id: 'mother', role: 'alleged-perpetrator' })).toEqual({
      name: null,
      number: null,
    });
  });

  it('is what the morning handover calls her, too', () => {
    const morning = [said('subject.identity', { name: 'Anna Bok', number: { value: '1' } }, 'mother')];
    expect(knownIdentity(morning, { id: 'mother', role: 'victim' })).toEqual({
      name: 'Anna Bok',
      number: '1',
    });
  });

  it('is nothing when everything is unknown', () => {
    const nobody = [said('victim.identity', { name: 'unknown', number: 'unknown' }, 'mother')];
    const identity = knownIdentity(nobody, { id: 'mother', role: 'victim' });
    expect([identity, identityValues(identity, TODAY)]).toEqual([{ name: null, number: null }, []]);
  });

  it('covers what each kind of search asks for', () => {
    const values = identityValues(knownIdentity(known, { id: 'mother', role: 'victim' }), TODAY);
    const finds = (by: 'name' | 'number', typed: string) =>
      values.some(({ kind, value }) => kind === by && value === soughtValue(by, typed, TODAY));
    expect(finds('name', 'BOK, anna')).toBe(true);
    expect(finds('number', '610118-2803')).toBe(true);
    expect(finds('number', '196101182803')).toBe(true);
    expect(finds('number', '18610118-2803')).toBe(false);
    expect(finds('name', '19610118-2803')).toBe(false);
  });

  it('is the case number without how it was separated', () => {
    expect(knownCaseNumbers(known)).toEqual(['5000-K1-26']);
    for (const typed of ['5000-K1-26', '5000 k1/26', '5000K126']) {
      expect(soughtValue('case-number', typed, TODAY)).toBe('5000K126');
    }
    expect(caseNumberValue(' - ')).toBeNull();
  });

  it('is asked for by every term of the law, and by wildcards in none', () => {
    for (const by of keysOf(LOOKUP_TERMS)) expect(soughtValue(by, '%_*', TODAY)).toBeNull();
  });
});

function never(): never {
  throw new Error('not a day');
}
