import type { DeadlineRuleId } from '../deadlines/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { type CustodyChanges, changes } from './changes.js';
import { type DecisionContext, functionOf } from './decision-context.js';
import type { MatterFacts } from './facts.js';
import { keepArmed } from './keep-armed.js';

export interface DutyMet {
  readonly rules: readonly DeadlineRuleId[];
  /** When the act was done (the assessment, the decision), which may be before it was recorded. */
  readonly at: Date;
  /** The code of the outcome; the reasons are sealed in the party's own schema. */
  readonly outcome: string;
  /** The id of what caused it in the party's schema. */
  readonly causeId: string;
}

/**
 * A statutory duty is met by the record of the act that it asks for, carrying the time of the act (C9). Asked of the
 * unit that the duty is asked of, or of the holder. A duty already met changes nothing, so a repeat is harmless.
 */
export function decideMeetDuty(
  context: DecisionContext,
  matter: MatterFacts,
  duty: DutyMet,
): Result<CustodyChanges> {
  if (duty.at > context.now)
    return refuse('INVALID_INPUT', { errors: [{ field: 'at', message: 'in the future' }] });
  const rules = new Set<string>(duty.rules);
  const met = matter.deadlines.filter(({ rule }) => rules.has(rule));
  if (met.length === 0) return succeed(changes({}));
  const mayMeet =
    met.every(({ askedOf }) => askedOf === context.actor.unit) || matter.holderUnit === context.actor.unit;
  if (!mayMeet) return refuse('NOT_RESPONSIBLE');
  return succeed(
    keepArmed(
      context,
      matter,
      changes({
        deadlinesEnded: met.map(({ id, startAt }) => ({
          id,
          as: 'met',
          endedAt: duty.at < startAt ? startAt : duty.at,
        })),
        events: [
          {
            chain: 'matter',
            handoffId: null,
            matterId: matter.id,
            kind: 'duty-met',
            function: functionOf(context.actor),
            reason: duty.outcome,
            data: { rules: duty.rules.join(' '), causeId: duty.causeId },
            contentDigest: null,
          },
        ],
        lookAgain: [matter.incidentId],
      }),
    ),
  );
}
