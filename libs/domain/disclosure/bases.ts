import type { EvidenceTag } from '../routing/index.js';
import type { Label } from '../wording/index.js';

/**
 * How a basis comes to hold: `duty` by law as soon as the report is made; `consent` recorded per recipient and purpose;
 * `checked` when its conditions are ticked as met; `individual-decision` by a named person with reasons.
 */
export type BasisKind = 'duty' | 'consent' | 'checked' | 'individual-decision';

export interface BasisDefinition {
  readonly kind: BasisKind;
  readonly label: Label;
  readonly source: string;
  readonly tag: EvidenceTag;
}

/** The disclosure bases that the shipped routes need (domain.md B6); the whole matrix is issue 4. */
export const BASES = {
  'X-01': {
    kind: 'consent',
    label: { sv: 'Samtycke från den enskilde', en: 'Consent of the person concerned' },
    source: 'OSL 12:2',
    tag: 'C',
  },
  'X-02': {
    kind: 'duty',
    label: { sv: 'Anmälningsplikt om barn', en: 'Duty to report concern for a child' },
    source: 'OSL 10:28, SoL 19:1, polislagen 6 §',
    tag: 'C',
  },
  'X-02b': {
    kind: 'individual-decision',
    // Whether polislagen 6 § is a duty for adults is unconfirmed: a weighing, recorded.
    label: {
      sv: 'Polisens underrättelse om en vuxen, efter avvägning',
      en: 'Police notice about an adult, after weighing',
    },
    source: 'polislagen 6 §, OSL 10:27',
    tag: 'U',
  },
  'X-11': {
    kind: 'checked',
    label: {
      sv: 'Behövs för nödvändig vård eller stöd åt någon under 18 år',
      en: 'Needed for necessary care or support of someone under 18',
    },
    source: 'OSL 26:9',
    tag: 'C',
  },
  'X-IND': {
    kind: 'individual-decision',
    label: {
      sv: 'Enskilt beslut om att lämna ut uppgifter om en vuxen',
      en: 'Individual decision to disclose about an adult',
    },
    source: 'OSL 26:1, DESIGN 6.2',
    tag: 'U',
  },
} as const satisfies Record<string, BasisDefinition>;
export type BasisId = keyof typeof BASES;
