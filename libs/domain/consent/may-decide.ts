import { type BasisId, basisWithId, CONDITIONS, type ConditionId, isValidOn } from '../disclosure/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import type { Role } from '../units/index.js';

/** A decision in the individual case, before it is recorded. */
export interface DecisionToRecord {
  readonly basis: BasisId;
  /** False for a decision not to tell, which needs no condition to be met. */
  readonly discloses: boolean;
  /** Conditions that the decider found to be met. */
  readonly conditions: readonly ConditionId[];
  /** ISO instant. */
  readonly decidedAt: string;
}

/**
 * Whether somebody with these roles may record the decision: the basis is one that is decided in the case and is law on
 * that day, the role is one that may decide it, and every condition that a person has to find met is (domain.md B6).
 */
export function mayDecide(decision: DecisionToRecord, roles: readonly Role[]): Result<null> {
  const basis = basisWithId(decision.basis);
  if (basis.kind !== 'individual-decision' || !isValidOn(basis, new Date(decision.decidedAt))) {
    return refuse('NOT_A_BASIS_TO_DECIDE');
  }
  const { decidedBy } = basis;
  if (decidedBy.by === 'role' && !decidedBy.roles.some((role) => roles.includes(role))) {
    return refuse('DECIDED_BY_ANOTHER_ROLE');
  }
  const lacking = basis.conditions.filter(
    (condition) => CONDITIONS[condition].how === 'by-person' && !decision.conditions.includes(condition),
  );
  if (!decision.discloses || lacking.length === 0) return succeed(null);
  return refuse('CONDITIONS_NOT_MET', {
    errors: lacking.map((condition) => ({ field: 'conditions', message: condition })),
  });
}
