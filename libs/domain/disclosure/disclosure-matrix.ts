import { localDateOfInstant } from '#calendar';
import type { Concerns } from '../forms/index.js';
import type { SubjectRole } from '../matter/index.js';
import type { UnitKind } from '../units/index.js';
import { type BasisId, basisWithId } from './bases.js';
import type { BasisKind } from './basis.js';
import { type DisclosureSide, isSideOf } from './disclosure-side.js';
import { HANDOVER_ROWS } from './matrix-handover.rows.js';
import { NOT_USABLE_ROWS, OTHER_ROWS } from './matrix-other.rows.js';
import { EVERYONE, type MatrixRow, type NotUsable } from './matrix-row.js';
import type { Purpose } from './purposes.js';

/** The disclosure matrix: who may tell whom what about whom, for what and on which basis (domain.md B6). */
export const DISCLOSURE_MATRIX: readonly MatrixRow[] = [...HANDOVER_ROWS, ...OTHER_ROWS];
/** What is no basis although people think so, with the rule and what would make it lawful. */
export const NOT_USABLE: readonly NotUsable[] = NOT_USABLE_ROWS;

/** A way that information could go. */
export interface Way {
  readonly from: DisclosureSide;
  readonly to: DisclosureSide;
  readonly subject: SubjectRole;
  readonly purpose: Purpose;
}

/** The rows about this way, whatever the day and whatever is recorded; empty when nothing ever opens it. */
export function rowsOfWay({ from, to, subject, purpose }: Way): readonly MatrixRow[] {
  return DISCLOSURE_MATRIX.filter(
    (row) =>
      isSideOf(row.from, from) &&
      isSideOf(row.to, to) &&
      row.subjects.includes(subject) &&
      row.purposes.includes(purpose),
  );
}

/** Whether a span of ISO days, both ends included, covers the instant's day in Stockholm; null ends are open. */
export function isValidOn(
  { validFrom, validUntil }: { readonly validFrom: string | null; readonly validUntil: string | null },
  at: Date,
): boolean {
  const day: string = localDateOfInstant(at);
  return (validFrom === null || validFrom <= day) && (validUntil === null || day <= validUntil);
}

/** The refusals that a named basis meets on this way on this day. */
export function notUsableOn(basis: string, from: DisclosureSide, to: DisclosureSide, at: Date): NotUsable[] {
  return NOT_USABLE.filter(
    (row) => row.basis === basis && isSideOf(row.from, from) && isSideOf(row.to, to) && isValidOn(row, at),
  );
}

/** What asks nothing of anybody first, then what she herself decides, then what somebody decides for her. */
const PREFERENCE: readonly BasisKind[] = ['duty', 'checked', 'consent', 'individual-decision'];

/** By whom a form's fields concern: the bases that can open them between these kinds of unit, the preferred first. */
export function basesBetween(
  from: UnitKind,
  to: UnitKind,
  subject: SubjectRole,
  purpose: Purpose,
): Readonly<Partial<Record<Concerns, readonly BasisId[]>>> {
  const rows = rowsOfWay({ from: anyUnit(from), to: anyUnit(to), subject, purpose })
    .filter(({ opens }) => opens.set === 'of-the-form')
    .map((row) => ({ ...row, rank: PREFERENCE.indexOf(basisWithId(row.basis).kind) }))
    .sort((one, other) => one.rank - other.rank);
  return Object.fromEntries(
    EVERYONE.flatMap((whom) => {
      const bases = rows.filter(({ opens }) => opens.concerns.includes(whom)).map((row) => row.basis);
      return bases.length === 0 ? [] : [[whom, [...new Set(bases)]]];
    }),
  );
}

function anyUnit(kind: UnitKind): DisclosureSide {
  return { is: 'unit', unit: '', kind, authority: '', inForce: true };
}
