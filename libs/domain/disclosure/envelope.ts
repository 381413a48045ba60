import type { Concerns } from '../forms/index.js';
import type { SubjectRole } from '../matter/index.js';

/**
 * Of the persons whom a field may concern, those whose part travels in the envelope of this subject; empty when the
 * field belongs to another's envelope only. Each subject of an incident has one of its own (DESIGN 2, 8).
 */
export function partsInEnvelope(concerns: readonly Concerns[], subject: SubjectRole): readonly Concerns[] {
  return concerns.filter((whom) => !isSubject(whom) || whom === subject || travelsAlong(whom, subject));
}

function isSubject(concerns: Concerns): concerns is SubjectRole {
  return concerns === 'victim' || concerns === 'child' || concerns === 'alleged-perpetrator';
}

/**
 * A child's protection needs what is known of the adults around it; an adult's safety needs what is known of the
 * suspect. Nothing about a child rides with an adult, and nothing about her ever rides with him.
 */
function travelsAlong(concerned: SubjectRole, subject: SubjectRole): boolean {
  if (subject === 'child') return true;
  return subject === 'victim' && concerned === 'alleged-perpetrator';
}
