import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { migrateSchema } from '#database';
import type { HandoffId } from '#domain';
import { NOTICE_SCHEMA } from '#notify';
import { matterClockId } from '#workflows';
import { CustodyNight, granted } from '../../../libs/custody/test/custody-night.js';
import { CourierStage } from './courier-stage.js';
import { until } from './until.js';

const LIAISON = 'police-liaison-globen';
let night: CustodyNight;
let stage: CourierStage;

beforeEach(async () => {
  night = await CustodyNight.open();
  await migrateSchema(night.admin, night.record.adminUrl, NOTICE_SCHEMA);
  await night.query('grant update (offset_ms) on directory.clock to handslag_courier');
  stage = await CourierStage.open(night.record.urlFor('courier'));
}, 60_000);
afterEach(async () => {
  await stage.close();
  await night.close();
}, 30_000);

async function childSentToSocialjouren() {
  const { id, matters } = await night.incident(LIAISON, 'lpo-globen', ['child']);
  const sent = await night.send(
    LIAISON,
    id,
    matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: 'socialjouren-stockholm' })),
  );
  const [handoff] = sent.handoffs;
  if (handoff === undefined) throw new Error('nothing was sent');
  return { incidentId: id, matterId: handoff.matterId, handoffId: handoff.handoffId as HandoffId };
}

const unrelayed = () =>
  night.query<{ kind: string; id: string; attempts: number; parked_code: string | null }>(
    'select kind, id, attempts, parked_code from custody.stream where wanted > relayed',
  );

async function remindersOf(matterId: string) {
  const rows = await night.query<{ rule: string; rung: number }>(
    `select d.rule, r.rung from custody.reminder r join custody.deadline d on d.id = r.deadline_id
     where d.clock_id = $1 order by d.due_at, r.rung`,
    [matterId],
  );
  return rows.map(({ rule, rung }) => `${rule} ${rung}`);
}

describe('the courier', () => {
  test('starts the clock of what was sent, and the night without an answer climbs the ladder, each rung called once', async () => {
    const { matterId } = await childSentToSocialjouren();
    await stage.startEngine();
    const courier = await stage.courier();
    await until(async () => (await unrelayed()).length === 0);
    const { workflowExecutionInfo } = await stage.temporal.client.workflow
      .getHandle(matterClockId(matterId))
      .describe()
      .then(({ raw }) => raw);
    expect(workflowExecutionInfo?.status).toBe(1);

    const advanced = await stage.advance(courier, 'PT20M');
    expect(advanced).toMatchObject({ status: 200 });
    expect(await remindersOf(matterId)).toEqual([
      'delivery 0',
      'delivery 1',
      'delivery 2',
      'delivery 3',
      'opening 0',
      'opening 1',
      'opening 2',
      'opening 3',
    ]);
    await until(async () => stage.mails.length >= 8);
    const toSender = stage.mails.filter(({ to }) => to.startsWith('on-duty@lpo-globen'));
    expect(toSender.length).toBeGreaterThan(0);
    expect(stage.mails.some(({ raw }) => raw.includes(matterId))).toBe(false);
  }, 60_000);

  test('two couriers at once tell and remind no one twice', async () => {
    const { matterId } = await childSentToSocialjouren();
    await stage.startEngine();
    const [first] = await Promise.all([stage.courier(), stage.courier()]);
    await until(async () => (await unrelayed()).length === 0);
    expect(await stage.advance(first, 'PT4M')).toMatchObject({ status: 200 });
    expect(await remindersOf(matterId)).toEqual(['delivery 0', 'opening 0']);
    const [{ notices } = { notices: -1 }] = await night.query<{ notices: number }>(
      `select count(*)::int as notices from custody.notification n join custody.deadline d on d.id = n.deadline_id where d.clock_id = $1`,
      [matterId],
    );
    await until(async () => stage.mails.length >= notices);
    expect(new Set(stage.mails.map(({ raw }) => /message-id: (.*)/i.exec(raw)?.[1])).size).toBe(
      stage.mails.length,
    );
  }, 60_000);

  test('with Temporal down nothing is lost: it is told when Temporal is back, and nothing is parked', async () => {
    const down = await stage.courier({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    await childSentToSocialjouren();
    await until(async () => stage.lines.some((line) => line.includes('worker.failed')));
    expect(await unrelayed()).not.toHaveLength(0);
    expect((await unrelayed()).every(({ parked_code }) => parked_code === null)).toBe(true);
    await down.stop();
    await stage.courier();
    await until(async () => (await unrelayed()).length === 0);
  }, 60_000);

  test('a stream that no workflow serves is parked, visible and alone, while the others are told', async () => {
    await night.query(
      `insert into custody.stream (kind, id, attempts) values ('poisoned', gen_random_uuid(), 7)`,
    );
    await childSentToSocialjouren();
    await stage.courier();
    await until(async () => (await unrelayed()).every(({ kind }) => kind === 'poisoned'));
    await until(async () =>
      (await unrelayed()).some(({ parked_code }) => parked_code === 'DELIVERY_REFUSED'),
    );
    expect(await unrelayed()).toHaveLength(1);
  }, 60_000);

  test('with Redis down a notice waits in the record, and goes when Redis is back', async () => {
    const down = await stage.courier({ REDIS_URL: 'redis://127.0.0.1:1' });
    await childSentToSocialjouren();
    await until(async () => stage.lines.some((line) => line.includes('outbox.failed')));
    const waiting = await night.query(`select 1 from custody.notification where handed_over_at = 'infinity'`);
    expect(waiting.length).toBeGreaterThan(0);
    await down.stop();
    await stage.courier();
    await until(async () => stage.mails.length === waiting.length);
  }, 60_000);

  test('two due times a moment apart are both called: wall time goes on while the first is', async () => {
    const first = await childSentToSocialjouren();
    await stage.startEngine();
    const courier = await stage.courier();
    const second = await childSentToSocialjouren();
    await until(async () => (await unrelayed()).length === 0);
    expect(await stage.advance(courier, 'PT4M')).toMatchObject({ status: 200 });
    for (const { matterId } of [first, second])
      expect(await remindersOf(matterId)).toEqual(['delivery 0', 'opening 0']);
  }, 60_000);

  test('time goes forward only, and an advance says what it asks for', async () => {
    const courier = await stage.courier();
    const post = (body: unknown) =>
      fetch(`http://127.0.0.1:${courier.port}/dev/time/advance`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post({ to: '2020-01-01T00:00:00Z' })).status).toBe(422);
    expect((await post({ by: 'nine hours' })).status).toBe(400);
    const outside = await stage.courier({ HANDSLAG_LOCAL: undefined });
    expect((await fetch(`http://127.0.0.1:${outside.port}/dev/time`)).status).toBe(404);
  }, 60_000);
});

test('a matter that was accepted before its time is not called', async () => {
  const { matterId, handoffId } = await childSentToSocialjouren();
  const jour = await night.as('socialjouren');
  granted(
    await jour.actOnHandoff(night.caller('socialjouren-case-worker'), {
      handoffId,
      command: { action: 'open', expectedVersion: null },
    }),
  );
  granted(
    await jour.actOnHandoff(night.caller('socialjouren-case-worker'), {
      handoffId,
      command: { action: 'accept', expectedVersion: 1 },
    }),
  );
  await stage.startEngine();
  const courier = await stage.courier();
  expect(await stage.advance(courier, 'PT10M')).toMatchObject({ status: 200 });
  expect(await remindersOf(matterId)).toEqual([]);
}, 60_000);
