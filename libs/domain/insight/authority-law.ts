import { AUTHORITY_OF_UNIT_KIND } from '../disclosure/index.js';
import type { EvidenceTag } from '../routing/index.js';
import type { UnitKind } from '../units/index.js';
import type { Label } from '../wording/index.js';

/** What differs between authorities that answer a request for insight. */
export interface AuthorityLaw {
  /** The section of OSL that protects the individual there. */
  readonly secrecy: { readonly section: string; readonly source: string; readonly tag: EvidenceTag };
  /** The administrative court of appeal that tries its refusals (OSL 6:8). */
  readonly court: { readonly name: Label; readonly source: string; readonly tag: EvidenceTag };
}

/** For authorities of the county of Stockholm; all that run in Handslag are there. */
const STOCKHOLM: Label = {
  sv: 'Kammarrätten i Stockholm',
  en: 'the Administrative Court of Appeal in Stockholm',
};

/** The law of insight by the kind of authority whose file it is. */
export const AUTHORITY_LAW = {
  'social-board': {
    secrecy: { section: '26:1', source: 'domain.md B6', tag: 'C' },
    court: { name: STOCKHOLM, source: 'OSL 6:8; a board of a municipality in the county', tag: 'INF' },
  },
  police: {
    // B6 says that police secrecy is in chapter 35; the section itself was not read.
    secrecy: { section: '35:1', source: 'domain.md B6 (X-09): 35 kap.', tag: 'INF' },
    court: {
      name: STOCKHOLM,
      source: 'OSL 6:8; a national authority: taken by where Polisregion Stockholm decides',
      tag: 'U',
    },
  },
  health: {
    secrecy: { section: '25:1', source: 'domain.md B6: section not read', tag: 'U' },
    court: { name: STOCKHOLM, source: 'OSL 6:8; a region whose seat is in the county', tag: 'INF' },
  },
} as const satisfies Record<string, AuthorityLaw>;
export type InsightAuthority = keyof typeof AUTHORITY_LAW;

/** The law by which units of a kind answer. Whoever is neither police nor health care works for a social board. */
export function insightAuthorityOf(kind: UnitKind): InsightAuthority {
  const authority = AUTHORITY_OF_UNIT_KIND[kind];
  return authority === 'police' || authority === 'health' ? authority : 'social-board';
}
