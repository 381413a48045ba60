import { type DeadlineRuleId, explainDue, ruleNeedsOfficeHours } from '../deadlines/index.js';
import type { LadderName } from '../routes/index.js';
import { LADDERS } from '../routes/index.js';
import { type AuthorityId, hoursOf, type UnitId } from '../routing/index.js';
import type { DeadlineOpened } from './changes.js';
import type { DecisionContext } from './decision-context.js';
import type { DeadlineId, HandoffId, MatterId } from './ids.js';

export interface DeadlineToArm {
  readonly rule: DeadlineRuleId;
  readonly ladder: LadderName;
  readonly matterId: MatterId;
  readonly handoffId: HandoffId | null;
  readonly startEvent: string;
  readonly startAt: Date;
  readonly dutyHolder: AuthorityId;
  readonly askedOf: UnitId;
  /** Whose office hours count. */
  readonly officeOf: UnitId;
  readonly events?: Readonly<Record<string, Date | undefined>>;
}

const MINUTE = 60_000;

/**
 * The deadline as a fact: rule and version, calendar, start, due instant, who is bound, who is asked, and the first
 * call. Its explanation is kept with it (C8). Throws CalendarError when the rule needs hours that are not known.
 */
export function armDeadline(context: DecisionContext, wanted: DeadlineToArm): DeadlineOpened {
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
    matterId: wanted.matterId,
    handoffId: wanted.handoffId,
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
