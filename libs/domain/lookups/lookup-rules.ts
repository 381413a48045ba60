import type { Label } from '../wording/index.js';

/** What a search inside an authority may be made by, and nothing else (SoLPUL 15 §; the police under their own law). */
export const LOOKUP_TERMS = {
  name: { sv: 'Namn', en: 'Name' },
  number: { sv: 'Person- eller samordningsnummer', en: 'Personal or coordination number' },
  'case-number': { sv: 'Ärendenummer', en: 'Case number' },
} as const satisfies Record<string, Label>;
export type LookupTerm = keyof typeof LOOKUP_TERMS;

/** What a search is for; the reason in words goes with it and is sealed. */
export const LOOKUP_PURPOSES = {
  HANDLE_MATTER: { sv: 'Handlägga ett ärende', en: 'Handle a matter' },
  NEW_REPORT: {
    sv: 'Se om en ny anmälan rör någon som är aktuell',
    en: 'See whether a new report is about somebody known',
  },
  INSIGHT_REQUEST: { sv: 'Svara på en begäran om insyn', en: 'Answer a request for insight' },
  LOG_REVIEW: { sv: 'Granska loggar', en: 'Review logs' },
} as const satisfies Record<string, Label>;
export type LookupPurpose = keyof typeof LOOKUP_PURPOSES;

/** How many searches one person can make in any hour: enough for a night's work, too few for trawling. Configuration, U. */
export const LOOKUPS_AN_HOUR = 60;

/** How long it is kept that somebody searched and why: a search is about no one person, so no erasure of a person reaches it. */
export const LOOKUPS_KEPT = {
  years: 5,
  source: 'configuration: as long as the files that searches lead to (SoLPUL, five years)',
  tag: 'U',
} as const;

/** How many matters a search shows at the most; more are said to be more. */
export const LOOKUP_HITS = 25;
