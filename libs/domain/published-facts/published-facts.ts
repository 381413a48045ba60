import type { MatterKind } from '../matter/index.js';
import type { NoticeKind } from '../notices/index.js';
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
  /** What the unit's function on duty is told, that there is something to open; null where nobody need be. */
  readonly notice: NoticeKind | null;
  readonly audience: readonly [FactAudience, ...FactAudience[]];
}

const feedback = (label: Label) =>
  ({
    label,
    basis: 'OSL 26:9 a, SoL 20:2 (X-13)',
    publishedBy: ['bou'],
    notice: 'answered',
    audience: [{ holderOf: 'incident', samePerson: false }],
  }) as const satisfies PublishedFactDefinition;

/** Between BoU, which decides on the child, and who gives the support that it commissioned: the same child's only. */
const childFact = (publishedBy: readonly string[], holderOf: MatterKind, label: Label) =>
  ({
    label,
    basis: 'OSL 26:9, SoL 11:1 (X-11, R-006, C-12)',
    publishedBy,
    notice: null,
    audience: [{ holderOf, samePerson: true }],
  }) as const satisfies PublishedFactDefinition;

/** Every fact that one party tells others. */
export const PUBLISHED_FACTS = {
  'suspect-arrested': {
    label: { sv: 'Den misstänkte är gripen', en: 'The suspect is arrested' },
    basis: 'OSL 10:27, polislagen 6 § (X-02, X-02b)',
    publishedBy: ['police', 'partner'],
    notice: 'something',
    audience: [
      { holderOf: 'adult-safety', samePerson: false },
      { holderOf: 'child-protection', samePerson: false },
    ],
  },
  // Two of the three conditions of an offer to him; the third is her side's (DESIGN 6.2). The newest word counts.
  'suspect-agrees-to-contact': {
    label: {
      sv: 'Den misstänkte vet om det och säger ja till kontakt',
      en: 'The suspect knows and agrees to contact',
    },
    basis: 'OSL 12:2, polislagen 6 § (X-01, X-02b)',
    publishedBy: ['police'],
    notice: 'something',
    audience: [{ holderOf: 'adult-safety', samePerson: false }],
  },
  'suspect-declines-contact': {
    label: { sv: 'Den misstänkte vill inte bli kontaktad', en: 'The suspect does not want contact' },
    basis: 'OSL 12:2, polislagen 6 § (X-01, X-02b)',
    publishedBy: ['police'],
    notice: null,
    audience: [{ holderOf: 'adult-safety', samePerson: false }],
  },
  // Told to whoever comes to hold the child's support, too: it begins on a decision of BoU only.
  'child-support-decided': childFact(['bou'], 'child-support', {
    sv: 'Stöd för barnet är beslutat',
    en: 'Support for the child is decided',
  }),
  'investigation-opened': childFact(['bou'], 'child-support', {
    sv: 'Utredning av barnet pågår',
    en: 'An investigation of the child is running',
  }),
  'investigation-closed': childFact(['bou'], 'child-support', {
    sv: 'Utredningen av barnet är avslutad',
    en: 'The investigation of the child is closed',
  }),
  'child-support-started': childFact(['rvc', 'partner'], 'child-protection', {
    sv: 'Stödet till barnet har börjat',
    en: 'The support of the child has begun',
  }),
  'child-support-ended': childFact(['rvc', 'partner'], 'child-protection', {
    sv: 'Stödet till barnet är avslutat',
    en: 'The support of the child has ended',
  }),
  // To who reported, and nothing more than which of the three (OSL 26:9 a).
  'report-opened': feedback({ sv: 'Utredning är inledd', en: 'An investigation is opened' }),
  'report-not-opened': feedback({ sv: 'Utredning inleds inte', en: 'No investigation is opened' }),
  'report-already-running': feedback({
    sv: 'Utredning pågår redan',
    en: 'An investigation is already running',
  }),
} as const satisfies Record<string, PublishedFactDefinition>;
export type PublishedFactCode = keyof typeof PUBLISHED_FACTS;

/** What BoU can tell a reporter of a report, in the order of the law (OSL 26:9 a). */
export const REPORT_OUTCOMES = [
  'report-opened',
  'report-not-opened',
  'report-already-running',
] as const satisfies readonly PublishedFactCode[];
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

/** What the decision on an investigation means for who reported: opened, not opened, or running already. */
export function reportOutcomeOf(decision: {
  readonly opened: boolean;
  readonly ground: string;
}): ReportOutcome {
  if (decision.opened) return 'report-opened';
  return decision.ground === 'ALREADY_INVESTIGATED' ? 'report-already-running' : 'report-not-opened';
}

/** Whether a stored text is the code of a fact. */
export function isPublishedFactCode(text: string): text is PublishedFactCode {
  return Object.hasOwn(PUBLISHED_FACTS, text);
}
