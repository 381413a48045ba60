import type { SubjectRole } from '../matter/index.js';
import type { UnitKind } from '../units/index.js';

/** What is asked for, as the seeds divide it (domain.md A4). */
export type SupportNeed =
  | 'first-conversations'
  | 'assessed-support'
  | 'protected-housing'
  | 'child-support'
  | 'immediate-care';

export interface AuthorityRow {
  readonly subject: SubjectRole;
  readonly need: SupportNeed;
  /** The kind of unit that decides, of the person's own district; null where the person cannot have it. */
  readonly decidedBy: UnitKind | null;
  /** Nobody decides: the unit gives it on its own intake. */
  readonly withoutDecision?: true;
  readonly source: string;
}

/**
 * Who decides on what (R-004 to R-007, domain.md A4). In the merged unit of Sydväst the two roles are two function addresses: RVT
 * Sydväst decides and RVC Sydväst carries out, so the same rows hold there, and one person never does both (C-17).
 */
export const AUTHORITY_MATRIX: readonly AuthorityRow[] = [
  {
    ...{ subject: 'victim', need: 'first-conversations', decidedBy: 'rvc', withoutDecision: true },
    source: 'R-004',
  },
  { subject: 'victim', need: 'assessed-support', decidedBy: 'rvt', source: 'R-004, R-005, R-007' },
  { subject: 'victim', need: 'protected-housing', decidedBy: 'rvt', source: 'R-005, R-007, R-025' },
  { subject: 'victim', need: 'child-support', decidedBy: null, source: 'R-006' },
  { subject: 'victim', need: 'immediate-care', decidedBy: null, source: 'LVU 6 §' },
  {
    ...{
      subject: 'alleged-perpetrator',
      need: 'first-conversations',
      decidedBy: 'rvc',
      withoutDecision: true,
    },
    source: 'R-001, R-004',
  },
  // Of his own district, never of hers.
  { subject: 'alleged-perpetrator', need: 'assessed-support', decidedBy: 'rvt', source: 'R-005, R-021' },
  { subject: 'alleged-perpetrator', need: 'protected-housing', decidedBy: null, source: 'domain.md A4' },
  { subject: 'alleged-perpetrator', need: 'child-support', decidedBy: null, source: 'R-006' },
  { subject: 'alleged-perpetrator', need: 'immediate-care', decidedBy: null, source: 'LVU 6 §' },
  // The five-conversation opening does not apply to children.
  { subject: 'child', need: 'first-conversations', decidedBy: null, source: 'R-006' },
  { subject: 'child', need: 'assessed-support', decidedBy: 'bou', source: 'R-006' },
  { subject: 'child', need: 'protected-housing', decidedBy: 'bou', source: 'domain.md A4, B5' },
  { subject: 'child', need: 'child-support', decidedBy: 'bou', source: 'R-006' },
  { subject: 'child', need: 'immediate-care', decidedBy: 'bou', source: 'LVU 6 §' },
];
