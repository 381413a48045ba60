import type { UnitKind } from '../../units/index.js';
import { keysOf } from '../../wording/index.js';
import { BASES, type BasisId, basisWithId } from '../bases.js';
import { CONDITIONS } from '../conditions.js';
import { type RecordedBasis, recipientOf } from '../disclosure-question.js';
import { AUTHORITY_OF_UNIT_KIND, type DisclosureSide, type SidePattern } from '../disclosure-side.js';
import type { Purpose } from '../purposes.js';

/** A day on which everything of the matrix is in force. */
export const A_DAY = new Date('2026-11-02T09:00:00Z');

/** A unit of a kind, in an authority of its own unless one is named. */
export function unitOfKind(
  kind: UnitKind,
  name: string,
  authority = `authority-${name}`,
): Extract<DisclosureSide, { is: 'unit' }> {
  return { is: 'unit', unit: `${kind}-${name}`, kind, authority, inForce: true };
}

/** A side that the pattern names: a unit where some kind of unit is of that authority, else the body, else the person. */
export function sideOf(pattern: SidePattern, name: string, authority?: string): DisclosureSide {
  const kind =
    pattern.units?.[0] ??
    keysOf(AUTHORITY_OF_UNIT_KIND).find((one) => pattern.authorities?.includes(AUTHORITY_OF_UNIT_KIND[one]));
  if (kind !== undefined) return unitOfKind(kind, name, authority);
  const [body] = pattern.authorities ?? [];
  if (body !== undefined) return { is: 'authority', kind: body };
  const [person] = pattern.persons ?? [];
  if (person === undefined) throw new Error('a pattern of nobody');
  return { is: 'person', capacity: person };
}

/** A record of the basis that lacks nothing: given a day before, for this way, by who may decide, everything ticked. */
export function recordOf(
  basis: BasisId,
  from: DisclosureSide,
  to: DisclosureSide,
  purpose: Purpose,
  some: Partial<RecordedBasis> = {},
): RecordedBasis {
  const { conditions, decidedBy } = basisWithId(basis);
  return {
    recordId: `record-of-${basis}`,
    basis,
    answer: 'given',
    source: 'recorded',
    unit: recipientOf(from),
    recipient: recipientOf(to),
    purpose,
    fields: 'all',
    givenAt: new Date(A_DAY.getTime() - 86_400_000),
    until: null,
    withdrawnAt: null,
    conditions: conditions.filter((one) => CONDITIONS[one].how === 'by-person'),
    deciderRoles: decidedBy.by === 'role' ? decidedBy.roles : [],
    ...some,
  };
}

/** One such record of every basis that rests on somebody's word. */
export function everyRecord(from: DisclosureSide, to: DisclosureSide, purpose: Purpose): RecordedBasis[] {
  return keysOf(BASES)
    .filter((basis) => BASES[basis].kind === 'consent' || BASES[basis].kind === 'individual-decision')
    .map((basis) => recordOf(basis, from, to, purpose));
}
