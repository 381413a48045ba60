import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseLocalDate } from '#calendar';
import { type MandateHeld, type RotaHeld, restingRolesAt, rolesAt } from './roles-at.js';

const day = (text: string) => {
  const found = parseLocalDate(text);
  if (found === undefined) throw new Error(text);
  return found;
};
const mandate = (some: Partial<MandateHeld> = {}): MandateHeld => ({
  person: 'p',
  unit: 'a',
  role: 'case-worker',
  validFrom: null,
  validUntil: null,
  hours: 'always',
  revokedAt: null,
  ...some,
});
const spell = (from: string, until: string, some: Partial<RotaHeld> = {}): RotaHeld => ({
  person: 'p',
  unit: 'a',
  duty: 'on-duty',
  from: new Date(from),
  until: new Date(until),
  ...some,
});
const rolesOf = (mandates: readonly MandateHeld[], rota: readonly RotaHeld[], at: string) =>
  rolesAt({ mandates, rota }, 'p', new Date(at)).map(({ unit, role }) => `${unit} ${role}`);

describe('a mandate by local days', () => {
  // The night to 29 March has 23 hours, that to 25 October 25: the last day ends at local midnight all the same.
  it.each([
    ['2026-03-28', '2026-03-28T22:59:59.999Z', true],
    ['2026-03-28', '2026-03-28T23:00:00.000Z', false],
    ['2026-03-29', '2026-03-29T21:59:59.999Z', true],
    ['2026-03-29', '2026-03-29T22:00:00.000Z', false],
    ['2026-10-24', '2026-10-24T22:00:00.000Z', false],
    ['2026-10-25', '2026-10-25T22:59:59.999Z', true],
    ['2026-10-25', '2026-10-25T23:00:00.000Z', false],
  ])('until %s counts at %s: %s', (until, at, counts) => {
    expect(rolesOf([mandate({ validUntil: day(until) })], [], at)).toEqual(counts ? ['a case-worker'] : []);
  });

  it('is over at the instant of its revocation, not at the end of the day', () => {
    const held = [mandate({ revokedAt: new Date('2026-06-01T10:00:00Z') })];
    expect(rolesOf(held, [], '2026-06-01T09:59:59.999Z')).toEqual(['a case-worker']);
    expect(rolesOf(held, [], '2026-06-01T10:00:00Z')).toEqual([]);
  });
});

describe('a mandate on shift', () => {
  const held = [mandate({ hours: 'on-shift' })];
  // A shift over the hour that comes twice, and over the one that never comes.
  const nights = [
    spell('2026-10-24T22:00:00Z', '2026-10-25T05:00:00Z'),
    spell('2026-03-28T22:00:00Z', '2026-03-29T05:00:00Z'),
  ];

  it.each([
    ['2026-10-25T00:30:00Z', true],
    ['2026-10-25T01:30:00Z', true],
    ['2026-10-25T05:00:00Z', false],
    ['2026-03-29T01:00:00Z', true],
    ['2026-03-29T05:00:00Z', false],
  ])('at %s counts: %s, and rests else', (at, counts) => {
    expect(rolesOf(held, nights, at)).toEqual(counts ? ['a case-worker'] : []);
    expect(restingRolesAt({ mandates: held, rota: nights }, 'p', new Date(at))).toHaveLength(counts ? 0 : 1);
  });

  it('does not count by another unit’s shift, nor by another duty', () => {
    const at = '2026-06-01T12:00:00Z';
    const elsewhere = spell('2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z', { unit: 'b' });
    expect(rolesOf(held, [elsewhere], at)).toEqual([]);
  });
});

describe('a deputy', () => {
  const deputy = (from: string, until: string) => spell(from, until, { duty: 'deputy-head' });

  it('has the head’s role while it lasts, once though two spells overlap, and no longer than she works there', () => {
    const rota = [
      deputy('2026-06-01T06:00:00Z', '2026-06-01T12:00:00Z'),
      deputy('2026-06-01T10:00:00Z', '2026-06-01T18:00:00Z'),
    ];
    const held = [mandate({ revokedAt: new Date('2026-06-01T15:00:00Z') })];
    expect(rolesOf(held, rota, '2026-06-01T05:59:59Z')).toEqual(['a case-worker']);
    expect(rolesOf(held, rota, '2026-06-01T11:00:00Z')).toEqual(['a case-worker', 'a unit-head']);
    expect(rolesOf(held, rota, '2026-06-01T14:59:59Z')).toEqual(['a case-worker', 'a unit-head']);
    expect(rolesOf(held, rota, '2026-06-01T15:00:00Z')).toEqual([]);
    expect(rolesOf([], rota, '2026-06-01T11:00:00Z')).toEqual([]);
  });
});

describe('whatever mandates and rota', () => {
  const instant = fc
    .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) })
    .map((time) => new Date(time));
  const anyMandate = fc
    .record({
      unit: fc.constantFrom('a', 'b'),
      role: fc.constantFrom('case-worker' as const, 'unit-head' as const),
      hours: fc.constantFrom('always' as const, 'on-shift' as const),
      revokedAt: fc.option(instant, { nil: null }),
    })
    .map(mandate);
  const anySpell = fc
    .record({
      unit: fc.constantFrom('a', 'b'),
      duty: fc.constantFrom('on-duty' as const, 'deputy-head' as const),
      from: instant,
      length: fc.integer({ min: 1, max: 90 * 3_600_000 }),
    })
    .map(({ from, length, ...some }) => ({
      ...some,
      person: 'p',
      from,
      until: new Date(from.getTime() + length),
    }));
  const lists = [
    fc.array(anyMandate, { maxLength: 4 }),
    fc.array(anySpell, { maxLength: 4 }),
    instant,
  ] as const;

  it('nobody acts at a unit without a mandate of her own there', () => {
    fc.assert(
      fc.property(...lists, (mandates, rota, at) => {
        for (const { unit } of rolesAt({ mandates, rota }, 'p', at))
          expect(mandates.some((one) => one.unit === unit)).toBe(true);
        expect(rolesAt({ mandates, rota }, 'another', at)).toEqual([]);
      }),
    );
  });

  it('revoking every mandate takes every role at once, and taking rota away gives none', () => {
    fc.assert(
      fc.property(...lists, (mandates, rota, at) => {
        const revoked = mandates.map((one) => ({ ...one, revokedAt: at }));
        expect(rolesAt({ mandates: revoked, rota }, 'p', at)).toEqual([]);
        const before = rolesAt({ mandates, rota }, 'p', at);
        for (const role of rolesAt({ mandates, rota: [] }, 'p', at)) expect(before).toContainEqual(role);
      }),
    );
  });

  it('no role both counts and rests', () => {
    fc.assert(
      fc.property(...lists, (mandates, rota, at) => {
        const active = rolesAt({ mandates, rota }, 'p', at);
        for (const role of restingRolesAt({ mandates, rota }, 'p', at))
          expect(active).not.toContainEqual(role);
      }),
    );
  });
});
