import type { InsightPerson } from './insight-reader.js';
import type { FieldFacts } from './known-fields.js';

/** Whom the answer names; where it names nobody, everybody of the roles that its field is about. */
export function personsConcerned<Person extends Pick<InsightPerson, 'id' | 'role'>>(
  { concerns }: { readonly concerns: readonly string[] },
  facts: Pick<FieldFacts, 'concerns'>,
  persons: readonly Person[],
): readonly Person[] {
  if (concerns.length > 0) return persons.filter(({ id }) => concerns.includes(id));
  if (facts.concerns.includes('incident') || facts.concerns.includes('staff')) return [];
  return persons.filter(({ role }) => facts.concerns.includes(role));
}
