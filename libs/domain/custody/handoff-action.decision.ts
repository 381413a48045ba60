import { handoffAction } from '../actions/index.js';
import type { OutsideFunction } from '../handoff/index.js';
import { HANDOFF_TRANSITIONS, type HandoffAction, type HandoffSide } from '../handoff/index.js';
import { matterKind } from '../matter/index.js';
import type { NoticeKind } from '../notices/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { type Route, routeById } from '../routes/index.js';
import type { UnitId } from '../routing/index.js';
import { decideAccept } from './accept-handoff.decision.js';
import {
  type CustodyChanges,
  changes,
  type HandoffChange,
  matterChange,
  type NotificationWanted,
  together,
} from './changes.js';
import { type DecisionContext, functionOf, isUnitAt } from './decision-context.js';
import type { HandoffFacts, MatterFacts } from './facts.js';
import { keepArmed } from './keep-armed.js';
import { armForRoute, isStatutoryDuty } from './route-deadlines.js';

/** What a person asks for on an offer; codes and instants, words are sealed beside it. */
export interface HandoffCommand {
  readonly action: HandoffAction;
  /** The version that the caller read; null where none is asked for (open, deliver). */
  readonly expectedVersion: number | null;
  readonly reason?: string;
  readonly proposedUnit?: UnitId;
  /** Of sealed words that go with it: the question, the answer. */
  readonly contentDigest?: string;
  readonly attestation?: { readonly function: OutsideFunction; readonly at: Date };
  /** A running matter that this report joins; null when the caller has no part in the one she named. */
  readonly mergedInto?: MatterFacts | null;
}

/** What an offer, its matter and its route are, for one decision. */
export interface OfferAtHand {
  readonly handoff: HandoffFacts;
  readonly matter: MatterFacts;
  readonly route: Route;
}

/**
 * Decides one action on an offer by the machine, the route and the version. A second opening by the same unit
 * changes nothing. Refuses with the current state when the race was lost.
 */
export function decideHandoffAction(
  context: DecisionContext,
  handoff: HandoffFacts,
  matter: MatterFacts,
  command: HandoffCommand,
): Result<CustodyChanges> {
  const route = routeById(handoff.route);
  if (route === undefined) return refuse('NO_ROUTE');
  const definition = handoffAction(command.action);
  const side = sideOf(context, handoff);
  if (side === null) return refuse('NOT_FOUND');
  const doer = definition.doers.find((one) => one.side === side);
  if (doer === undefined) return refuse('ILLEGAL_TRANSITION', { current: currentOf(handoff) });
  if (doer.roles.length > 0 && !context.actor.roles.some((role) => doer.roles.includes(role)))
    return refuse('NO_MANDATE');

  if (command.action === 'open' && (handoff.phase === 'opened' || handoff.phase === 'awaiting-information')) {
    return succeed(changes({}));
  }
  const transition = HANDOFF_TRANSITIONS.find(
    (one) => one.action === command.action && one.side === side && one.from === handoff.phase,
  );
  if (transition === undefined) return refuse(whyNot(handoff), { current: currentOf(handoff) });
  if (command.expectedVersion !== null && command.expectedVersion !== handoff.version) {
    return refuse('STALE_VERSION', { current: currentOf(handoff) });
  }
  if (definition.condition !== null && !route[definition.condition]) {
    const forbidden = definition.whenForbidden;
    if (forbidden === null) return refuse('ILLEGAL_TRANSITION');
    return refuse(matterKind(matter.kind).isStatutoryReport ? forbidden.report : forbidden.otherwise);
  }
  const change: HandoffChange = {
    id: handoff.id,
    expectedVersion: handoff.version,
    action: command.action,
    phase: transition.to,
    reason: command.reason ?? null,
    proposedUnit: command.proposedUnit ?? null,
  };
  const decided = consequences(context, { handoff, matter, route }, command, change);
  if (!decided.ok) return decided;
  const recorded = changes({
    handoffChanges: [change],
    events: [
      {
        chain: 'handoff',
        handoffId: handoff.id,
        matterId: matter.id,
        kind: command.action,
        function: functionOf(context.actor),
        reason: command.reason ?? null,
        data: command.proposedUnit === undefined ? {} : { proposedUnit: command.proposedUnit },
        contentDigest: command.contentDigest ?? null,
      },
    ],
    lookAgain: [matter.incidentId],
  });
  return succeed(keepArmed(context, matter, together([recorded, decided.value])));
}

function consequences(
  context: DecisionContext,
  offer: OfferAtHand,
  command: HandoffCommand,
  change: HandoffChange,
): Result<CustodyChanges> {
  const { handoff, matter, route } = offer;
  switch (command.action) {
    case 'deliver':
      return succeed(meet(matter, handoff, ['delivery']));
    case 'open':
      return succeed(meet(matter, handoff, ['delivery', 'opening']));
    case 'accept':
      return decideAccept(context, offer, command.mergedInto);
    case 'decline':
      return reasoned(command.reason, route.declineReasons, () => senderReviews(context, offer, 'declined'));
    case 'redirect':
      if (
        command.proposedUnit !== undefined &&
        !isUnitAt(context.snapshot, command.proposedUnit, context.now)
      ) {
        return refuse('UNKNOWN_UNIT');
      }
      return reasoned(command.reason, route.redirectReasons, () =>
        senderReviews(context, offer, 'redirected'),
      );
    case 'request-information':
      // Asking never stops the acceptance clock (DESIGN 5).
      return succeed(
        together([
          changes({
            deadlinesOpened: armForRoute(context, route, 'information-answer', handoff, {
              event: 'information-requested',
              at: context.now,
            }),
          }),
          tell(handoff.fromUnit, 'question'),
        ]),
      );
    case 'answer':
      return succeed(
        together([meet(matter, handoff, ['information-answer']), tell(handoff.toUnit, 'answer')]),
      );
    case 'withdraw':
      return succeed(senderReviews(context, offer, 'withdrawn'));
    case 'supersede':
      return succeed(liftAll(matter, handoff));
    case 'enter-in-error':
      // After acceptance only a mark on the event; custody never moves by it (DESIGN 5).
      return succeed(
        change.phase === 'accepted' ? changes({}) : senderReviews(context, offer, 'entered-in-error'),
      );
    case 'request-cancellation':
      return requestCancellation(context, offer);
    case 'attest':
      return attest(context, offer, command);
  }
}

function requestCancellation(
  context: DecisionContext,
  { handoff, matter, route }: OfferAtHand,
): Result<CustodyChanges> {
  const stillHolds = matter.holderUnit === handoff.toUnit && matter.acceptedHandoffId === handoff.id;
  // Closed or handed on: which of the two is not the sender's to know (DESIGN 8).
  if (matter.closedAt !== null || !stillHolds) return refuse('ACCEPTOR_NO_LONGER_HOLDS');
  if (matter.cancellationHandoffId !== null) return refuse('CANCELLATION_ALREADY_REQUESTED');
  return succeed(
    together([
      changes({
        matterChanges: [
          matterChange(matter.id, {
            bumpsVersion: true,
            setsCancellation: true,
            cancellationHandoffId: handoff.id,
          }),
        ],
        deadlinesOpened: armForRoute(context, route, 'cancellation-answer', handoff, {
          event: 'cancellation-requested',
          at: context.now,
        }),
      }),
      tell(handoff.toUnit, 'cancellation-requested'),
    ]),
  );
}

/** A unit outside never holds: the sender stays responsible and checks again on the next office day (DESIGN 2). */
function attest(
  context: DecisionContext,
  { handoff, matter, route }: OfferAtHand,
  command: HandoffCommand,
): Result<CustodyChanges> {
  const { attestation } = command;
  if (attestation === undefined) {
    return refuse('INVALID_INPUT', { errors: [{ field: 'function', message: 'required' }] });
  }
  if (attestation.at > context.now) {
    return refuse('INVALID_INPUT', { errors: [{ field: 'at', message: 'in the future' }] });
  }
  return succeed(
    together([
      meet(matter, handoff, ['acceptance']),
      changes({
        deadlinesOpened: armForRoute(context, route, 'recheck', handoff, {
          event: 'attested',
          at: context.now,
        }),
        receipts: [
          {
            handoffId: handoff.id,
            kind: 'attested',
            function: functionOf(context.actor),
            attestation,
          },
        ],
      }),
    ]),
  );
}

/** The offer has ended without moving anything: its times are lifted and the sender has to decide again. */
function senderReviews(
  context: DecisionContext,
  { handoff, matter, route }: OfferAtHand,
  event: string,
): CustodyChanges {
  return together([
    liftAll(matter, handoff),
    changes({ deadlinesOpened: armForRoute(context, route, 'review', handoff, { event, at: context.now }) }),
    context.actor.unit !== handoff.fromUnit
      ? tell(handoff.fromUnit, 'answered')
      : route.custody === 'attested'
        ? changes({})
        : tell(handoff.toUnit, 'withdrawn'),
  ]);
}

function liftAll(matter: MatterFacts, handoff: HandoffFacts): CustodyChanges {
  return changes({
    deadlinesEnded: matter.deadlines
      .filter(({ handoffId, rule }) => handoffId === handoff.id && !isStatutoryDuty(rule))
      .map(({ id }) => ({ id, as: 'lifted', endedAt: null })),
  });
}

function meet(matter: MatterFacts, handoff: HandoffFacts, purposes: readonly string[]): CustodyChanges {
  return changes({
    deadlinesEnded: matter.deadlines
      .filter(
        ({ handoffId, rule }) => handoffId === handoff.id && purposes.some((purpose) => isFor(rule, purpose)),
      )
      .map(({ id }) => ({ id, as: 'met', endedAt: null })),
  });
}

function isFor(rule: string, purpose: string): boolean {
  return (
    rule === purpose ||
    rule.startsWith(`${purpose}-`) ||
    rule === PURPOSE_RULES[purpose] ||
    rule.startsWith(`${PURPOSE_RULES[purpose]}-`)
  );
}

/** Purposes whose rules have another name in the registry. */
const PURPOSE_RULES: Readonly<Record<string, string>> = {
  'information-answer': 'answer-information',
  'cancellation-answer': 'answer-cancellation',
};

function reasoned(
  reason: string | undefined,
  allowed: readonly string[],
  decide: () => CustodyChanges,
): Result<CustodyChanges> {
  if (reason === undefined)
    return refuse('REASON_REQUIRED', { errors: [{ field: 'reason', message: 'required' }] });
  return allowed.includes(reason) ? succeed(decide()) : refuse('REASON_NOT_ALLOWED');
}

function tell(unitId: UnitId, kind: NoticeKind): CustodyChanges {
  const notification: NotificationWanted = {
    deadlineId: null,
    rung: -1,
    unitId,
    function: 'on-duty',
    kind,
    ringUnit: null,
  };
  return changes({ notifications: [notification] });
}

function sideOf(context: DecisionContext, handoff: HandoffFacts): HandoffSide | null {
  const { person, unit } = context.actor;
  if (unit === handoff.toUnit) return person === null ? 'receiver-system' : 'receiver';
  return unit === handoff.fromUnit && person !== null ? 'sender' : null;
}

function whyNot(handoff: HandoffFacts) {
  switch (handoff.phase) {
    case 'accepted':
      return 'ALREADY_ACCEPTED' as const;
    case 'withdrawn':
    case 'superseded':
      return 'HANDOFF_WITHDRAWN' as const;
    case 'sent':
    case 'delivered':
    case 'opened':
    case 'awaiting-information':
    case 'declined':
    case 'redirected':
    case 'entered-in-error':
      return 'ILLEGAL_TRANSITION' as const;
  }
}

/** What either side may see of a lost race: phase and version, not who. */
export function currentOf(handoff: HandoffFacts): { phase: string; version: number } {
  return { phase: handoff.phase, version: handoff.version };
}
