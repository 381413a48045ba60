import { type Result, refuse, succeed } from '../refusals/index.js';
import { isCommission } from '../routes/index.js';
import { armDeadline } from './arm-deadline.js';
import { type CustodyChanges, changes, type DeadlineOpened, matterChange, together } from './changes.js';
import { authorityOf, type DecisionContext, functionOf, isUnitAt } from './decision-context.js';
import type { MatterFacts } from './facts.js';
import type { OfferAtHand } from './handoff-action.decision.js';
import { armForRoute, isStatutoryDuty } from './route-deadlines.js';

/**
 * A named person at the receiving unit takes the matter: the old spell ends and the new one begins at the same
 * instant (C2). What asked the sender to act is lifted; D-03 and D-04 pass to the social authority that accepts,
 * their start never reset, while D-01 and D-02 stay with the first (C9). A pending cancellation request is answered
 * as superseded. Refuses UNIT_EXTERNAL: a unit outside never holds; and DECIDER_MAY_NOT_ACCEPT: who decided on a
 * commission does not take it on (R-007, C-17).
 */
export function decideAccept(
  context: DecisionContext,
  offer: OfferAtHand,
  mergedInto?: MatterFacts | null,
): Result<CustodyChanges> {
  const { handoff, matter, route } = offer;
  if (matter.closedAt !== null) return refuse('MATTER_CLOSED');
  if (route.custody === 'attested') return refuse('UNIT_EXTERNAL');
  if (!isUnitAt(context.snapshot, handoff.toUnit, context.now)) return refuse('UNIT_ENDED');
  if (isCommission(route) && handoff.decidedByCaller) return refuse('DECIDER_MAY_NOT_ACCEPT');
  if (mergedInto !== undefined && !mayJoin(context, matter, mergedInto)) {
    return refuse('INVALID_INPUT', {
      errors: [{ field: 'mergedInto', message: 'not a running matter of yours' }],
    });
  }
  const acceptance = matter.deadlines.find(
    ({ handoffId, rule }) => handoffId === handoff.id && rule.startsWith('acceptance'),
  );
  return succeed(
    together([
      changes({
        spells: [{ matterId: matter.id, unitId: handoff.toUnit, handoffId: handoff.id, successionId: null }],
        deadlinesEnded: matter.deadlines
          .filter(({ rule }) => !isStatutoryDuty(rule))
          .map((deadline) => ({
            id: deadline.id,
            as: deadline.id === acceptance?.id ? ('met' as const) : ('lifted' as const),
            endedAt: null,
          })),
        deadlinesMoved: passedDuties(context, offer),
        deadlinesOpened: armForRoute(context, route, 'first-contact', handoff, {
          event: 'acceptance-due',
          at: acceptance?.dueAt ?? context.now,
        }),
        receipts: [
          { handoffId: handoff.id, kind: 'signed', function: functionOf(context.actor), attestation: null },
        ],
        notifications: [
          {
            deadlineId: null,
            rung: -1,
            unitId: handoff.fromUnit,
            function: 'on-duty',
            kind: 'answered',
            ringUnit: null,
          },
        ],
      }),
      joined(matter, mergedInto),
      morningHandover(context, offer),
      answeredCancellation(context, matter),
    ]),
  );
}

/** A second report joins a running matter of the same kind at the same unit: it is accepted and linked (DESIGN 5). */
function mayJoin(context: DecisionContext, matter: MatterFacts, running: MatterFacts | null): boolean {
  return (
    running !== null &&
    running.id !== matter.id &&
    running.kind === matter.kind &&
    running.closedAt === null &&
    running.holderUnit === context.actor.unit
  );
}

function joined(matter: MatterFacts, running: MatterFacts | null | undefined): CustodyChanges {
  if (running === null || running === undefined) return changes({});
  return changes({
    matterChanges: [matterChange(matter.id, { bumpsVersion: false, mergedIntoId: running.id })],
  });
}

/** The unit that was asked to cancel no longer holds: the question is answered as superseded (DESIGN 5). */
export function answeredCancellation(context: DecisionContext, matter: MatterFacts): CustodyChanges {
  if (matter.cancellationHandoffId === null) return changes({});
  return changes({
    events: [
      {
        chain: 'matter',
        handoffId: null,
        matterId: matter.id,
        kind: 'cancellation-superseded',
        function: functionOf(context.actor),
        reason: null,
        data: { askedOn: matter.cancellationHandoffId },
        contentDigest: null,
      },
    ],
  });
}

/** The duties that pass with the matter, now bound to and asked of the unit that took it. */
function passedDuties(context: DecisionContext, { handoff, matter, route }: OfferAtHand) {
  const passes = new Set<string>([
    ...route.statutory.passes,
    ...route.statutory.opens.filter((rule) => rule === 'D-03' || rule === 'D-04'),
  ]);
  return matter.deadlines
    .filter(({ rule }) => passes.has(rule))
    .map(({ id }) => ({
      id,
      dueAt: null,
      because: null,
      nextCallAt: null,
      dutyHolder: authorityOf(context.snapshot, handoff.toUnit, context.now),
      askedOf: handoff.toUnit,
    }));
}

/**
 * What socialjouren takes by night is handed on when the ordinary unit's office next opens (R-019, D-18): counted from
 * when it reached socialjouren, so that a late acceptance earns no extra day; a hand-back from when it was taken.
 */
function morningHandover(context: DecisionContext, { handoff, matter, route }: OfferAtHand): CustodyChanges {
  if (route.to !== 'socialjouren') return changes({});
  const ordinary = ordinaryOffice(context, matter);
  if (ordinary === undefined) return changes({});
  const deadline: DeadlineOpened = armDeadline(context, {
    rule: 'D-18',
    ladder: 'office',
    matterId: matter.id,
    handoffId: null,
    startEvent: 'taken-by-night',
    startAt: route.direction === 'forward' ? handoff.sentAt : context.now,
    dutyHolder: authorityOf(context.snapshot, handoff.toUnit, context.now),
    askedOf: handoff.toUnit,
    officeOf: ordinary,
  });
  return changes({
    deadlinesOpened: [deadline],
    stepsOpened: [
      {
        process: 'call-out',
        processId: matter.incidentId,
        stepKey: 'morning-handover',
        occurrence: matter.id,
        deadlineId: deadline.id,
      },
    ],
  });
}

/** Any ordinary unit of the kind that will take it: all of a kind keep the same hours, and none is chosen yet. */
export function ordinaryOffice({ snapshot, now }: DecisionContext, matter: Pick<MatterFacts, 'kind'>) {
  const kind = matter.kind === 'child-protection' ? 'bou' : 'rvt';
  return snapshot.units.find(
    (unit) => unit.party === kind && unit.external.length === 0 && isUnitAt(snapshot, unit.id, now),
  )?.id;
}
