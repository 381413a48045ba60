import { matterAction } from '../actions/index.js';
import { type Booking, isWorkWithPerson, type WorkConflict } from '../authority/index.js';
import type { DeadlineRuleId } from '../deadlines/index.js';
import {
  type ClosingNeed,
  FLAG_CONDITIONS,
  MATTER_TRANSITIONS,
  type MatterAction,
  matterKind,
  type Outcome,
} from '../matter/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { armDeadline } from './arm-deadline.js';
import {
  type CustodyChanges,
  changes,
  type DeadlineOpened,
  type MatterChange,
  matterChange,
  together,
} from './changes.js';
import { closing } from './close-matter.js';
import { authorityOf, type DecisionContext, functionOf } from './decision-context.js';
import type { CommandFacts, DeadlineFacts, MatterFacts } from './facts.js';
import type { PersonId } from './ids.js';
import { keepArmed } from './keep-armed.js';

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
  /** Of a meeting: the site as a keyed digest, and when. */
  readonly booking?: Booking;
}

/** Deadlines that an act of work meets. */
const MET_BY: Partial<Record<MatterAction, readonly DeadlineRuleId[]>> = {
  'contact-made': ['first-contact', 'contact-offered', 'decide-after-attempts'],
  'contact-attempt': ['contact-offered'],
  'confirm-cancellation': ['answer-cancellation'],
  'refuse-cancellation': ['answer-cancellation'],
};

/** Decides one action of the responsible unit on its matter (DESIGN 5). */
export function decideMatterAction(
  context: DecisionContext,
  facts: Pick<CommandFacts, 'handoffs' | 'workConflict'>,
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
  if (isBarred(command.action, facts.workConflict ?? null)) return refuse('CANNOT_WORK_ON_MATTER');
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
  const change = closes
    ? closing(context, matter, open, command)
    : working(context, matter, command, transition.to);
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

/** Never the same for her and for him, nor for investigation and treatment (R-007, C-17); the refusal does not say which. */
function isBarred(action: MatterAction, conflict: WorkConflict | null): boolean {
  if (conflict === null) return false;
  if (action === 'assign' || action === 'take-over') return true;
  return isWorkWithPerson(action) && conflict !== 'no-colleague';
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
          end(matter, ({ rule, startEvent }) => rule === 'review' && startEvent === 'on-hold', 'lifted'),
          changes({ matterChanges: [matterChange(matter.id, { setsHold: true })] }),
        ]),
      );
    case 'confirm-cancellation':
      return succeed(
        together([
          done,
          changes({
            matterChanges: [matterChange(matter.id, { setsCancellation: true })],
            deadlinesOpened: [armOfHolder(context, matter, 'hand-back-confirmed', 'cancellation-confirmed')],
          }),
        ]),
      );
    case 'refuse-cancellation':
      return changed({ setsCancellation: true });
    case 'contact-attempt':
      return succeed(
        together([
          done,
          changes({
            matterChanges: [matterChange(matter.id, { phase })],
            deadlinesOpened: afterAttempts(context, matter),
          }),
        ]),
      );
    case 'note':
      return succeed(
        together([
          done,
          ...(command.reason === undefined
            ? []
            : [end(matter, ({ rule }) => rule === 'decide-after-attempts', 'met')]),
          // A note is appended: nothing moves that another could have read.
          changes({ matterChanges: [matterChange(matter.id, { bumpsVersion: false })] }),
        ]),
      );
    case 'schedule':
      return succeed(
        together([
          done,
          changes({
            matterChanges: [matterChange(matter.id, { phase })],
            bookings: command.booking === undefined ? [] : [{ matterId: matter.id, ...command.booking }],
          }),
        ]),
      );
    case 'contact-made':
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
  const review = armOfHolder(context, matter, 'review', 'on-hold');
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

function end(
  matter: MatterFacts,
  which: (deadline: DeadlineFacts) => boolean,
  as: 'met' | 'lifted',
): CustodyChanges {
  return changes({
    deadlinesEnded: matter.deadlines.filter(which).map(({ id }) => ({ id, as, endedAt: null })),
  });
}

const ATTEMPTS_BEFORE_A_DECISION = 3;
const TWO_DAYS_MS = 48 * 3_600_000;

/** Three failed contacts in two days: somebody decides on a welfare check; nothing closes by itself (forms.md 4). */
function afterAttempts(context: DecisionContext, matter: MatterFacts): DeadlineOpened[] {
  const since = context.now.getTime() - TWO_DAYS_MS;
  const recent = matter.failedContacts.filter((at) => at.getTime() > since).length + 1;
  const isAsked = matter.deadlines.some(({ rule }) => rule === 'decide-after-attempts');
  if (recent < ATTEMPTS_BEFORE_A_DECISION || isAsked) return [];
  return [armOfHolder(context, matter, 'decide-after-attempts', 'third-attempt')];
}

function armOfHolder(
  context: DecisionContext,
  { id, holderUnit }: MatterFacts,
  rule: DeadlineRuleId,
  startEvent: string,
): DeadlineOpened {
  return armDeadline(context, {
    rule,
    ladder: 'office',
    matterId: id,
    handoffId: null,
    startEvent,
    startAt: context.now,
    dutyHolder: authorityOf(context.snapshot, holderUnit, context.now),
    askedOf: holderUnit,
    officeOf: holderUnit,
  });
}
