import type { Concerns } from '../forms/index.js';
import type { SubjectRole } from '../matter/index.js';
import type { Label } from '../wording/index.js';
import type { BasisId } from './bases.js';
import type { SidePattern } from './disclosure-side.js';
import type { FieldSetId } from './field-sets.js';
import type { Purpose } from './purposes.js';

/** Whom information in a matter may be about; every concern of a form's field is one of these. */
export const EVERYONE: readonly Concerns[] = [
  'incident',
  'victim',
  'child',
  'alleged-perpetrator',
  'reporter',
  'staff',
];

/** One row of the disclosure matrix: on this way, for this purpose, about this person, this basis opens these fields. */
export interface MatrixRow {
  /** `basis/way`; unique. */
  readonly id: string;
  readonly basis: BasisId;
  readonly from: SidePattern;
  readonly to: SidePattern;
  /** The person whose matter, or whose information, it is. Age conditions are the basis's. */
  readonly subjects: readonly [SubjectRole, ...SubjectRole[]];
  readonly purposes: readonly [Purpose, ...Purpose[]];
  readonly opens: {
    readonly set: FieldSetId;
    /** Whose information it opens: a consent opens the giver's own part and what is nobody's in particular. */
    readonly concerns: readonly Concerns[];
  };
}

/** What people think is a basis and is not: asked for, it is refused with the rule and with what would make it lawful. */
export interface NotUsable {
  readonly id: string;
  readonly basis: string;
  readonly from: SidePattern;
  readonly to: SidePattern;
  readonly rule: Label;
  readonly lawfulIf: Label;
  readonly source: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}
