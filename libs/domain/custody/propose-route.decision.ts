import { HANDOFF_TRANSITIONS } from '../handoff/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import type { UnitId } from '../routing/index.js';
import type { Label } from '../wording/index.js';
import { type CustodyChanges, changes } from './changes.js';
import { type DecisionContext, functionOf, refusalOfUnit } from './decision-context.js';
import type { HandoffFacts } from './facts.js';

/** Why a coordinator proposes another receiver. None of them presupposes knowing what the matter is about (DESIGN 8). */
export const PROPOSAL_REASONS = {
  NOT_ANSWERED: { sv: 'Mottagaren svarar inte', en: 'The receiver does not answer' },
  WRONG_DISTRICT: { sv: 'Annat stadsdelsområde', en: 'Another district' },
  RECEIVER_ENDS: { sv: 'Mottagaren upphör eller slås samman', en: 'The receiver ends or is merged' },
} as const satisfies Record<string, Label>;
export type ProposalReason = keyof typeof PROPOSAL_REASONS;

/**
 * A coordinator proposes another receiver; the sending unit's function on duty decides, previews again and sends, or
 * does not (DESIGN 5). Whether a route of this kind exists is not answered here: a refusal would tell the kind. Refuses
 * ILLEGAL_TRANSITION when the offer has been answered, UNKNOWN_UNIT, UNIT_ENDED, UNIT_NOT_YET, and INVALID_INPUT for
 * either side of the offer itself.
 */
export function decideProposeRoute(
  context: DecisionContext,
  handoff: HandoffFacts,
  { toUnit, reason }: { readonly toUnit: UnitId; readonly reason: ProposalReason },
): Result<CustodyChanges> {
  const { actor, snapshot, now } = context;
  if (!actor.roles.includes('coordinator')) return refuse('NO_MANDATE');
  const isOpen = HANDOFF_TRANSITIONS.some(
    ({ action, from }) => action === 'supersede' && from === handoff.phase,
  );
  if (!isOpen) return refuse('ILLEGAL_TRANSITION');
  const unoffered = refusalOfUnit(snapshot, toUnit, now);
  if (unoffered !== null) return refuse(unoffered);
  if (toUnit === handoff.toUnit || toUnit === handoff.fromUnit) {
    return refuse('INVALID_INPUT', {
      errors: [{ field: 'toUnit', message: 'Propose a unit that is not already one side of the offer.' }],
    });
  }
  return succeed(
    changes({
      events: [
        {
          chain: 'handoff',
          handoffId: handoff.id,
          matterId: handoff.matterId,
          kind: 'route-proposed',
          function: functionOf(actor),
          reason,
          data: { toUnit },
          contentDigest: null,
        },
      ],
      notifications: [
        {
          deadlineId: null,
          rung: 0,
          unitId: handoff.fromUnit,
          function: 'on-duty',
          kind: 'route-proposed',
          ringUnit: null,
        },
      ],
    }),
  );
}
