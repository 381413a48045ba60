import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { advanceRecordTime, recordNow, setTimeMachine } from '#directory';
import { PartyClock } from '../clock/party-clock.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, takenCase } from '../test/taken-case.js';
import { PartySteps } from './party-steps.js';

const MINUTE = 60_000;

describe('the steps of a party', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let steps: PartySteps;
  let clock: PartyClock;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    await setTimeMachine(stage.admin, true);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    steps = stage.app('socialjouren').get(PartySteps, { strict: false });
    clock = stage.app('socialjouren').get(PartyClock, { strict: false });
  }, 120_000);
  afterAll(async () => stage?.stop());

  const attendanceOf = (processId: string) => ({
    process: 'call-out',
    processId,
    stepKey: 'attendance-decision',
    occurrence: '1',
  });
  const query = <Row>(sql: string, parameters: unknown[]): Promise<Row[]> =>
    stage.admin.query(sql, parameters);
  const deadlinesOf = (id: string) =>
    query<{ id: string; rule: string; asked_of: string; because: unknown[]; due_at: Date; start_at: Date }>(
      'select * from socialjouren.deadline where clock_id = $1',
      [id],
    );
  const streamOf = async (kind: string, id: string) => {
    const [row] = await query<{ wanted: string; open: boolean }>(
      'select wanted, open from socialjouren.stream where kind = $1 and id = $2',
      [kind, id],
    );
    return row;
  };

  it('opens one explained deadline, asked of the unit that was sent the case, however many ask at once', async () => {
    const { recordId } = await takenCase(stage, police, worker);
    const answers = await Promise.all(Array.from({ length: 6 }, () => steps.ensure(attendanceOf(recordId))));
    expect(answers).toEqual(Array.from({ length: 6 }, () => ({ met: false, outcome: null })));
    const deadlines = await deadlinesOf(recordId);
    expect(deadlines.map(({ rule, asked_of }) => [rule, asked_of])).toEqual([
      ['attendance-decision', NIGHT_UNIT],
    ]);
    expect(deadlines[0]?.because.length).toBeGreaterThan(1);
    expect((deadlines[0]?.due_at.getTime() ?? 0) - (deadlines[0]?.start_at.getTime() ?? 0)).toBe(15 * MINUTE);
    expect(await streamOf('clock', recordId)).toEqual({ wanted: '1', open: true });
  });

  it('reads the steps that custody opens in custody, and opens none beside them', async () => {
    const { recordId, childId, adult } = await takenCase(stage, police, worker);
    const ofCustody = { process: 'call-out', processId: recordId };
    for (const step of [
      { ...ofCustody, stepKey: 'protection-assessment', occurrence: childId },
      { ...ofCustody, stepKey: 'morning-handover', occurrence: adult.matterId },
    ]) {
      expect(await steps.ensure(step)).toEqual({ met: false, outcome: null });
    }
    expect(await deadlinesOf(recordId)).toEqual([]);
  });

  it('passes through what is met, closes the clock and tells the story to look', async () => {
    const { recordId, incident } = await takenCase(stage, police, worker);
    await steps.ensure(attendanceOf(recordId));
    const decided = await worker.post(`/incidents/${incident}/attendance-decision`, {
      actingUnit: NIGHT_UNIT,
      attends: false,
    });
    expect(decided.status).toBe(201);
    expect(await streamOf('call-out', recordId)).toEqual({ wanted: '1', open: false });
    expect((await streamOf('clock', recordId))?.open).toBe(false);
    for (const _ of [1, 2]) {
      expect(await steps.ensure(attendanceOf(recordId))).toEqual({ met: true, outcome: 'DOES_NOT_ATTEND' });
    }
    expect(await deadlinesOf(recordId)).toHaveLength(1);
    expect((await clock.callAgain({ clockId: recordId })).closed).toBe(true);
  });

  it('counts what was done before the story came to ask for it', async () => {
    const { recordId, incident } = await takenCase(stage, police, worker);
    const path = `/incidents/${incident}/attendance-decision`;
    await worker.post(path, { actingUnit: NIGHT_UNIT, attends: false });
    expect(await steps.ensure(attendanceOf(recordId))).toEqual({ met: true, outcome: 'DOES_NOT_ATTEND' });
    // Nothing was ever armed, so there is no clock for a workflow to keep.
    expect(await streamOf('clock', recordId)).toBeUndefined();
    const again = await worker.post(path, {
      actingUnit: NIGHT_UNIT,
      attends: true,
      necessity: 'barnet är ensamt',
      legalGround: 'EMERGENCY',
    });
    expect([again.status, again.body.version]).toEqual([201, 2]);
    expect(await steps.ensure(attendanceOf(recordId))).toEqual({ met: true, outcome: 'ATTENDS' });
  });

  it('calls a rung once however many ask, and after a silence only the highest that is due', async () => {
    const { recordId } = await takenCase(stage, police, worker);
    await steps.ensure(attendanceOf(recordId));
    const [deadline] = await deadlinesOf(recordId);
    const early = await clock.callAgain({ clockId: recordId });
    expect([early.closed, early.rung, early.deadlineId]).toEqual([false, 0, deadline?.id]);

    await advanceTo(15 * MINUTE);
    const [one, two] = await Promise.all([
      clock.callAgain({ clockId: recordId }),
      clock.callAgain({ clockId: recordId }),
    ]);
    expect(new Set([one.rung, two.rung])).toEqual(new Set([1]));
    const called = () =>
      query<{ rung: number }>('select rung from socialjouren.reminder where deadline_id = $1 order by rung', [
        deadline?.id,
      ]);
    expect(await called()).toEqual([{ rung: 0 }]);
    const told = () =>
      query<{ unit_id: string; function: string; kind: string; rung: number }>(
        'select unit_id, function, kind, rung from socialjouren.notification where deadline_id = $1 order by rung',
        [deadline?.id],
      );
    expect(await told()).toEqual([{ unit_id: NIGHT_UNIT, function: 'on-duty', kind: 'late', rung: 0 }]);

    await advanceTo(15 * MINUTE + 15 * MINUTE);
    await clock.callAgain({ clockId: recordId });
    expect(await called()).toEqual([{ rung: 0 }, { rung: 3 }]);
    // The unit heads' rung was skipped: the last one reaches the coordinator, or who is staffed in her place.
    expect((await told()).map(({ rung }) => rung)).toEqual([0, 3]);
    expect((await told()).map((one) => one.function)).not.toContain('unit-head');

    async function advanceTo(afterStart: number): Promise<void> {
      const now = await recordNow(stage.admin.manager);
      const wanted = (deadline?.start_at.getTime() ?? 0) + afterStart + 1000;
      await advanceRecordTime(stage.admin.manager, Math.max(wanted - now.getTime(), 0));
    }
  });
});
