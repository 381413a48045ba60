import { type Result, refuse, succeed } from '../refusals/index.js';
import type { UnitId } from '../routing/index.js';
import { answeredCancellation } from './accept-handoff.decision.js';
import { type CustodyChanges, changes, together } from './changes.js';
import { authorityOf, type DecisionContext, functionOf, isUnitAt } from './decision-context.js';
import type { CommandFacts, DeadlineFacts, MatterFacts, SuccessionFacts } from './facts.js';
import type { SuccessionId } from './ids.js';
import { keepArmed } from './keep-armed.js';
import { isStatutoryDuty } from './route-deadlines.js';

/** The first of two persons: a head of the unit that ends names the successor that the directory knows. */
export function decideProposeSuccession(
  context: DecisionContext,
  id: SuccessionId,
  toUnit: UnitId,
): Result<CustodyChanges> {
  const { actor, snapshot, now } = context;
  if (!actor.roles.includes('unit-head')) return refuse('NO_MANDATE');
  const from = snapshot.units.find((unit) => unit.id === actor.unit);
  if (!isUnitAt(snapshot, toUnit, now)) return refuse('UNIT_ENDED');
  if (from === undefined || !from.successors.includes(toUnit)) return refuse('NO_SUCCESSOR');
  return succeed(changes({ successionsProposed: [{ id, fromUnit: actor.unit, toUnit }] }));
}

/**
 * The second person, at the successor: everything the old unit holds moves at one instant (C2). Its open offers go on
 * in the successor's name, save one to the successor itself, which has nothing left to ask; what asked the old unit to
 * act now asks the successor. A hold and a request to cancel were the old unit's and end with it. Refuses NOT_FOUND,
 * SECOND_PERSON_REQUIRED, NO_MANDATE and UNIT_ENDED.
 */
export function decideApproveSuccession(
  context: DecisionContext,
  facts: CommandFacts,
): Result<CustodyChanges> {
  const { succession } = facts;
  const { actor, snapshot, now } = context;
  if (succession === null || succession.toUnit !== actor.unit || succession.approvedBy !== null)
    return refuse('NOT_FOUND');
  if (succession.proposedBy === actor.person) return refuse('SECOND_PERSON_REQUIRED');
  if (!actor.roles.includes('unit-head')) return refuse('NO_MANDATE');
  if (!isUnitAt(snapshot, succession.toUnit, now)) return refuse('UNIT_ENDED');
  const held = facts.matters.filter(
    ({ holderUnit, closedAt }) => holderUnit === succession.fromUnit && closedAt === null,
  );
  return succeed(
    together([
      changes({ successionApproved: succession.id }),
      ...held.map((matter) => keepArmed(context, matter, take(context, facts, succession, matter))),
    ]),
  );
}

function take(
  context: DecisionContext,
  { handoffs }: CommandFacts,
  { id, fromUnit, toUnit }: SuccessionFacts,
  matter: MatterFacts,
): CustodyChanges {
  const toMyself = handoffs.find((one) => one.id === matter.openHandoffId && one.toUnit === toUnit);
  const ends = ({ rule, startEvent, handoffId }: DeadlineFacts) =>
    rule === 'answer-cancellation' ||
    (rule === 'review' && startEvent === 'on-hold') ||
    (toMyself !== undefined && handoffId === toMyself.id && !isStatutoryDuty(rule));
  const [before, after] = [fromUnit, toUnit].map((unit) => authorityOf(context.snapshot, unit, context.now));
  return together([
    answeredCancellation(context, matter),
    changes({
      spells: [{ matterId: matter.id, unitId: toUnit, handoffId: null, successionId: id }],
      deadlinesEnded: matter.deadlines
        .filter(ends)
        .map((deadline) => ({ id: deadline.id, as: 'lifted', endedAt: null })),
      deadlinesMoved: matter.deadlines
        .filter((deadline) => deadline.askedOf === fromUnit && !ends(deadline))
        .map((deadline) => ({
          id: deadline.id,
          dueAt: null,
          because: null,
          nextCallAt: null,
          // Asked of the sender, a receiver's delivery still binds the receiver.
          dutyHolder: deadline.dutyHolder === before ? (after ?? null) : null,
          askedOf: toUnit,
        })),
      events: [
        ...(toMyself === undefined
          ? []
          : [
              {
                chain: 'handoff' as const,
                handoffId: toMyself.id,
                matterId: matter.id,
                kind: 'superseded',
                function: functionOf(context.actor),
                reason: null,
                data: { successionId: id },
                contentDigest: null,
              },
            ]),
        {
          chain: 'matter',
          handoffId: null,
          matterId: matter.id,
          kind: 'succeeded',
          function: functionOf(context.actor),
          reason: null,
          data: { fromUnit, toUnit, successionId: id },
          contentDigest: null,
        },
      ],
      lookAgain: [matter.incidentId],
    }),
  ]);
}
