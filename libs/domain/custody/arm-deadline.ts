import { type DeadlineRuleId, explainDue, ruleNeedsOfficeHours } from '../deadlines/index.js';
import type { LadderName } from '../routes/index.js';
import { LADDERS } from '../routes/index.js';
import { type AuthorityId, hoursOf, type UnitId } from '../routing/index.js';
import type { DeadlineOpened } from './changes.js';
import type { DecisionContext } from './decision-context.js';
import type { DeadlineId, HandoffId, MatterId } from './ids.js';

/** What it takes to arm a deadline, of a matter or of a party's own step. */
export interface ClockToArm {
  readonly rule: DeadlineRuleId;
  readonly ladder: LadderName;
  readonly startEvent: string;
  readonly startAt: Date;
  readonly dutyHolder: AuthorityId;
  readonly askedOf: UnitId;
  /** Whose office hours count. */
  readonly officeOf: UnitId;
  readonly events?: Readonly<Record<string, Date | undefined>>;
}

export interface DeadlineToArm extends ClockToArm {
  readonly matterId: MatterId;
  readonly handoffId: HandoffId | null;
}

/** A deadline without what it is about. */
export type ArmedClock = Omit<DeadlineOpened, 'matterId' | 'handoffId'>;

const MINUTE = 60_000;

/**
 * The deadline as a fact: rule and version, calendar, start, due instant, who is bound, who is asked, and the first
 * call. Its explanation is kept with it (C8). Throws CalendarError when the rule needs hours that are not known.
 */
export function armDeadline(context: DecisionContext, wanted: DeadlineToArm): DeadlineOpened {
  return { ...armClock(context, wanted), matterId: wanted.matterId, handoffId: wanted.handoffId };
}

/** As {@link armDeadline}, for a deadline of a party's own schema, which is of no matter. */
export function armClock(
  context: Pick<DecisionContext, 'snapshot' | 'newId'>,
  wanted: ClockToArm,
): ArmedClock {
  const hours = ruleNeedsOfficeHours(wanted.rule)
    ? hoursOf(context.snapshot, wanted.officeOf)?.hours
    : undefined;
  const due = explainDue(wanted.rule, wanted.startAt, {
    ...(hours ? { officeHours: hours } : {}),
    ...(wanted.events ? { events: wanted.events } : {}),
  });
  const [firstRung] = LADDERS[wanted.ladder];
  return {
    id: context.newId() as DeadlineId,
    rule: wanted.rule,
    ruleVersion: due.ruleVersion,
    calendar: [due.calendar.version, due.calendar.zone, due.calendar.officeHours].filter(Boolean).join(' '),
    ladder: wanted.ladder,
    startEvent: wanted.startEvent,
    startAt: wanted.startAt,
    dueAt: due.dueAt,
    because: due.because,
    dutyHolder: wanted.dutyHolder,
    askedOf: wanted.askedOf,
    nextCallAt: new Date(due.dueAt.getTime() + firstRung.minutesAfterDue * MINUTE),
  };
}
