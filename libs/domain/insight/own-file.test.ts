import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DisclosureSide } from '../disclosure/index.js';
import { FIELD_SETS, itemsOfSet } from '../disclosure/index.js';
import { FORMS, fieldsOf } from '../forms/index.js';
import { keysOf } from '../wording/index.js';
import { isSafeContact } from './known-fields.js';
import { type OwnFile, ownFile } from './own-file.js';

const PERSONS = [
  { id: 'her', role: 'victim' },
  { id: 'child', role: 'child' },
  { id: 'sibling', role: 'child' },
  { id: 'him', role: 'alleged-perpetrator' },
  { id: 'his-brother', role: 'alleged-perpetrator' },
] as const;
const UNIT: DisclosureSide = {
  is: 'unit',
  unit: 'socialjouren',
  kind: 'socialjouren',
  authority: 'sn',
  inForce: true,
};
const file = (surface: OwnFile['surface'], fileOf: string, some: Partial<OwnFile> = {}): OwnFile => ({
  surface,
  persons: PERSONS,
  fileOf,
  unit: UNIT,
  at: new Date('2026-11-02T09:00:00Z'),
  ...some,
});
const answer = (field: string, concerns: string[], keepFrom: string[] = []) => ({
  field,
  concerns,
  source: 'police',
  keepFrom,
});
const has = (of: OwnFile, ...one: Parameters<typeof answer>) => ownFile([answer(...one)], of).length === 1;

describe('a person’s file for the unit’s own eyes', () => {
  it('is whole for the victim, her safe contact and words of no form too', () => {
    for (const surface of ['export', 'read'] as const) {
      const hers = file(surface, 'her');
      expect(has(hers, 'safe-contact.number', ['her'], ['alleged-perpetrator'])).toBe(true);
      expect(has(hers, 'violence.codes', [], ['alleged-perpetrator'])).toBe(true);
      expect(has(hers, 'suspect.identity', ['him'])).toBe(true);
      for (const piece of ['question', 'answer', 'stay.where']) expect(has(hers, piece, [])).toBe(true);
    }
  });

  it('of a child holds no parent’s safe contact when it is transferred, and the child’s own', () => {
    expect(has(file('export', 'child'), 'safe-contact.number', ['her'])).toBe(false);
    expect(has(file('export', 'child'), 'safe-contact.number', ['sibling'])).toBe(false);
    expect(has(file('export', 'child'), 'safe-contact.number', ['child'])).toBe(true);
    expect(has(file('export', 'child'), 'child.identity', ['child'])).toBe(true);
    // Who works with the child was given the number in order to ring her.
    expect(has(file('read', 'child'), 'safe-contact.number', ['her'])).toBe(true);
  });

  it('of the alleged perpetrator holds nothing about anybody else, on any surface', () => {
    for (const surface of ['export', 'read'] as const) {
      const his = file(surface, 'him');
      expect(has(his, 'suspect.identity', ['him'])).toBe(true);
      for (const other of ['her', 'child', 'his-brother', 'a-stranger']) {
        expect(has(his, 'suspect.identity', [other])).toBe(false);
        expect(has(his, 'an-act', ['him', other])).toBe(false);
      }
      expect(has(his, 'victim.identity', [])).toBe(false);
    }
  });

  it('of the alleged perpetrator holds what is kept from him while it is worked on, and not when it is transferred', () => {
    expect(has(file('read', 'him'), 'an-act', ['him'], ['alleged-perpetrator'])).toBe(true);
    expect(has(file('export', 'him'), 'an-act', ['him'], ['alleged-perpetrator'])).toBe(false);
  });

  it('stays readable to a unit that ended and still holds it, and is nothing at an unknown unit or of an unknown person', () => {
    const ended = { unit: { ...UNIT, inForce: false } };
    expect(has(file('read', 'her', ended), 'victim.identity', ['her'])).toBe(true);
    expect(has(file('read', 'her', { unit: undefined }), 'victim.identity', ['her'])).toBe(false);
    expect(has(file('read', 'nobody'), 'victim.identity', ['her'])).toBe(false);
    expect(has(file('export', 'her', { unit: { is: 'authority', kind: 'police' } }), 'x', [])).toBe(false);
  });

  it('lets nothing of hers or a child’s into his, whatever the field, the persons and whom it is kept from', () => {
    const ids = [
      ...keysOf(FORMS).flatMap((form) => fieldsOf(form).map(([id]) => id)),
      ...keysOf(FIELD_SETS).flatMap((set) => Object.keys(itemsOfSet(set) ?? {})),
      'invented',
    ];
    const answers = fc.record({
      field: fc.constantFrom(...ids),
      concerns: fc.uniqueArray(fc.constantFrom(...PERSONS.map(({ id }) => id), 'a-stranger')),
      keepFrom: fc.uniqueArray(fc.constantFrom('alleged-perpetrator', 'guardians', 'victim', 'her')),
      source: fc.constant('police'),
    });
    fc.assert(
      fc.property(fc.array(answers), fc.constantFrom('export', 'read'), (all, surface) => {
        for (const one of ownFile(all, file(surface, 'him'))) {
          expect(one.concerns.filter((id) => id !== 'him')).toEqual([]);
          if (surface === 'export') expect(one.keepFrom).not.toContain('alleged-perpetrator');
        }
        for (const one of ownFile(all, file('export', 'child'))) {
          expect(isSafeContact(one.field) && !one.concerns.includes('child')).toBe(false);
        }
        // Hers is whole and in order.
        expect(ownFile(all, file(surface, 'her'))).toEqual(all);
      }),
    );
  });
});
