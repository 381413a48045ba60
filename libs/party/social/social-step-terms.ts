import type { EntityManager } from 'typeorm';
import { unitId } from '#domain';
import type { AwaitedHumanStep, StepTerms } from '../steps/awaited-step.js';

/** E-3: one decision a call-out. */
export const ATTENDANCE_STEP = { stepKey: 'attendance-decision', occurrence: '1' } as const;

/** How a social party's own steps are asked. Assessments and morning handovers are custody's own deadlines. */
export async function socialTermsOf(
  manager: EntityManager,
  { stepKey, processId }: AwaitedHumanStep,
): Promise<StepTerms | null> {
  return stepKey === ATTENDANCE_STEP.stepKey ? attendanceTerms(manager, processId) : null;
}

/** Asked of the first unit, of those in this transaction, that the incident was sent to; since it was sent. */
export async function attendanceTerms(manager: EntityManager, incidentId: string): Promise<StepTerms | null> {
  const rows: { to_unit: string; sent_at: Date }[] = await manager.query(
    `select h.to_unit, h.sent_at from custody.handoff h join custody.matter m on m.id = h.matter_id
     where m.incident_id = $1 and h.to_unit = any ((select custody.my_units())::text[])
     order by h.sent_at, h.id limit 1`,
    [incidentId],
  );
  const [first] = rows;
  return first === undefined ? null : attendanceAsked(first.to_unit, first.sent_at);
}

/** Asked of a unit since an instant. */
export function attendanceAsked(unit: string, since: Date): StepTerms {
  return {
    rule: 'attendance-decision',
    ladder: 'acute',
    startEvent: 'sent',
    startAt: since,
    askedOf: unitId(unit),
  };
}
