import { type Result, refuse, succeed } from '../refusals/index.js';
import type { UnitId } from '../routing/index.js';
import { type CustodyChanges, changes } from './changes.js';
import { authorityOf, type DecisionContext, functionOf, isUnitAt } from './decision-context.js';
import type { CommandFacts } from './facts.js';
import type { SuccessionId } from './ids.js';

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
 * The second person, at the successor: everything the old unit holds moves at one instant (C2). Open offers of the old
 * unit go on; what asked it to act now asks the successor.
 */
export function decideApproveSuccession(
  context: DecisionContext,
  facts: CommandFacts,
): Result<CustodyChanges> {
  const { succession } = facts;
  const { actor } = context;
  if (succession === null || succession.toUnit !== actor.unit || succession.approvedBy !== null)
    return refuse('NOT_FOUND');
  if (succession.proposedBy === actor.person) return refuse('SECOND_PERSON_REQUIRED');
  if (!actor.roles.includes('unit-head')) return refuse('NO_MANDATE');
  const held = facts.matters.filter(
    ({ holderUnit, closedAt }) => holderUnit === succession.fromUnit && closedAt === null,
  );
  return succeed(
    changes({
      successionApproved: succession.id,
      spells: held.map(({ id }) => ({
        matterId: id,
        unitId: succession.toUnit,
        handoffId: null,
        successionId: succession.id,
      })),
      deadlinesMoved: held.flatMap(({ deadlines }) =>
        deadlines
          .filter(({ askedOf }) => askedOf === succession.fromUnit)
          .map(({ id }) => ({
            id,
            dueAt: null,
            because: null,
            nextCallAt: null,
            dutyHolder: authorityOf(context.snapshot, succession.toUnit, context.now),
            askedOf: succession.toUnit,
          })),
      ),
      events: held.map(({ id }) => ({
        chain: 'matter',
        handoffId: null,
        matterId: id,
        kind: 'succeeded',
        function: functionOf(actor),
        reason: null,
        data: { fromUnit: succession.fromUnit, toUnit: succession.toUnit, successionId: succession.id },
        contentDigest: null,
      })),
    }),
  );
}
