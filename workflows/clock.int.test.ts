import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import proto from '@temporalio/proto';
import {
  type Clock,
  createClockActivities,
  createPartyClockActivities,
  type MatterCall,
  type PartyCall,
} from '#activities';
import { type Delivered, signalWithStart } from '#temporal';
import { COURIER_QUEUE, ENGINE_QUEUE, matterClockId, partyClockId, partyQueue } from './ids.js';
import type { matterClockWorkflow } from './matter-clock.workflow.js';
import { clockSet } from './messages.js';
import type { partyClockWorkflow } from './party-clock.workflow.js';
import { type Actor, HISTORY_TOO_HEAVY, logLines, Stage } from './test/stage.js';

const { History } = proto.temporal.api.history.v1;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What a test's record answers with, in turn; the last answer is repeated. */
class ScriptedRecord {
  readonly calls = new Map<string, MatterCall[]>();
  readonly #answers = new Map<string, Clock[]>();
  readonly #failures = new Map<string, string>();
  readonly #meanwhile = new Map<string, () => Promise<unknown>>();

  /** What happens once while the record is being asked, before it answers. */
  meanwhile(matterId: string, happens: () => Promise<unknown>): void {
    this.#meanwhile.set(matterId, happens);
  }

  script(matterId: string, ...answers: Clock[]): void {
    this.#answers.set(matterId, answers);
  }

  callsOf(matterId: string): MatterCall[] {
    return this.calls.get(matterId) ?? [];
  }

  /** Refuses for good, with a message that nobody may read. */
  fail(matterId: string, message: string): void {
    this.#failures.set(matterId, message);
  }

  async callAgain(call: MatterCall): Promise<Clock> {
    const happens = this.#meanwhile.get(call.matterId);
    this.#meanwhile.delete(call.matterId);
    await happens?.();
    const failure = this.#failures.get(call.matterId);
    if (failure) throw ApplicationFailure.nonRetryable(failure, 'RECORD_BROKEN');
    const calls = [...this.callsOf(call.matterId), call];
    this.calls.set(call.matterId, calls);
    const answers = this.#answers.get(call.matterId) ?? [];
    const answer = answers[Math.min(calls.length, answers.length) - 1];
    if (answer === undefined) throw new Error('the test has no answer');
    return answer;
  }
}

const armed = (version: number, waitMs: number | null, rung = 0): Clock => ({
  version,
  closed: false,
  waitMs,
  deadlineId: waitMs === null ? null : 'deadline-1',
  rung,
});
const closed = (version: number): Clock => ({ ...armed(version, null), closed: true });

let stage: Stage;
let engine: Actor;
let courier: Actor;
const record = new ScriptedRecord();
let matters = 0;
const newMatter = (): string => `matter-${++matters}`;

beforeAll(async () => {
  stage = await Stage.open();
  engine = await stage.enterEngine();
  courier = await stage.enter(COURIER_QUEUE, createClockActivities({ book: record }));
}, 30_000);
afterAll(async () => stage?.close(), 30_000);
jest.setTimeout(30_000);

/** As the courier relays: the clock as of now, to a workflow that runs or not. */
const relay = (matterId: string, clock: Clock): Promise<Delivered> =>
  signalWithStart<typeof matterClockWorkflow, [Clock]>(stage.client, {
    workflowType: 'matterClockWorkflow',
    workflowId: matterClockId(matterId),
    taskQueue: ENGINE_QUEUE,
    args: [{ matterId, clock }],
    signal: clockSet,
    signalArgs: [clock],
  });
const ended = (matterId: string): Promise<unknown> =>
  stage.client.workflow.getHandle(matterClockId(matterId)).result();

describe('the clock of a matter', () => {
  test('sleeps until its wake-up and then asks once', async () => {
    const matter = newMatter();
    record.script(matter, closed(2));
    await relay(matter, armed(1, 8 * HOUR, 3));
    await stage.fastForward(matterClockId(matter), 8 * HOUR - MINUTE);
    expect(record.callsOf(matter)).toEqual([]);
    await stage.fastForward(matterClockId(matter), 2 * MINUTE);
    await ended(matter);
    expect(record.callsOf(matter)).toEqual([{ matterId: matter, deadlineId: 'deadline-1', rung: 3 }]);
  });

  test('obeys a newer clock and ignores an older one that comes late', async () => {
    const matter = newMatter();
    record.script(matter, closed(4));
    await relay(matter, armed(1, 8 * HOUR));
    await relay(matter, armed(3, 10 * MINUTE, 1));
    await relay(matter, armed(2, MINUTE));
    await stage.fastForward(matterClockId(matter), 5 * MINUTE);
    expect(record.callsOf(matter)).toEqual([]);
    await stage.fastForward(matterClockId(matter), 6 * MINUTE);
    await ended(matter);
    expect(record.callsOf(matter)).toMatchObject([{ rung: 1 }]);
    await stage.record(matterClockId(matter), 'matter-clock.newer-clock-wins');
  });

  test('takes a repeated clock for what it is: no new timer', async () => {
    const matter = newMatter();
    await relay(matter, armed(1, HOUR));
    for (const _ of [1, 2, 3]) await relay(matter, armed(1, HOUR));
    await relay(matter, closed(2));
    await ended(matter);
    const events = await stage.eventsOf(matterClockId(matter));
    expect(events.filter((event) => event === 'TIMER_STARTED')).toHaveLength(1);
    expect(record.callsOf(matter)).toEqual([]);
  });

  test('is mended by being told again when it was told too late the first time', async () => {
    const matter = newMatter();
    record.script(matter, closed(2));
    await relay(matter, armed(1, 8 * HOUR));
    await relay(matter, armed(1, 10 * MINUTE));
    await stage.fastForward(matterClockId(matter), 11 * MINUTE);
    await ended(matter);
    expect(record.callsOf(matter)).toHaveLength(1);
  });

  test('keeps a newer clock that it was told while it asked, whatever the answer says', async () => {
    const matter = newMatter();
    record.script(matter, armed(2, 8 * HOUR), closed(4));
    record.meanwhile(matter, () => relay(matter, armed(3, 0, 1)));
    await relay(matter, armed(1, 0));
    // No time is skipped: the clock that came meanwhile is due now.
    await ended(matter);
    expect(record.callsOf(matter)).toMatchObject([{ rung: 0 }, { rung: 1 }]);
  });

  test('climbs a ladder of several rungs, each when it is due', async () => {
    const matter = newMatter();
    record.script(
      matter,
      armed(2, 15 * MINUTE, 1),
      armed(3, 30 * MINUTE, 2),
      armed(4, 45 * MINUTE, 3),
      armed(5, null),
    );
    await relay(matter, armed(1, HOUR));
    await stage.fastForward(matterClockId(matter), HOUR + MINUTE);
    expect(record.callsOf(matter).map(({ rung }) => rung)).toEqual([0]);
    await stage.fastForward(matterClockId(matter), 15 * MINUTE);
    expect(record.callsOf(matter).map(({ rung }) => rung)).toEqual([0, 1]);
    await stage.fastForward(matterClockId(matter), 76 * MINUTE);
    expect(record.callsOf(matter).map(({ rung }) => rung)).toEqual([0, 1, 2, 3]);
    await relay(matter, closed(6));
    await ended(matter);
    await stage.record(matterClockId(matter), 'matter-clock.ladder');
  });

  test('waits without a timer while nothing is armed', async () => {
    const matter = newMatter();
    await relay(matter, armed(1, null));
    await relay(matter, closed(2));
    await ended(matter);
    expect(await stage.eventsOf(matterClockId(matter))).not.toContain('TIMER_STARTED');
  });

  test('asks at once when it is due already', async () => {
    const matter = newMatter();
    record.script(matter, closed(2));
    await relay(matter, armed(1, -5 * MINUTE));
    await ended(matter);
    expect(record.callsOf(matter)).toHaveLength(1);
    expect(await stage.eventsOf(matterClockId(matter))).not.toContain('TIMER_STARTED');
  });

  test('sleeps on when the record says not yet, although no version moved', async () => {
    const matter = newMatter();
    record.script(matter, armed(1, 20 * MINUTE), closed(2));
    await relay(matter, armed(1, 10 * MINUTE));
    await stage.fastForward(matterClockId(matter), 25 * MINUTE);
    expect(record.callsOf(matter)).toHaveLength(1);
    await stage.fastForward(matterClockId(matter), 6 * MINUTE);
    await ended(matter);
    expect(record.callsOf(matter)).toHaveLength(2);
  });

  test('does not spin when the record answers with what was due already', async () => {
    const matter = newMatter();
    record.script(matter, armed(7, -1));
    await relay(matter, armed(7, 0));
    await stage.fastForward(matterClockId(matter), 20_000);
    const calls = record.callsOf(matter).length;
    expect(calls).toBeGreaterThan(2);
    expect(calls).toBeLessThan(7);
    await relay(matter, closed(8));
    await ended(matter);
  });

  test('costs no more than a start, a signal, a timer and one activity for a rung that closes it', async () => {
    const matter = newMatter();
    record.script(matter, closed(2));
    await relay(matter, armed(1, 50));
    await ended(matter);
    const task = ['WORKFLOW_TASK_SCHEDULED', 'WORKFLOW_TASK_STARTED', 'WORKFLOW_TASK_COMPLETED'];
    expect(await stage.eventsOf(matterClockId(matter))).toEqual([
      ...['WORKFLOW_EXECUTION_STARTED', 'WORKFLOW_EXECUTION_SIGNALED', ...task, 'TIMER_STARTED'],
      ...['TIMER_FIRED', ...task],
      ...['ACTIVITY_TASK_SCHEDULED', 'ACTIVITY_TASK_STARTED', 'ACTIVITY_TASK_COMPLETED', ...task],
      'WORKFLOW_EXECUTION_COMPLETED',
    ]);
  });

  test('waits for a courier that is down and catches up once', async () => {
    const matter = newMatter();
    record.script(matter, closed(2));
    await courier.leave();
    await relay(matter, armed(1, 0));
    await stage.until(async () =>
      (await stage.eventsOf(matterClockId(matter))).includes('ACTIVITY_TASK_SCHEDULED'),
    );
    expect(record.callsOf(matter)).toEqual([]);
    courier = await stage.enter(COURIER_QUEUE, createClockActivities({ book: record }));
    await ended(matter);
    expect(record.callsOf(matter)).toHaveLength(1);
  });

  test('does not wait longer because the engine was away when it was started', async () => {
    const matter = newMatter();
    await engine.leave();
    await relay(matter, armed(1, HOUR));
    engine = await stage.enterEngine();
    const timerSet = async () =>
      (await stage.historyOf(matterClockId(matter))).findIndex(({ timerStartedEventAttributes: t }) => t);
    await stage.until(async () => (await timerSet()) >= 0);
    const events = await stage.historyOf(matterClockId(matter));
    const timer = events[await timerSet()]?.timerStartedEventAttributes;
    const task = events.find(({ workflowTaskStartedEventAttributes: t }) => t);
    const dueAt = ms(task?.eventTime) + ms(timer?.startToFireTimeout);
    expect(ms(task?.eventTime) - ms(events[0]?.eventTime)).toBeGreaterThan(50);
    expect(Math.abs(dueAt - ms(events[0]?.eventTime) - HOUR)).toBeLessThan(10);
    await relay(matter, closed(2));
    await ended(matter);
  });

  test('continues as new when its history grows heavy, and keeps what it was told on the way', async () => {
    const matter = newMatter();
    record.script(matter, closed(9));
    await relay(matter, armed(1, 3 * HOUR));
    await stage.fastForward(matterClockId(matter), 2 * HOUR);
    await engine.leave();
    const handle = stage.client.workflow.getHandle(matterClockId(matter));
    const weight = 'x'.repeat(200_000);
    for (let sent = 0; sent < HISTORY_TOO_HEAVY; sent += weight.length) {
      await handle.signal<[Clock, string]>(clockSet.name, armed(1, 3 * HOUR), weight);
    }
    await relay(matter, armed(8, 30 * MINUTE, 4));
    const first = await handle.describe();
    engine = await stage.enterEngine();
    await stage.until(async () => (await handle.describe()).runId !== first.runId);
    await stage.fastForward(matterClockId(matter), 29 * MINUTE);
    expect(record.callsOf(matter)).toEqual([]);
    await stage.fastForward(matterClockId(matter), 2 * MINUTE);
    await ended(matter);
    expect(record.callsOf(matter)).toMatchObject([{ rung: 4 }]);
  });

  test('is over once its matter is closed: what comes later is delivered and starts nothing', async () => {
    const matter = newMatter();
    await relay(matter, closed(1));
    await ended(matter);
    const { runId } = await stage.client.workflow.getHandle(matterClockId(matter)).describe();
    expect(await relay(matter, armed(2, 0))).toBe('over');
    const after = await stage.client.workflow.getHandle(matterClockId(matter)).describe();
    expect(after).toMatchObject({ runId, status: { name: 'COMPLETED' } });
  });

  test('is started anew after it was terminated, which is how it is re-armed', async () => {
    const matter = newMatter();
    record.script(matter, closed(2));
    await relay(matter, armed(1, HOUR));
    await stage.client.workflow.getHandle(matterClockId(matter)).terminate();
    expect(await relay(matter, armed(1, 0))).toBe('told');
    await ended(matter);
    expect(record.callsOf(matter)).toHaveLength(1);
  });

  test('leaves nothing readable in its history or the logs when the record fails', async () => {
    const matter = newMatter();
    const canary = 'Kanariefågel 19121212-1212 Storgatan 1';
    record.fail(matter, canary);
    await relay(matter, armed(1, 0));
    const failed: unknown = await ended(matter).catch((error: unknown) => error);
    const events = await stage.historyOf(matterClockId(matter));
    const stored = Buffer.from(History.encode({ events }).finish());
    // Also what the workflow itself makes of it, inside the bundle.
    const failure = events.at(-1)?.workflowExecutionFailedEventAttributes?.failure;
    expect([failure?.message, failure?.cause?.message]).toEqual(['Encoded failure', 'Encoded failure']);
    for (const secret of [canary, ...canary.split(' ').filter((word) => word.length > 1)])
      expect(stored.includes(secret)).toBe(false);
    expect(stored.includes('clock.int.test')).toBe(false); // no stack either
    await stage.until(() => logLines.some((line) => line.includes('Activity failed')));
    expect(logLines.filter((line) => /Kanarie|19121212|Storgatan/.test(line))).toEqual([]);
    // It was encrypted, not dropped: whoever holds the key can read it.
    expect(messagesOf(failed)).toContain(canary);
  });
});

describe('a clock of a party', () => {
  test('is kept the same way, by the party itself', async () => {
    const calls: PartyCall[] = [];
    const book = {
      callAgain: (call: PartyCall): Promise<Clock> => {
        calls.push(call);
        return Promise.resolve(calls.length === 1 ? armed(2, 3 * HOUR, 1) : closed(3));
      },
    };
    await stage.enter(partyQueue('bou'), createPartyClockActivities({ book }));
    const workflowId = partyClockId('bou', 'clock-1');
    await signalWithStart<typeof partyClockWorkflow, [Clock]>(stage.client, {
      workflowType: 'partyClockWorkflow',
      workflowId,
      taskQueue: ENGINE_QUEUE,
      args: [{ schema: 'bou', clockId: 'clock-1', clock: armed(1, 2 * HOUR) }],
      signal: clockSet,
      signalArgs: [armed(1, 2 * HOUR)],
    });
    await stage.fastForward(workflowId, 2 * HOUR + MINUTE);
    expect(calls).toEqual([{ schema: 'bou', clockId: 'clock-1', deadlineId: 'deadline-1', rung: 0 }]);
    await stage.fastForward(workflowId, 3 * HOUR);
    await stage.client.workflow.getHandle(workflowId).result();
    expect(calls).toHaveLength(2);
    await stage.record(workflowId, 'party-clock.two-rungs');
  });
});

/** Milliseconds of a protobuf instant or duration. */
const ms = (time: proto.google.protobuf.ITimestamp | null | undefined): number =>
  Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1e6;

function messagesOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...messagesOf(error.cause)] : [];
}
