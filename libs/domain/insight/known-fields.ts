import { type FieldDefinition, FORMS, fieldOf } from '../forms/index.js';
import { keysOf, type Label } from '../wording/index.js';

/** What the forms say of a field together: the same id in two forms keeps the secrecy of both. */
export interface FieldFacts {
  /** Some form has it. */
  readonly isKnown: boolean;
  readonly label: Label;
  readonly concerns: readonly string[];
  readonly source: string | null;
  readonly keepFrom: readonly string[];
  readonly sealedApart: boolean;
  readonly tellsWhere: boolean;
  /** Words of a person, which nobody but a person can weigh. */
  readonly isFreeText: boolean;
  readonly isIdentity: boolean;
}

const FREE: readonly FieldDefinition['type'][] = ['text', 'list'];
/** Where a field says where somebody is without the form saying so: a party's own field is caught by its name. */
const NAMES_A_PLACE =
  /(?:^|[.-])(?:address|residence|whereabouts|where-now|school|workplace|asserted-district)(?:[.-]|$)/;

/** A field that no form has is nobody's to show: it counts as free text about whom the answer names. */
const UNKNOWN_FIELD: FieldFacts = {
  isKnown: false,
  label: { sv: 'Annan uppgift', en: 'Other information' },
  concerns: [],
  source: null,
  keepFrom: [],
  sealedApart: false,
  tellsWhere: false,
  isFreeText: true,
  isIdentity: false,
};

/** The facts about a field id, over every form that has it. */
export function factsOfField(field: string): FieldFacts {
  const definitions = keysOf(FORMS).flatMap((form) => fieldOf(form, field) ?? []);
  const [first] = definitions;
  const tellsWhere = NAMES_A_PLACE.test(field) || definitions.some((one) => one.tellsWhere);
  if (first === undefined) return { ...UNKNOWN_FIELD, tellsWhere };
  return {
    isKnown: true,
    label: first.label,
    concerns: [...new Set(definitions.flatMap(({ concerns }) => [...concerns]))],
    source: first.source,
    keepFrom: [...new Set(definitions.flatMap(({ keepFrom }) => [...keepFrom]))],
    sealedApart: definitions.some((one) => one.sealedApart),
    tellsWhere,
    isFreeText: definitions.some(({ type }) => FREE.includes(type)),
    isIdentity: definitions.some(({ type }) => type === 'person'),
  };
}

/** Of her safe contact: a number, a time, a card. */
export function isSafeContact(field: string): boolean {
  return field.startsWith('safe-contact.');
}
