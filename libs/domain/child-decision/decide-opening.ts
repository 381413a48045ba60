import { type Result, refuse, succeed } from '../refusals/index.js';

/** A decision on an investigation, before it is recorded. */
export interface OpeningToDecide {
  readonly opened: boolean;
  readonly ground: string;
  /** Whether the child may have suffered or witnessed violence by or against somebody close; not known is that it may. */
  readonly mayHaveBeenExposed: boolean;
  readonly decidedAt: Date;
  /** When the 14 days of D-03 end; null where they do not run. */
  readonly dueAt: Date | null;
  /** Exceptional reasons for deciding later, or that there were none. */
  readonly lateBecause: 'EXCEPTIONAL_REASONS' | 'NO_SUCH_REASONS' | null;
}

/**
 * Whether it may be decided so. Refuses VIOLENCE_OPENS_INVESTIGATION for not opening where the child may have been exposed
 * (SOSFS 2014:4 6:1, D-04) unless one is running already, and LATE_DECISION_UNEXPLAINED past the 14 days (D-03).
 */
export function decideOpening(decision: OpeningToDecide): Result<null> {
  const { opened, ground, mayHaveBeenExposed, decidedAt, dueAt, lateBecause } = decision;
  if (!opened && ground === 'VIOLENCE') return refuse('VIOLENCE_OPENS_INVESTIGATION');
  // No decision is needed where an investigation runs: the report goes to it.
  if (!opened && ground !== 'ALREADY_INVESTIGATED' && mayHaveBeenExposed)
    return refuse('VIOLENCE_OPENS_INVESTIGATION', {
      errors: [
        { field: 'mayHaveBeenExposed', message: 'false, with reasons, where it is known not to be so' },
      ],
    });
  const isLate = dueAt !== null && decidedAt > dueAt && ground !== 'ALREADY_INVESTIGATED';
  if (isLate && lateBecause === null) return refuse('LATE_DECISION_UNEXPLAINED');
  return succeed(null);
}
