import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate, parseLocalDate } from '#calendar';
import { keysOf } from '../wording/index.js';
import { PROTECTION_AUTHORITIES, PROTECTION_LEVELS, PROTECTION_PROVISIONS } from './protection-levels.js';
import { type ProtectionAct, recordedProtection } from './recorded-protection.js';
import {
  type KnownOfPerson,
  type ProtectionStatus,
  reportedProtectionOf,
  strictestProtection,
} from './strictest-protection.js';
import { isEntitledToProtected } from './unmasking.js';

const TODAY = parseLocalDate('2026-06-05') ?? never();
const day = (days: number): LocalDate => addDays(TODAY, days);
const mark = (until: LocalDate | null = null): ProtectionAct => ({
  act: 'mark',
  level: 'protected-registration',
  authority: 'tax-agency',
  provision: 'FOL-16',
  decidedOn: day(-10),
  from: day(-10),
  until,
});
const person = (some: Partial<KnownOfPerson> = {}): KnownOfPerson => ({
  reported: 'NO',
  recorded: 'nothing',
  isApart: false,
  ...some,
});
const STRICTNESS: Readonly<Record<ProtectionStatus, number>> = { no: 0, unreadable: 1, yes: 2 };

const acts = fc.array(
  fc.oneof(
    fc.constant<ProtectionAct>({ act: 'register-shows-none' }),
    fc.constant<ProtectionAct>({ act: 'household-apart' }),
    fc.option(fc.integer({ min: -20, max: 20 }), { nil: null }).map((n) => mark(n === null ? null : day(n))),
  ),
);
const known = fc.record<KnownOfPerson>({
  reported: fc.constantFrom('YES', 'NO', 'UNREADABLE', 'unknown'),
  recorded: fc.constantFrom('marked', 'lapsed', 'lifted', 'register-shows-none', 'nothing'),
  isApart: fc.boolean(),
});

describe('what a unit recorded', () => {
  it('is marked up to and with its last day, and lapsed from the next: time lifts nothing', () => {
    expect(recordedProtection([mark(TODAY)], TODAY).standing).toBe('marked');
    expect(recordedProtection([mark(TODAY)], day(1)).standing).toBe('lapsed');
    expect(recordedProtection([mark()], day(10_000)).standing).toBe('marked');
  });

  it('is lifted by a decision, and marked again by the next marking', () => {
    expect(recordedProtection([mark(), { act: 'lift' }], TODAY).standing).toBe('lifted');
    expect(recordedProtection([mark(), { act: 'lift' }, mark()], TODAY).standing).toBe('marked');
  });

  it('is never lowered without a lift, whatever else is recorded, on any day', () => {
    fc.assert(
      fc.property(acts, acts, fc.integer({ min: -30, max: 3000 }), (before, after, days) => {
        const { standing } = recordedProtection([...before, mark(), ...after], day(days));
        expect(['marked', 'lapsed']).toContain(standing);
      }),
    );
  });
});

describe('the strictest that is known', () => {
  it.each([
    ['nobody said', { reported: 'unknown' }, 'unreadable', false],
    [
      'nobody said and the register shows none',
      { reported: 'unknown', recorded: 'register-shows-none' },
      'no',
      false,
    ],
    [
      'unreadable, and the register later shows none',
      { reported: 'UNREADABLE', recorded: 'register-shows-none' },
      'unreadable',
      true,
    ],
    [
      'reported, and the register shows none',
      { reported: 'YES', recorded: 'register-shows-none' },
      'yes',
      true,
    ],
    ['reported not, and marked', { reported: 'NO', recorded: 'marked' }, 'yes', true],
    ['reported not, and lapsed', { reported: 'NO', recorded: 'lapsed' }, 'unreadable', true],
    ['reported, and lifted by decision', { reported: 'YES', recorded: 'lifted' }, 'no', false],
  ] as const)('%s', (_, some, status, districtIsAsserted) => {
    expect(strictestProtection(person(some), [])).toEqual({ status, districtIsAsserted });
  });

  it('goes over to the household: an address of hers would be his too', () => {
    const mother = person({ recorded: 'marked' });
    expect(strictestProtection(person(), [mother])).toEqual({
      status: 'unreadable',
      districtIsAsserted: true,
    });
    expect(strictestProtection(person({ isApart: true }), [mother])).toEqual({
      status: 'no',
      districtIsAsserted: false,
    });
  });

  it('is never lower for knowing more people, and no report or reading lowers what is marked', () => {
    fc.assert(
      fc.property(known, fc.array(known), known, (one, household, another) => {
        const before = STRICTNESS[strictestProtection(one, household).status];
        expect(STRICTNESS[strictestProtection(one, [...household, another]).status]).toBeGreaterThanOrEqual(
          before,
        );
        expect(strictestProtection({ ...one, recorded: 'marked' }, household).status).toBe('yes');
      }),
    );
  });

  it('is "no" only when a report or a register said so of her, or a decision did', () => {
    fc.assert(
      fc.property(known, fc.array(known), (one, household) => {
        if (strictestProtection(one, household).status !== 'no') return;
        const isSaid = one.reported === 'NO' || one.recorded === 'register-shows-none';
        expect(
          one.recorded === 'lifted' || (isSaid && one.reported !== 'YES' && one.reported !== 'UNREADABLE'),
        ).toBe(true);
      }),
    );
  });

  it('takes a text that is no report for unknown', () => {
    expect([null, '', 'nej', 'yes', 'NO'].map(reportedProtectionOf)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
      'NO',
    ]);
  });
});

describe('who may unmask', () => {
  it.each([
    [['unit-head'], false, true],
    [['case-worker'], false, false],
    [['case-worker'], true, true],
    [['liaison'], true, true],
    [[], true, false],
    [['administrator'], true, false],
    [['coordinator', 'auditor'], true, false],
  ] as const)('%j, named by the head: %j → %j', (roles, isNamedOfficer, entitled) => {
    expect(isEntitledToProtected({ roles, isNamedOfficer })).toBe(entitled);
  });
});

it('every level, authority and provision has a wording in both languages', () => {
  for (const table of [PROTECTION_LEVELS, PROTECTION_AUTHORITIES, PROTECTION_PROVISIONS]) {
    for (const key of keysOf(table)) {
      const label: { sv: string; en: string } = Reflect.get(table, key);
      expect([label.sv, label.en].every((text) => text.length > 3)).toBe(true);
    }
  }
});

function never(): never {
  throw new Error('not a day');
}
