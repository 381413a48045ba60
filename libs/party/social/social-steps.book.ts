import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { DeadlineEntity, StepEntity } from '#database';
import { recordNow } from '#directory';
import { authorityOf, explainDue, unitId } from '#domain';
import type { PartyName } from '../party.port.js';
import type { PartyDirectory } from '../units/party-directory.js';
import { AttendanceDecisionEntity } from './social.entities.js';

/** What the call-out's story awaits of a party; as `#activities` names it, which a library may not see. */
export interface AwaitedHumanStep {
  readonly process: string;
  readonly processId: string;
  readonly stepKey: string;
  readonly occurrence: string;
}

export interface StepState {
  readonly met: boolean;
  readonly outcome: string | null;
}

const StateSchema = z.object({ met: z.boolean(), outcome: z.string().nullable() }).nullable();

/** Half an hour, as an acute offer: people stand and wait for the answer. Configuration, unconfirmed. */
const ATTENDANCE_RULE = 'acceptance-acute';

/**
 * The steps that a social party is asked for. Those whose deadline custody's own commands open are read there; the
 * attendance decision is the party's own: one deadline, opened once, asked of the unit that was sent the case.
 */
export class SocialSteps {
  constructor(
    private readonly deps: {
      readonly party: PartyName;
      readonly database: DataSource;
      readonly directory: PartyDirectory;
    },
  ) {}

  async ensure(step: AwaitedHumanStep): Promise<StepState> {
    if (step.stepKey !== 'attendance-decision') return this.inCustody(step);
    const units = await this.deps.directory.unitsOf(this.deps.party);
    return this.deps.database.transaction(async (manager) => {
      await manager.query(`select set_config('handslag.units', $1, true)`, [units.join(',')]);
      await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `step ${step.stepKey} ${step.processId}`,
      ]);
      const decided = await manager.findOneBy(AttendanceDecisionEntity, { incidentId: step.processId });
      if (decided !== null) return { met: true, outcome: decided.attends ? 'ATTENDS' : 'DOES_NOT_ATTEND' };
      if (!(await manager.existsBy(StepEntity, { ...step }))) await this.open(manager, step);
      return { met: false, outcome: null };
    });
  }

  private async inCustody({ process, processId, stepKey, occurrence }: AwaitedHumanStep): Promise<StepState> {
    const rows: { state: unknown }[] = await this.deps.database.query(
      'select custody.step_state($1, $2, $3, $4) as state',
      [process, processId, stepKey, occurrence],
    );
    return StateSchema.parse(rows[0]?.state ?? null) ?? { met: false, outcome: null };
  }

  private async open(manager: EntityManager, step: AwaitedHumanStep): Promise<void> {
    const askedOf = await this.askedOf(manager, step.processId);
    if (askedOf === null) return;
    const [now, snapshot] = [await recordNow(manager), await this.deps.directory.snapshot()];
    const due = explainDue(ATTENDANCE_RULE, now, {});
    const id = randomUUID();
    await manager.insert(DeadlineEntity, {
      id,
      clockId: step.processId,
      handoffId: null,
      rule: ATTENDANCE_RULE,
      ruleVersion: due.ruleVersion,
      calendar: `${due.calendar.version} ${due.calendar.zone}`,
      ladder: 'acute',
      startEvent: 'attendance-asked',
      startAt: now,
      dueAt: due.dueAt,
      because: [...due.because],
      dutyHolder: authorityOf(snapshot, unitId(askedOf), now),
      askedOf,
      nextCallAt: due.dueAt,
    });
    await manager.insert(StepEntity, { ...step, deadlineId: id, outcome: null });
    await manager.query(
      `insert into ${this.deps.party}.stream as s (kind, id, wanted, open, wake_at) values ('clock', $1, 1, true, $2)
       on conflict (kind, id) do update set wanted = s.wanted + 1, open = true, wake_at = excluded.wake_at`,
      [step.processId, due.dueAt],
    );
  }

  /** The unit of this party that the incident's children were sent to first. */
  private async askedOf(manager: EntityManager, incident: string): Promise<string | null> {
    const rows: { to_unit: string }[] = await manager.query(
      `select h.to_unit from custody.handoff h join custody.matter m on m.id = h.matter_id
       where m.incident_id = $1 and h.to_unit = any ((select custody.my_units())::text[])
       order by h.sent_at, h.id limit 1`,
      [incident],
    );
    return rows[0]?.to_unit ?? null;
  }
}
