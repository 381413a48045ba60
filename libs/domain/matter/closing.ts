import { type MatterKind, matterKind, type SubjectRole } from './matter-kinds.js';
import { type ClosingNeed, OUTCOMES, type Outcome } from './outcomes.js';

/** Needs that satisfy "a successor matter or a recorded decision that nothing further is needed" (C1). */
const KEEPS_A_CHILD_FROM_FALLING: readonly ClosingNeed[] = ['successor-matter', 'nothing-further-decision'];

/** True when the outcome leaves no child between matters (C1). */
export function isSafeForChild(outcome: Outcome): boolean {
  const needs: readonly ClosingNeed[] = OUTCOMES[outcome].needs;
  return needs.some((need) => KEEPS_A_CHILD_FROM_FALLING.includes(need));
}

/** The outcomes a matter of this kind, about this subject, can close with; for a child only what C1 allows. */
export function outcomesFor(kind: MatterKind, subject: SubjectRole): readonly Outcome[] {
  return matterKind(kind).outcomes.filter((outcome) => subject !== 'child' || isSafeForChild(outcome));
}

/** What the caller has to show, and has not shown, before the matter may close with this outcome. */
export function missingForClosing(outcome: Outcome, shown: ReadonlySet<ClosingNeed>): readonly ClosingNeed[] {
  return OUTCOMES[outcome].needs.filter((need) => !shown.has(need));
}
