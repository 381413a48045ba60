import type { Label } from '../wording/index.js';
import type { Evidence, EvidenceTag } from './directory-snapshot.js';

/** What a sentence of a routing tells. Stable: stored and shown beside the text. */
export type RoutingReasonCode =
  | 'PLACE'
  | 'ALIAS'
  | 'SHARED_NAME'
  | 'ASSERTED_DISTRICT'
  | 'DISTRICT'
  | 'MUNICIPALITY'
  | 'ASK_FOR_STREET'
  | 'RVT'
  | 'BOU'
  | 'RVC'
  | 'LPO'
  | 'LPO_NEEDS_SUBDISTRICT'
  | 'OTHER_MUNICIPALITY'
  | 'ORGANISED_IN'
  | 'SHARES_INBOX'
  | 'LPO_STRADDLES_RVC'
  | 'DISTRICT_STRADDLES_LPO'
  | 'PROGRAMME'
  | 'JOUR'
  | 'JOUR_NOT_KNOWN'
  | 'WHOSE_RESIDENCE'
  | 'OPEN_NOW'
  | 'CLOSED_NOW'
  | 'HOURS_NOT_KNOWN'
  | 'OUT_OF_HOURS'
  | 'NOT_STAFFED_NOW'
  | 'EXTERNAL';

/** One sentence of why a unit was found, with where the fact came from and how well it is known. */
export interface RoutingReason {
  readonly code: RoutingReasonCode;
  readonly text: Label;
  readonly source: string;
  readonly tag: EvidenceTag;
}

/** A reason that rests on a row of the directory. */
export function because(code: RoutingReasonCode, text: Label, evidence: Evidence): RoutingReason {
  return { code, text, source: evidence.source, tag: evidence.tag };
}
