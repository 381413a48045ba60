import { type Result, refuse, succeed } from '../refusals/index.js';
import type { Route } from '../routes/index.js';
import { ordinaryOffice } from './accept-handoff.decision.js';
import { armDeadline } from './arm-deadline.js';
import { type CustodyChanges, changes, type DeadlineOpened, together } from './changes.js';
import { authorityOf, type DecisionContext, functionOf } from './decision-context.js';
import type { CommandFacts, DispatchPlanItem, HandoffFacts, MatterFacts, PreviewFacts } from './facts.js';
import type { DispatchId } from './ids.js';
import { keepArmed } from './keep-armed.js';
import { mayTravel } from './may-travel.js';
import { armForRoute, isStatutoryDuty } from './route-deadlines.js';

/** Deadlines that ask the holder to send, or to decide again: an act of sending meets them. */
const MET_BY_SENDING: ReadonlySet<string> = new Set([
  'send',
  'D-18',
  'contact-offered',
  'decide-after-attempts',
  'hand-back-confirmed',
  'review-after-decline',
  'review-after-decline-acute',
]);

/**
 * Sends what a preview decided, all or nothing: one handoff a matter, its deadlines, the statutory duties that the
 * report starts, and what left by which basis. An older open offer of the same matter is superseded in the same
 * transaction. Refuses a preview that is unknown, old, used or outdated, and a matter that the unit does not hold.
 */
export function decideSendDispatch(
  context: DecisionContext,
  facts: CommandFacts,
  dispatchId: DispatchId,
): Result<CustodyChanges> {
  const { preview } = facts;
  if (preview === null || preview.unit !== context.actor.unit) return refuse('NOT_FOUND');
  if (preview.used) return refuse('PREVIEW_USED');
  if (preview.expiresAt <= context.now) return refuse('PREVIEW_EXPIRED');
  if (preview.plan.directoryVersion !== context.snapshot.version) return refuse('PREVIEW_OUTDATED');
  const decided: CustodyChanges[] = [
    changes({
      dispatches: [{ id: dispatchId, incidentId: preview.incidentId, previewId: preview.id }],
      lookAgain: [preview.incidentId],
    }),
  ];
  for (const item of preview.plan.items) {
    const one = sendOne(context, facts, preview, item, dispatchId);
    if (!one.ok) return one;
    decided.push(one.value);
  }
  return succeed(together(decided));
}

function sendOne(
  context: DecisionContext,
  facts: CommandFacts,
  preview: PreviewFacts,
  item: DispatchPlanItem,
  dispatchId: DispatchId,
): Result<CustodyChanges> {
  const matter = facts.matters.find(({ id }) => id === item.matterId);
  if (matter === undefined) return refuse('NOT_FOUND');
  if (matter.closedAt !== null) return refuse('MATTER_CLOSED');
  if (matter.holderUnit !== context.actor.unit) return refuse('NOT_RESPONSIBLE');
  if (matter.version !== item.matterVersion) return refuse('PREVIEW_OUTDATED');
  const allowed = mayTravel(context, matter, item);
  if (!allowed.ok) return allowed;
  const route = allowed.value;

  const neededBefore = item.neededBefore === null ? null : new Date(item.neededBefore);
  const handoff = {
    id: item.handoffId,
    matterId: matter.id,
    fromUnit: context.actor.unit,
    toUnit: item.toUnit,
    neededBefore,
  };
  const start = { event: 'sent', at: context.now, incidentAt: matter.openedAt };
  const duties = statutoryDuties(context, route, matter, item);
  const superseded = facts.handoffs.filter(({ id }) => id === matter.openHandoffId);
  const sent = together([
    ...superseded.map((old) => supersede(context, matter, old)),
    changes({
      handoffsSent: [
        {
          id: item.handoffId,
          dispatchId,
          matterId: matter.id,
          route: route.id,
          toUnit: item.toUnit,
          contentId: item.contentId,
          basis: item.basis,
          neededBefore,
          handBackOf: item.reason === null ? null : matter.acceptedHandoffId,
        },
      ],
      deadlinesOpened: [
        ...armForRoute(context, route, 'delivery', handoff, start),
        ...armForRoute(context, route, 'opening', handoff, start),
        ...armForRoute(context, route, 'acceptance', handoff, start),
        ...duties,
      ],
      // The story asks for one protection assessment a child; the same record meets D-01 and D-02.
      stepsOpened: duties
        .filter(({ rule }) => rule === 'D-01')
        .map(({ id }) => ({
          process: 'call-out',
          processId: matter.incidentId,
          stepKey: 'protection-assessment',
          occurrence: matter.subjectId,
          deadlineId: id,
        })),
      deadlinesEnded: matter.deadlines
        .filter(({ rule }) => MET_BY_SENDING.has(rule))
        .map(({ id }) => ({ id, as: 'met', endedAt: null })),
      events: [
        {
          chain: 'handoff',
          handoffId: item.handoffId,
          matterId: matter.id,
          kind: 'sent',
          function: functionOf(context.actor),
          reason: item.reason,
          data: { route: route.id, toUnit: item.toUnit, basis: item.basis, previewId: preview.id },
          contentDigest: item.contentDigest,
        },
      ],
      disclosures: item.grounds.map((ground) => ({
        handoffId: item.handoffId,
        contentId: item.contentId,
        fromAuthority: item.fromAuthority,
        toAuthority: item.toAuthority,
        toUnit: item.toUnit,
        purpose: matter.kind,
        ...ground,
      })),
      notifications:
        route.custody === 'attested'
          ? []
          : [
              {
                deadlineId: null,
                rung: -1,
                unitId: item.toUnit,
                function: 'on-duty',
                kind: `offer.${route.group}`,
                ringUnit: null,
              },
            ],
    }),
  ]);
  return succeed(keepArmed(context, matter, sent));
}

function supersede(context: DecisionContext, matter: MatterFacts, old: HandoffFacts): CustodyChanges {
  return changes({
    handoffChanges: [
      {
        id: old.id,
        expectedVersion: old.version,
        action: 'supersede',
        phase: 'superseded',
        reason: null,
        proposedUnit: null,
      },
    ],
    deadlinesEnded: matter.deadlines
      .filter(({ handoffId, rule }) => handoffId === old.id && !isStatutoryDuty(rule))
      .map(({ id }) => ({ id, as: 'lifted', endedAt: null })),
    events: [
      {
        chain: 'handoff',
        handoffId: old.id,
        matterId: matter.id,
        kind: 'superseded',
        function: functionOf(context.actor),
        reason: null,
        data: {},
        contentDigest: null,
      },
    ],
  });
}

/** The commit of the sending transaction is receipt of the report: D-01 and D-02 bind the first social authority (C9). */
function statutoryDuties(
  context: DecisionContext,
  route: Route,
  matter: MatterFacts,
  item: DispatchPlanItem,
): DeadlineOpened[] {
  // Socialjouren never closes: the first office day of D-04 is the ordinary unit's, which will open the investigation.
  const office = route.to === 'socialjouren' ? (ordinaryOffice(context, matter) ?? item.toUnit) : item.toUnit;
  return (
    route.statutory.opens
      // Met or running: a duty starts once, whatever is sent again (C9).
      .filter((rule) => !matter.dutiesOpened.includes(rule))
      .map((rule) =>
        armDeadline(context, {
          rule,
          ladder: 'office',
          matterId: matter.id,
          handoffId: null,
          startEvent: 'report-received',
          startAt: context.now,
          dutyHolder: authorityOf(context.snapshot, item.toUnit, context.now),
          askedOf: item.toUnit,
          officeOf: office,
        }),
      )
  );
}
