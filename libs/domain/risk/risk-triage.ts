import type { MatterKind } from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import type { UnitKind } from '../units/index.js';
import type { Label } from '../wording/index.js';

/** Whether a threat-and-risk assessment is needed before support is offered. */
export const TRIAGE_OUTCOMES = {
  ASSESSMENT_NEEDED: { sv: 'Hot- och riskbedömning behövs', en: 'A threat-and-risk assessment is needed' },
  NOT_NEEDED: { sv: 'Behövs inte', en: 'Not needed' },
  CANNOT_YET_BE_SAID: { sv: 'Kan inte sägas än', en: 'Cannot be said yet' },
} as const satisfies Record<string, Label>;
export type TriageOutcome = keyof typeof TRIAGE_OUTCOMES;

/** What the unit has recorded about one person. */
export interface TriageFacts {
  /** The newest triage that stands; null when there is none. */
  readonly triage: { readonly outcome: TriageOutcome } | null;
  /** Whether a risk assessment that stands has been made here. */
  readonly isAssessed: boolean;
}

/** A support offer, by the kinds that its route names. */
export interface SupportOffer {
  readonly matterKind: MatterKind;
  readonly from: UnitKind;
  readonly to: UnitKind;
  readonly direction: 'forward' | 'hand-back' | 'hand-on';
}

/**
 * Whether support may be offered to RVC for the person. An offer forward needs a triage; one that says that a
 * threat-and-risk assessment is needed, or cannot say, closes RVC until RVT has made it. A contact that goes on at another
 * RVC because she moved is stopped only by a triage that asks for more (REC-1). Back to RVT, which is where the assessment
 * is made, is never stopped. Refuses RISK_TRIAGE_FIRST and RISK_ASSESSMENT_FIRST.
 */
export function mayOfferSupport(
  { matterKind, to, direction }: SupportOffer,
  { triage, isAssessed }: TriageFacts,
): Result<null> {
  if (matterKind !== 'adult-support' || to !== 'rvc' || isAssessed) return succeed(null);
  if (triage === null) return direction === 'forward' ? refuse('RISK_TRIAGE_FIRST') : succeed(null);
  return triage.outcome === 'NOT_NEEDED' ? succeed(null) : refuse('RISK_ASSESSMENT_FIRST');
}
