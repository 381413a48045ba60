import { type DecisionTakenBy, decideUndelegable } from '../authority/index.js';
import type { SubjectRole } from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import type { UnitKind } from '../units/index.js';
import { AUTHORITY_MATRIX, type AuthorityRow, type SupportNeed } from './authority-matrix.js';
import { type InterventionId, intervention } from './interventions.js';

export interface InterventionToDecide {
  readonly intervention: InterventionId;
  readonly subject: SubjectRole;
  /** Of the unit that decides, by its function address: RVT Sydväst and RVC Sydväst are two. */
  readonly unitKind: UnitKind;
  readonly takenBy: DecisionTakenBy;
}

/** The row of the matrix; every subject has one for every need. */
export function authorityOver(subject: SubjectRole, need: SupportNeed): AuthorityRow {
  const row = AUTHORITY_MATRIX.find((one) => one.subject === subject && one.need === need);
  if (row === undefined) throw new Error(`nothing says who decides on ${need} for ${subject}`);
  return row;
}

/**
 * Whether this unit, by who takes the decision, may decide this for this person. Refuses
 * INTERVENTION_NOT_FOR_PERSON, ANOTHER_UNIT_DECIDES with the kind of unit and the rule, and NOT_DELEGABLE for what only a
 * committee may decide.
 */
export function mayDecideIntervention(decision: InterventionToDecide): Result<null> {
  const { for: meantFor, need, committee } = intervention(decision.intervention);
  const { decidedBy, source } = authorityOver(decision.subject, need);
  if (!meantFor.includes(decision.subject) || decidedBy === null) {
    return refuse('INTERVENTION_NOT_FOR_PERSON', {
      errors: [{ field: 'intervention', message: `for ${meantFor.join(', ')} (${source})` }],
    });
  }
  if (decidedBy !== decision.unitKind) {
    return refuse('ANOTHER_UNIT_DECIDES', {
      errors: [{ field: 'intervention', message: `${decidedBy} decides (${source})` }],
    });
  }
  return committee === null ? succeed(null) : decideUndelegable(committee, decision.takenBy);
}
