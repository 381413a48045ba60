import type { MatterKind } from '../matter/index.js';
import type { Label } from '../wording/index.js';

/** Who is told of a fact: the unit that reported the incident, or whoever holds a matter of this kind in it. */
export interface FactAudience {
  readonly holderOf: MatterKind | 'incident';
  /** Only where that matter is about the person whom the fact is about. */
  readonly samePerson: boolean;
}

/**
 * What a party lets others know without content: a code, whom and what it is about, and instants (DESIGN 4). Being told
 * is a disclosure (C6), so each names its basis; nobody outside the audience learns that the fact exists.
 */
export interface PublishedFactDefinition {
  readonly label: Label;
  /** Why it may be told, with its source. */
  readonly basis: string;
  readonly publishedBy: readonly string[];
  readonly audience: readonly [FactAudience, ...FactAudience[]];
}

/** Every fact that one party tells others. */
export const PUBLISHED_FACTS = {
  'suspect-arrested': {
    label: { sv: 'Den misstänkte är gripen', en: 'The suspect is arrested' },
    basis: 'OSL 10:27, polislagen 6 § (X-02, X-02b)',
    publishedBy: ['police', 'partner'],
    audience: [
      { holderOf: 'adult-safety', samePerson: false },
      { holderOf: 'child-protection', samePerson: false },
    ],
  },
} as const satisfies Record<string, PublishedFactDefinition>;
export type PublishedFactCode = keyof typeof PUBLISHED_FACTS;

/** Whether a stored text is the code of a fact. */
export function isPublishedFactCode(text: string): text is PublishedFactCode {
  return Object.hasOwn(PUBLISHED_FACTS, text);
}
