import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MATTER_KINDS, SUBJECT_ROLES } from '../matter/index.js';
import { ROLES } from '../units/index.js';
import { keysOf } from '../wording/index.js';
import { COMMITTEE_DECISIONS, decideUndelegable } from './committee-decisions.js';
import { contentAccess } from './content-access.js';
import { decideApproval, decideGrant } from './granting.js';
import { APART_MINUTES, type Booking, conflictBetween, couldMeet } from './work-conflicts.js';

const codeOf = (result: { ok: true; value: unknown } | { ok: false; refusal: { code: string } }) =>
  result.ok ? result.value : result.refusal.code;

describe('granting', () => {
  const head = { person: 'head', roles: ['unit-head'] } as const;
  const administrator = { person: 'admin', roles: ['administrator'] } as const;
  const wish = (role: keyof typeof ROLES, some: object = {}) => ({
    person: 'new',
    role,
    beside: [],
    party: 'rvt',
    ...some,
  });

  it.each([
    [head, wish('case-worker'), 'granted'],
    [head, wish('unit-head'), 'proposed'],
    [head, wish('auditor'), 'proposed'],
    [administrator, wish('case-worker'), 'proposed'],
    [head, wish('case-worker', { person: 'head' }), 'SELF_GRANT'],
    [{ person: 'w', roles: ['case-worker'] }, wish('case-worker'), 'NO_MANDATE'],
    [head, wish('liaison'), 'ROLE_NOT_AT_UNIT'],
    [head, wish('coordinator'), 'ROLE_NOT_AT_UNIT'],
    [head, wish('case-worker', { party: 'coordination' }), 'ROLE_NOT_AT_UNIT'],
    [head, wish('auditor', { beside: ['case-worker'] }), 'ROLES_APART'],
    [head, wish('case-worker', { beside: ['administrator'] }), 'ROLES_APART'],
    [head, wish('unit-head', { beside: ['case-worker'] }), 'proposed'],
  ] as const)('%j of %j is %s', (by, asked, answer) => {
    expect(codeOf(decideGrant(by, asked))).toBe(answer);
  });

  it('is approved by another, one of the two a head, and never by who gets it', () => {
    const mine = { person: 'new' };
    expect(codeOf(decideApproval(administrator, mine, { person: 'head', wasHead: true }))).toBe(null);
    expect(codeOf(decideApproval(administrator, mine, { person: 'admin-2', wasHead: false }))).toBe(
      'NO_MANDATE',
    );
    expect(codeOf(decideApproval(head, mine, { person: 'head', wasHead: true }))).toBe(
      'SECOND_PERSON_REQUIRED',
    );
    expect(
      codeOf(decideApproval({ ...head, person: 'new' }, mine, { person: 'admin', wasHead: false })),
    ).toBe('SELF_GRANT');
  });
});

describe('two matters of one incident', () => {
  const matter = fc.record({
    kind: fc.constantFrom(...keysOf(MATTER_KINDS)),
    subjectRole: fc.constantFrom(...keysOf(SUBJECT_ROLES)),
    subjectId: fc.constantFrom('s-1', 's-2'),
  });

  it('conflict the same way whichever is asked first, and always across the sides', () => {
    fc.assert(
      fc.property(matter, matter, (one, other) => {
        expect(conflictBetween(one, other)).toBe(conflictBetween(other, one));
        const sides = [one, other].map(({ subjectRole }) => subjectRole === 'alleged-perpetrator');
        if (sides[0] !== sides[1]) expect(conflictBetween(one, other)).toBe('other-side');
        else expect(conflictBetween(one, other)).not.toBe('other-side');
      }),
    );
  });

  const her = { subjectRole: 'victim', subjectId: 'she' } as const;
  it.each([
    ['adult-safety', 'adult-support', 'investigates-and-treats'],
    ['adult-safety', 'protected-housing', null],
    ['adult-support', 'legal-process', null],
  ] as const)('of hers, %s and %s: %s', (one, other, conflict) => {
    expect(conflictBetween({ ...her, kind: one }, { ...her, kind: other })).toBe(conflict);
  });
});

describe('two meetings', () => {
  const at = (minute: number, length = 60, site = 'house'): Booking => ({
    site,
    from: new Date(minute * 60_000),
    until: new Date((minute + length) * 60_000),
  });

  it.each([
    [at(0), at(60 + APART_MINUTES), false],
    [at(0), at(60 + APART_MINUTES - 1), true],
    [at(0), at(0, 60, 'another'), false],
    [at(0, 300), at(100, 10), true],
  ])('%# could meet: the same site and less than the margin between', (one, other, could) => {
    expect([couldMeet(one, other), couldMeet(other, one)]).toEqual([could, could]);
  });
});

describe('a decision of the committee', () => {
  it.each(keysOf(COMMITTEE_DECISIONS))('%s is no officer’s, whatever the role', (decision) => {
    for (const officer of keysOf(ROLES))
      expect(codeOf(decideUndelegable(decision, { officer }))).toBe('NOT_DELEGABLE');
    expect(codeOf(decideUndelegable(decision, { body: 'committee', protocol: ' ' }))).toBe('NOT_DELEGABLE');
    expect(decideUndelegable(decision, { body: 'committee', protocol: '§ 14/2026' }).ok).toBe(true);
  });
});

describe('ordinary access to content', () => {
  const asked = (some: object) => ({
    person: 'me',
    roles: ['case-worker'] as const,
    isOnDuty: false,
    assignedTo: ['her'],
    ...some,
  });

  it.each([
    [{}, 'assigned-to-another'],
    [{ assignedTo: ['me'] }, 'assigned'],
    [{ assignedTo: [] }, 'nobody-assigned'],
    [{ assignedTo: ['her', null] }, 'nobody-assigned'],
    [{ isOnDuty: true }, 'on-duty'],
    [{ roles: ['unit-head'] }, 'head'],
    [{ roles: [] }, 'off-shift'],
    [{ roles: ['administrator', 'auditor', 'coordinator'], assignedTo: ['me'] }, 'off-shift'],
  ] as const)('%j: %s', (some, why) => {
    const access = contentAccess(asked(some));
    expect(access.ordinary ? access.by : access.because).toBe(why);
  });
});
