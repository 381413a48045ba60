import {
  type BasisId,
  CONDITIONS,
  type DisclosureQuestion,
  keysOf,
  type RecordedBasis,
  type Role,
  recipientOf,
} from '#domain';
import { LAW, MAY_DECIDE } from './disclosure-surfaces.law.js';

const DAY = 86_400_000;
/** Everything of B6 is in force on this day; the youngest act is of 1 December 2025. */
export const A_DAY = new Date('2026-11-02T09:00:00Z');

type Way = Pick<DisclosureQuestion, 'from' | 'to' | 'purpose' | 'at'>;
type Spoilt = (whole: RecordedBasis, way: Way) => readonly RecordedBasis[];

const one =
  (some: Partial<RecordedBasis>): Spoilt =>
  (whole) => [{ ...whole, ...some }];
const after = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** How a consent or a decision can stand, and the way in which it does not: one that holds, and all that do not. */
export const GRANTS = {
  none: () => [],
  given: one({}),
  'given until tomorrow': (whole, { at }) => [{ ...whole, until: after(at, DAY) }],
  'given anew after a no': (whole, { at }) => [
    { ...whole, recordId: 'the-no', answer: 'refused', givenAt: after(at, -3 * DAY) },
    whole,
  ],
  stated: one({ source: 'statement', conditions: [] }),
  'stated over her no': (whole, { at }) => [
    { ...whole, recordId: 'the-no', answer: 'refused', givenAt: after(at, -2 * DAY) },
    { ...whole, source: 'statement', conditions: [] },
  ],
  'expired yesterday': (whole, { at }) => [{ ...whole, until: after(at, -DAY) }],
  'expired this instant': (whole, { at }) => [{ ...whole, until: at }],
  withdrawn: (whole, { at }) => [{ ...whole, withdrawnAt: after(at, -1) }],
  'withdrawn this instant': (whole, { at }) => [{ ...whole, withdrawnAt: at }],
  refused: one({ answer: 'refused' }),
  'not asked for': one({ answer: 'not-asked' }),
  'not given yet': (whole, { at }) => [{ ...whole, givenAt: after(at, 1) }],
  'for another recipient': one({ recipient: 'some-other-unit' }),
  'by another unit': one({ unit: 'some-other-unit' }),
  'for another purpose': (whole, { purpose }) => [
    { ...whole, purpose: purpose === 'legal-process' ? 'adult-support' : 'legal-process' },
  ],
  'of another field set': one({ fields: ['a-field-of-another-set'] }),
  'not named': one({ recordId: null }),
  'with a condition unticked': one({ conditions: [] }),
} as const satisfies Record<string, Spoilt>;
export type Grant = keyof typeof GRANTS;
export const ALL_GRANTS = keysOf(GRANTS);

/** A record of the ground that lacks nothing but what the grant says, by somebody in this role. */
export function recordsOf(
  basis: BasisId,
  grant: Grant,
  role: Role,
  way: Way,
  fields: readonly string[],
): readonly RecordedBasis[] {
  const { word } = LAW[basis];
  if (word === 'law') return [];
  const whole: RecordedBasis = {
    recordId: `record-of-${basis}`,
    basis,
    answer: 'given',
    source: 'recorded',
    unit: recipientOf(way.from),
    recipient: recipientOf(way.to),
    purpose: way.purpose,
    fields,
    givenAt: after(way.at, -DAY),
    until: null,
    withdrawnAt: null,
    conditions: keysOf(CONDITIONS),
    deciderRoles: word === 'herself' ? [] : [role],
  };
  return GRANTS[grant](whole, way);
}

/** Whether a ground holds by such a record: the oracle's word, from B6 and nothing else. */
export function doesHold(basis: BasisId, grant: Grant, role: Role): boolean {
  const { word, stated } = LAW[basis];
  if (word === 'law') return true;
  const roles = MAY_DECIDE[word];
  if (roles !== 'anybody' && !roles.includes(role)) return false;
  if (HOLDS.has(grant)) return true;
  // X-22 asks that somebody ticks that an investigation is under way.
  const isTicked = stated !== true || basis === 'X-22';
  if (grant === 'stated') return !isTicked;
  return grant === 'with a condition unticked' && (word === 'herself' || !isTicked);
}

const HOLDS: ReadonlySet<Grant> = new Set(['given', 'given until tomorrow', 'given anew after a no']);
