import type { Label } from '../wording/index.js';
import type { CodeSetId } from './code-sets.js';

/** Whose the information is (DESIGN 8). */
export type Concerns = 'incident' | 'victim' | 'child' | 'alleged-perpetrator' | 'reporter' | 'staff';

/** Where the information came from when nothing else is said with the value. */
export type FieldSource = 'police' | 'victim' | 'child' | 'register' | 'social-service' | 'named-with-value';

/** Who must not learn it through us. The coordinator is never told any field, and is not repeated. */
export type KeptFrom = 'alleged-perpetrator' | 'guardians' | 'victim' | 'region';

/** Who reads a form's content: the letters J, B, V and P of forms.md, and those our other routes need. */
export type Audience =
  | 'socialjouren'
  | 'child-unit'
  | 'victim-unit'
  | 'perpetrator-unit'
  | 'support-unit'
  | 'care-unit'
  | 'police';

/**
 * How much of a field an audience sees.
 * `own-*`: only the part about the child, person or recipient at hand; `when-it-must-call`: only if it must ring her.
 */
export const EXTENTS = {
  whole: { sv: 'hela fältet', en: 'the whole field' },
  'district-only': { sv: 'bara stadsdelsområdet', en: 'the district only' },
  'own-child': { sv: 'bara det egna barnet', en: 'its own child only' },
  'childs-part': { sv: 'bara barnets del', en: "the child's part only" },
  'as-parent': { sv: 'bara som förälder', en: 'as a parent only' },
  'own-person': { sv: 'bara den egna personen', en: 'its own person only' },
  'own-recipient': { sv: 'bara det som rör mottagaren', en: "only the receiver's own part" },
  'when-it-must-call': { sv: 'bara om mottagaren måste ringa', en: 'only when the receiver must call' },
  masked: { sv: 'maskerat', en: 'masked' },
} as const satisfies Record<string, Label>;
export type Extent = keyof typeof EXTENTS;

export type FieldValueType =
  | 'instant'
  | 'place'
  | 'text'
  | 'code'
  | 'codes'
  | 'person'
  | 'phone'
  | 'function'
  | 'list';

/** One field of a form, as data (forms.md): "unknown" is valid in each. */
export interface FieldDefinition {
  readonly label: Label;
  readonly concerns: readonly [Concerns, ...Concerns[]];
  readonly source: FieldSource;
  readonly keepFrom: readonly KeptFrom[];
  readonly visibleTo: Readonly<Partial<Record<Audience, Extent>>>;
  readonly required: boolean;
  /** Travels in an envelope of its own, shown before anyone dials (safe contact, whereabouts). */
  readonly sealedApart: boolean;
  /** Tells where a person is: sealed apart as soon as an identity may be protected. */
  readonly tellsWhere: boolean;
  readonly repeats: 'once' | 'per-child' | 'per-suspect' | 'per-recipient';
  readonly type: FieldValueType;
  readonly codes: CodeSetId | null;
  /** Characters, for texts; null where the type sets the limit. */
  readonly maxLength: number | null;
}

/** A form: a versioned set of fields that holds from a day. */
export interface FormDefinition<FieldId extends string = string> {
  readonly label: Label;
  readonly version: number;
  /** ISO date; a dispatch keeps the version that held when it was previewed. */
  readonly validFrom: string;
  readonly fields: Readonly<Record<FieldId, FieldDefinition>>;
}

type Shorthand = Pick<FieldDefinition, 'label' | 'concerns' | 'visibleTo' | 'type'> &
  Partial<FieldDefinition>;

/** A field with the usual values: optional, once, told by the police, kept from nobody in particular. */
export function field(facts: Shorthand): FieldDefinition {
  return {
    source: 'police',
    keepFrom: [],
    required: false,
    sealedApart: false,
    tellsWhere: false,
    repeats: 'once',
    codes: null,
    maxLength: facts.type === 'text' ? 500 : null,
    ...facts,
  };
}
