import { type Result, refuse, succeed } from '../refusals/index.js';
import { armDeadline } from './arm-deadline.js';
import { type CustodyChanges, changes, type DeadlineOpened, together } from './changes.js';
import { authorityOf, type DecisionContext, functionOf, isUnitAt } from './decision-context.js';
import type { MatterFacts } from './facts.js';
import type { OfferAtHand } from './handoff-action.decision.js';
import { armForRoute, isStatutoryDuty } from './route-deadlines.js';

/**
 * A named person at the receiving unit takes the matter: the old spell ends and the new one begins at the same
 * instant (C2). What asked the sender to act is lifted; D-03 and D-04 pass to the social authority that accepts,
 * their start never reset, while D-01 and D-02 stay with the first (C9). A pending cancellation request is answered
 * as superseded. Refuses UNIT_EXTERNAL: a unit outside never holds.
 */
export function decideAccept(context: DecisionContext, offer: OfferAtHand): Result<CustodyChanges> {
  const { handoff, matter, route } = offer;
  if (matter.closedAt !== null) return refuse('MATTER_CLOSED');
  if (route.custody === 'attested') return refuse('UNIT_EXTERNAL');
  if (!isUnitAt(context.snapshot, handoff.toUnit, context.now)) return refuse('UNIT_ENDED');
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
      morningHandover(context, offer),
    ]),
  );
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

/** What socialjouren takes by night is handed on when the ordinary unit's office next opens (R-019, D-18). */
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
    startAt: context.now,
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
function ordinaryOffice({ snapshot, now }: DecisionContext, matter: MatterFacts) {
  const kind = matter.kind === 'child-protection' ? 'bou' : 'rvt';
  return snapshot.units.find(
    (unit) => unit.party === kind && unit.external.length === 0 && isUnitAt(snapshot, unit.id, now),
  )?.id;
}
