import { matterAction } from '../actions/index.js';
import type { DeadlineRuleId } from '../deadlines/index.js';
import {
  type ClosingNeed,
  FLAG_CONDITIONS,
  MATTER_TRANSITIONS,
  type MatterAction,
  matterKind,
  missingForClosing,
  type Outcome,
  outcomesFor,
} from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { armDeadline } from './arm-deadline.js';
import { type CustodyChanges, changes, type MatterChange, matterChange, together } from './changes.js';
import { authorityOf, type DecisionContext, functionOf } from './decision-context.js';
import type { CommandFacts, HandoffFacts, MatterFacts } from './facts.js';
import type { PersonId } from './ids.js';
import { keepArmed } from './keep-armed.js';
import { isStatutoryDuty } from './route-deadlines.js';

/** What the holder does with a matter; codes and instants, words are sealed beside it. */
export interface MatterCommand {
  readonly action: MatterAction;
  readonly expectedVersion: number | null;
  readonly reason?: string;
  readonly assignTo?: PersonId;
  readonly reviewAt?: Date;
  readonly outcome?: Outcome;
  /** What the caller shows for the outcome beside what the record shows by itself. */
  readonly shown?: ReadonlySet<ClosingNeed>;
  readonly contentDigest?: string;
}

/** Deadlines that an act of work meets. */
const MET_BY: Partial<Record<MatterAction, readonly DeadlineRuleId[]>> = {
  'contact-made': ['first-contact', 'contact-offered'],
  'contact-attempt': ['contact-offered'],
  'confirm-cancellation': ['answer-cancellation'],
  'refuse-cancellation': ['answer-cancellation'],
};

/** Decides one action of the responsible unit on its matter (DESIGN 5). */
export function decideMatterAction(
  context: DecisionContext,
  facts: Pick<CommandFacts, 'handoffs'>,
  matter: MatterFacts,
  command: MatterCommand,
): Result<CustodyChanges> {
  const definition = matterAction(command.action);
  if (matter.closedAt !== null) return refuse('MATTER_CLOSED');
  if (matter.holderUnit !== context.actor.unit) return refuse('NOT_RESPONSIBLE');
  if (!definition.doers.some(({ roles }) => context.actor.roles.some((role) => roles.includes(role))))
    return refuse('NO_MANDATE');
  if (command.expectedVersion !== null && command.expectedVersion !== matter.version) {
    return refuse('STALE_VERSION', { current: { phase: matter.phase, version: matter.version } });
  }
  const flagged = checkFlag(matter, command.action);
  if (!flagged.ok) return flagged;
  const closes =
    command.action === 'close' ||
    (command.action === 'confirm-cancellation' && command.outcome !== undefined);
  const transition = MATTER_TRANSITIONS.find(
    (one) => one.action === command.action && one.from === matter.phase && (one.to === 'closed') === closes,
  );
  if (transition === undefined) return refuse('ILLEGAL_TRANSITION');
  const open = facts.handoffs.find(({ id }) => id === matter.openHandoffId);
  const change = closes ? closing(matter, open, command) : working(context, matter, command, transition.to);
  if (!change.ok) return change;
  const recorded = changes({
    events: [
      {
        chain: 'matter',
        handoffId: null,
        matterId: matter.id,
        kind: command.action,
        function: functionOf(context.actor),
        reason: command.reason ?? null,
        data: command.outcome === undefined ? {} : { outcome: command.outcome },
        contentDigest: command.contentDigest ?? null,
      },
    ],
    lookAgain: closes ? [matter.incidentId] : [],
  });
  return succeed(keepArmed(context, matter, together([recorded, change.value])));
}

function checkFlag(matter: MatterFacts, action: MatterAction): Result<null> {
  const condition = FLAG_CONDITIONS[action];
  if (condition === undefined) return succeed(null);
  const isSet =
    condition.flag === 'on-hold' ? matter.holdReviewAt !== null : matter.cancellationHandoffId !== null;
  if (isSet === condition.mustBe) return succeed(null);
  if (condition.flag === 'cancellation-requested') return refuse('NO_CANCELLATION_REQUESTED');
  return refuse(isSet ? 'ALREADY_ON_HOLD' : 'NOT_ON_HOLD');
}

function working(
  context: DecisionContext,
  matter: MatterFacts,
  command: MatterCommand,
  phase: MatterChange['phase'],
): Result<CustodyChanges> {
  const met = new Set<string>(MET_BY[command.action] ?? []);
  const done = changes({
    deadlinesEnded: matter.deadlines
      // Any work on the matter is a review of it; keepArmed arms the next.
      .filter(({ rule, startEvent }) => met.has(rule) || (rule === 'review' && startEvent !== 'on-hold'))
      .map(({ id }) => ({ id, as: 'met', endedAt: null })),
  });
  const changed = (some: Partial<Omit<MatterChange, 'id'>>) =>
    succeed(together([done, changes({ matterChanges: [matterChange(matter.id, some)] })]));
  switch (command.action) {
    case 'assign':
      return changed({ setsAssigned: true, assignedTo: command.assignTo ?? null });
    case 'take-over':
      return changed({ setsAssigned: true, assignedTo: context.actor.person });
    case 'hold':
      return hold(context, matter, command);
    case 'resume':
      return succeed(
        together([
          lift(matter, (rule, event) => rule === 'review' && event === 'on-hold'),
          changes({ matterChanges: [matterChange(matter.id, { setsHold: true })] }),
        ]),
      );
    case 'confirm-cancellation':
    case 'refuse-cancellation':
      return changed({ setsCancellation: true });
    case 'note':
    case 'contact-attempt':
    case 'contact-made':
    case 'schedule':
    case 'attend':
    case 'no-show':
    case 'event-cancelled':
      return changed({ phase });
    case 'close':
      return refuse('ILLEGAL_TRANSITION');
  }
}

/** A hold has a reason and a review date; statutory times go on (DESIGN 5). */
function hold(context: DecisionContext, matter: MatterFacts, command: MatterCommand): Result<CustodyChanges> {
  if (matterKind(matter.kind).isStatutoryReport) return refuse('CANNOT_HOLD_REPORT');
  if (command.reason === undefined) return refuse('REASON_REQUIRED');
  if (command.reviewAt === undefined || command.reviewAt <= context.now) {
    return refuse('INVALID_INPUT', { errors: [{ field: 'reviewAt', message: 'must be later than now' }] });
  }
  const holder = matter.holderUnit;
  const review = armDeadline(context, {
    rule: 'review',
    ladder: 'office',
    matterId: matter.id,
    handoffId: null,
    startEvent: 'on-hold',
    startAt: context.now,
    dutyHolder: authorityOf(context.snapshot, holder, context.now),
    askedOf: holder,
    officeOf: holder,
  });
  const reviewAt = command.reviewAt < review.dueAt ? command.reviewAt : review.dueAt;
  return succeed(
    changes({
      matterChanges: [
        matterChange(matter.id, {
          setsHold: true,
          holdReason: command.reason,
          holdReviewAt: command.reviewAt,
        }),
      ],
      deadlinesOpened: [{ ...review, dueAt: reviewAt, nextCallAt: reviewAt }],
    }),
  );
}

function closing(
  matter: MatterFacts,
  open: HandoffFacts | undefined,
  command: MatterCommand,
): Result<CustodyChanges> {
  const { outcome } = command;
  if (outcome === undefined || !outcomesFor(matter.kind, matter.subjectRole).includes(outcome)) {
    return refuse(matter.subjectRole === 'child' ? 'CHILD_NEEDS_SUCCESSOR' : 'OUTCOME_NOT_ALLOWED');
  }
  const shown = new Set<ClosingNeed>(command.shown ?? []);
  shown.delete('successor-matter');
  if (matter.hasSuccessor) shown.add('successor-matter');
  if (missingForClosing(outcome, shown).length > 0) {
    return refuse(
      matter.subjectRole === 'child' && outcome === 'SUCCESSOR'
        ? 'CHILD_NEEDS_SUCCESSOR'
        : 'CLOSING_NEEDS_MORE',
    );
  }
  if (open !== undefined && matterKind(matter.kind).closingWithOpenOffer === 'refused')
    return refuse('HOLDS_OPEN_OFFER');
  // A statutory duty is met by its own record and by nothing else (C9).
  if (
    matter.deadlines.some(({ rule }) => isStatutoryDuty(rule)) &&
    outcome !== 'MERGED' &&
    outcome !== 'SUCCESSOR'
  ) {
    return refuse('DUTY_NOT_MET');
  }
  return succeed(
    changes({
      handoffChanges:
        open === undefined
          ? []
          : [
              {
                id: open.id,
                expectedVersion: open.version,
                action: 'withdraw',
                phase: 'withdrawn',
                reason: null,
                proposedUnit: null,
              },
            ],
      matterChanges: [matterChange(matter.id, { closes: true, outcome, phase: 'closed' })],
      deadlinesEnded: matter.deadlines.map(({ id }) => ({ id, as: 'lifted', endedAt: null })),
    }),
  );
}

function lift(matter: MatterFacts, which: (rule: string, event: string) => boolean): CustodyChanges {
  return changes({
    deadlinesEnded: matter.deadlines
      .filter(({ rule, startEvent }) => which(rule, startEvent))
      .map(({ id }) => ({ id, as: 'lifted', endedAt: null })),
  });
}
