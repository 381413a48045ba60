import type { DeadlineRuleId } from '../deadlines/index.js';
import { type Result, refuse, succeed } from '../refusals/index.js';
import { ordinaryOffice } from './accept-handoff.decision.js';
import { armDeadline } from './arm-deadline.js';
import { type CustodyChanges, changes, type DeadlineOpened } from './changes.js';
import { authorityOf, type DecisionContext, functionOf } from './decision-context.js';
import type { DeadlineFacts, MatterFacts } from './facts.js';
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

/** Why an adult's matter is not handed over in the morning: it stays with socialjouren (DESIGN 6.2). */
export const STAYS_WITH_SOCIALJOUREN = ['CONSENT_REFUSED', 'CONSENT_NOT_ASKED'] as const;

/**
 * A statutory duty is met by the record of the act that it asks for, carrying the time of the act (C9). Asked of the
 * unit that the duty is asked of, or of the holder. A duty already met changes nothing, so a repeat is harmless.
 * The morning handover of an adult (D-18) may be answered by her not consenting, or not having been asked: the matter
 * stays where it is, and contact is to be offered by 12:00 on the first office day.
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
        deadlinesOpened: contactOffered(context, matter, duty, met),
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

function contactOffered(
  context: DecisionContext,
  matter: MatterFacts,
  duty: DutyMet,
  met: readonly DeadlineFacts[],
): DeadlineOpened[] {
  const stays = STAYS_WITH_SOCIALJOUREN.some((outcome) => outcome === duty.outcome);
  const handover = met.find(({ rule }) => rule === 'D-18');
  if (!stays || handover === undefined || matter.kind !== 'adult-safety') return [];
  return [
    armDeadline(context, {
      rule: 'contact-offered',
      ladder: 'office',
      matterId: matter.id,
      handoffId: null,
      startEvent: 'incident',
      startAt: matter.openedAt,
      dutyHolder: authorityOf(context.snapshot, matter.holderUnit, context.now),
      askedOf: matter.holderUnit,
      // Socialjouren is open at all hours: the first office day is that of the unit that would have taken her.
      officeOf: ordinaryOffice(context, matter) ?? matter.holderUnit,
    }),
  ];
}
