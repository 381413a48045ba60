import type { Because } from '#calendar';
import type { DeadlineView } from '#contracts';
import type { DeadlineOpened } from '#domain';

/** A deadline that a command would open, as a preview shows it. */
export function wireDeadlineOpened(deadline: DeadlineOpened): DeadlineView {
  return {
    rule: deadline.rule,
    dueAt: deadline.dueAt.toISOString(),
    dutyHolder: deadline.dutyHolder,
    handoffId: deadline.handoffId,
    askedOf: deadline.askedOf,
    endedAt: null,
    endedAs: null,
    isBreached: false,
    because: deadline.because.map(wireBecause),
  };
}

export interface DeadlineRow {
  readonly rule: string;
  readonly due_at: Date;
  readonly duty_holder: string;
  readonly handoff_id: string | null;
  readonly asked_of: string;
  readonly ended_at: Date | number;
  readonly ended_as: 'met' | 'lifted' | null;
  readonly because: readonly Because[];
}

export const DEADLINE_COLUMNS =
  'd.rule, d.due_at, d.duty_holder, d.handoff_id, d.asked_of, d.ended_at, d.ended_as, d.because';

/** A stored deadline; breach is derived from record time and never stored (DESIGN 2). */
export function wireDeadline(row: DeadlineRow, now: Date): DeadlineView {
  const endedAt = row.ended_at instanceof Date ? row.ended_at : null;
  return {
    rule: row.rule,
    dueAt: row.due_at.toISOString(),
    dutyHolder: row.duty_holder,
    handoffId: row.handoff_id,
    askedOf: row.asked_of,
    endedAt: endedAt?.toISOString() ?? null,
    endedAs: row.ended_as,
    isBreached: row.ended_as === 'lifted' ? false : (endedAt ?? now) > row.due_at,
    because: row.because.map(wireBecause),
  };
}

function wireBecause({ code, text, source }: Because) {
  return { code, text, source: source ?? null };
}
