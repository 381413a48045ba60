import { localDateOfInstant } from '#calendar';
import {
  type ClosingNeed,
  matterKind,
  missingForClosing,
  OUTCOMES,
  type Outcome,
  outcomesFor,
} from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { routeById } from '../routes/index.js';
import { type CustodyChanges, changes, matterChange, together } from './changes.js';
import { type DecisionContext, functionOf } from './decision-context.js';
import type { HandoffFacts, MatterFacts } from './facts.js';
import type { MatterCommand } from './matter-action.decision.js';
import { isStatutoryDuty } from './route-deadlines.js';

/**
 * The end of a matter (C1, C9, DESIGN 5): an outcome of its kind, with all that the outcome needs; no statutory duty
 * that only its own record can meet; an open offer withdrawn in the same transaction, or the closing refused.
 * Refuses CHILD_NEEDS_SUCCESSOR, OUTCOME_NOT_ALLOWED, NO_CANCELLATION_REQUESTED, CLOSING_NEEDS_MORE,
 * RECHECK_TOO_EARLY, HOLDS_OPEN_OFFER and DUTY_NOT_MET.
 */
export function closing(
  context: DecisionContext,
  matter: MatterFacts,
  open: HandoffFacts | undefined,
  command: MatterCommand,
): Result<CustodyChanges> {
  const { outcome } = command;
  if (outcome === undefined || !outcomesFor(matter.kind, matter.subjectRole).includes(outcome)) {
    return refuse(matter.subjectRole === 'child' ? 'CHILD_NEEDS_SUCCESSOR' : 'OUTCOME_NOT_ALLOWED');
  }
  if (outcome === 'CANCELLED' && matter.cancellationHandoffId === null) {
    return refuse('NO_CANCELLATION_REQUESTED');
  }
  const ready = isShown(context, matter, outcome, command.shown ?? new Set());
  if (!ready.ok) return ready;
  if (matter.openHandoffId !== null && matterKind(matter.kind).closingWithOpenOffer === 'refused')
    return refuse('HOLDS_OPEN_OFFER');
  if (matter.deadlines.some(({ rule }) => isStatutoryDuty(rule) && outlives(rule, outcome))) {
    return refuse('DUTY_NOT_MET');
  }
  return succeed(
    together([
      ...(open === undefined ? [] : [withdrawn(context, matter, open)]),
      changes({
        matterChanges: [matterChange(matter.id, { closes: true, outcome, phase: 'closed' })],
        deadlinesEnded: matter.deadlines.map(({ id, rule }) => ({
          id,
          as: rule === 'answer-cancellation' || rule === 'attested-check' ? 'met' : 'lifted',
          endedAt: null,
        })),
      }),
    ]),
  );
}

function isShown(
  context: DecisionContext,
  matter: MatterFacts,
  outcome: Outcome,
  told: ReadonlySet<ClosingNeed>,
): Result<null> {
  const shown = new Set(told);
  // The record shows this by itself; the caller's word is not enough.
  shown.delete('successor-matter');
  if (matter.hasSuccessor) shown.add('successor-matter');
  const needs: readonly ClosingNeed[] = OUTCOMES[outcome].needs;
  const recheck = matter.deadlines.find(({ rule }) => rule === 'attested-check');
  if (recheck === undefined) shown.delete('attested-and-rechecked');
  const missing = missingForClosing(outcome, shown);
  if (missing.length > 0) {
    return matter.subjectRole === 'child' && outcome === 'SUCCESSOR'
      ? refuse('CHILD_NEEDS_SUCCESSOR')
      : refuse('CLOSING_NEEDS_MORE', {
          errors: missing.map((need) => ({ field: need, message: 'must be shown' })),
        });
  }
  // "Re-checked on the next office day" (DESIGN 2): from the morning of that day, whose end is when it is due.
  if (
    needs.includes('attested-and-rechecked') &&
    recheck !== undefined &&
    localDateOfInstant(context.now) < localDateOfInstant(recheck.dueAt)
  ) {
    return refuse('RECHECK_TOO_EARLY');
  }
  return succeed(null);
}

/**
 * A statutory duty is met by its own record and by nothing else (C9). D-03 and D-04 end with the matter only where
 * they are somebody's elsewhere: a running investigation needs no new decision (domain.md D-03), and another
 * municipality has a duty of its own once it has taken the child over.
 */
function outlives(rule: string, outcome: Outcome): boolean {
  const decision = rule === 'D-03' || rule === 'D-04';
  return !(decision && (outcome === 'MERGED' || outcome === 'CHILD_TAKEN_OUTSIDE'));
}

function withdrawn(context: DecisionContext, matter: MatterFacts, open: HandoffFacts): CustodyChanges {
  return changes({
    handoffChanges: [
      {
        id: open.id,
        expectedVersion: open.version,
        action: 'withdraw',
        phase: 'withdrawn',
        reason: null,
        proposedUnit: null,
      },
    ],
    events: [
      {
        chain: 'handoff',
        handoffId: open.id,
        matterId: matter.id,
        kind: 'withdraw',
        function: functionOf(context.actor),
        reason: null,
        data: { by: 'close' },
        contentDigest: null,
      },
    ],
    notifications: (routeById(open.route)?.custody === 'attested' ? [] : [open.toUnit]).map((unitId) => ({
      deadlineId: null,
      rung: -1,
      unitId,
      function: 'on-duty',
      kind: 'withdrawn',
      ringUnit: null,
    })),
  });
}
