import { type DisclosureSide, decideDisclosure, EVERYONE } from '../disclosure/index.js';
import { type FieldDefinition, field, type KeptFrom } from '../forms/index.js';
import type { InsightPerson } from './insight-reader.js';
import { factsOfField, isSafeContact } from './known-fields.js';
import type { InsightAnswer } from './mask-for-reader.js';
import { personsConcerned } from './persons-concerned.js';

/** A person's file at a unit, as the unit itself looks at it. */
export interface OwnFile {
  /** `export`: it is transferred to the case file. `read`: somebody of the unit works on the matter. */
  readonly surface: 'export' | 'read';
  /** The persons of the incident. */
  readonly persons: readonly Pick<InsightPerson, 'id' | 'role'>[];
  /** Whose file it is; of somebody who is none of them there is nothing to show. */
  readonly fileOf: string;
  /** The unit, at both ends: nothing leaves it. Undefined: one that the directory does not know, which has no file. */
  readonly unit: DisclosureSide | undefined;
  readonly at: Date;
}

const KEPT_FROM: readonly KeptFrom[] = ['alleged-perpetrator', 'guardians', 'victim', 'region'];

/**
 * The answers that are part of a person's file for the unit's own eyes, as the one policy says (the rows of X-OWN): a child's
 * file that is transferred never holds a parent's safe contact, and the alleged perpetrator's file nothing about anybody else,
 * nor, transferred, what is kept from him. Pure.
 */
export function ownFile<Answer extends Omit<InsightAnswer, 'value'>>(
  answers: readonly Answer[],
  { surface, persons, fileOf, unit, at }: OwnFile,
): Answer[] {
  const role = persons.find(({ id }) => id === fileOf)?.role;
  if (role === undefined || unit === undefined) return [];
  const { fields } = decideDisclosure({
    surface,
    purpose: surface === 'export' ? 'case-file' : 'own-work',
    at,
    from: unit,
    to: unit,
    // Among the unit's own nothing turns on age or protection; who does not know counts on the strictest.
    subject: { role, age: null, protectedIdentity: 'unreadable' },
    audience: null,
    route: null,
    fields: answers.map((answer) => ({
      id: answer.field,
      definition: asAnswered(answer, persons),
      permitted: isInFileOf(answer, persons, { surface, fileOf, role }),
      required: false,
    })),
    records: [],
    receiverMustCall: false,
    disclosed: null,
  });
  return answers.filter((_, index) => fields[index]?.verdict === 'leaves');
}

/** Persons of one role are told apart here, as the policy, which knows roles, cannot. */
function isInFileOf(
  answer: Pick<InsightAnswer, 'field' | 'concerns'>,
  persons: OwnFile['persons'],
  { surface, fileOf, role }: Pick<OwnFile, 'surface' | 'fileOf'> & { role: InsightPerson['role'] },
): boolean {
  const about = personsConcerned(answer, factsOfField(answer.field), persons);
  switch (role) {
    case 'child':
      return surface === 'read' || !isSafeContact(answer.field) || about.some(({ id }) => id === fileOf);
    case 'alleged-perpetrator':
      return about.every(({ id }) => id === fileOf) && answer.concerns.every((id) => id === fileOf);
    case 'victim':
      return true;
  }
}

/** The field as this answer uses it: about whom it names, and kept from whom either says. */
function asAnswered(
  { field: id, concerns, keepFrom }: Omit<InsightAnswer, 'value'>,
  persons: OwnFile['persons'],
): FieldDefinition {
  const facts = factsOfField(id);
  const named = persons.filter((one) => concerns.includes(one.id)).map(({ role }): string => role);
  const whom = named.length > 0 ? named : facts.concerns;
  const [first = 'incident', ...others] = EVERYONE.filter((one) => whom.includes(one));
  return field({
    label: facts.label,
    type: 'text',
    visibleTo: {},
    concerns: [first, ...others],
    keepFrom: KEPT_FROM.filter((one) => keepFrom.includes(one) || facts.keepFrom.includes(one)),
    sealedApart: facts.sealedApart,
    tellsWhere: facts.tellsWhere,
  });
}
