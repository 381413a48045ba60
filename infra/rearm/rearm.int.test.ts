import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { migrateSchema, type PartyService, serviceRole, TEST_PASSWORDS } from '#database';
import type { HandoffId } from '#domain';
import { NOTICE_SCHEMA } from '#notify';
import { createParty, type Party } from '#party';
import { createLogger } from '#temporal';
import { CourierStage } from '../../apps/courier/test/courier-stage.js';
import { until } from '../../apps/courier/test/until.js';
import { POLICE } from '../../apps/police/police.party.js';
import { SOCIALJOUREN } from '../../apps/socialjouren/socialjouren.party.js';
import { CustodyNight, granted } from '../../libs/custody/test/custody-night.js';
import { testConfig } from '../../libs/party/test/test-config.js';
import { startTestIssuer, type TestIssuer } from '../../libs/party/test/test-issuer.js';
import { verifyRecord } from '../verify/verify-record.js';
import { rearmRecord } from './rearm-record.js';

const LIAISON = 'police-liaison-globen';
const JOUR = 'socialjouren-case-worker';
const OFFICE = 'socialjouren-stockholm';

/** The whole night runs: two parties' services with their queues, courier, engine, Temporal, Redis, PostgreSQL. */
describe('npm run rearm', () => {
  let night: CustodyNight;
  let stage: CourierStage;
  let issuer: TestIssuer;
  let record: DataSource;
  let apps: NestFastifyApplication[] = [];

  beforeEach(async () => {
    night = await CustodyNight.open();
    await night.query('grant update (offset_ms) on directory.clock to handslag_courier');
    for (const schema of [NOTICE_SCHEMA, POLICE.schema, SOCIALJOUREN.schema])
      await migrateSchema(night.admin, night.record.adminUrl, schema);
    record = await new DataSource({
      type: 'postgres',
      url: night.record.adminUrl,
      installExtensions: false,
    }).initialize();
    stage = await CourierStage.open(night.record.urlFor('courier'));
    issuer = await startTestIssuer();
    apps = [await serve(POLICE), await serve(SOCIALJOUREN)];
    await stage.startEngine();
  }, 90_000);
  afterEach(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await stage.close();
    await issuer.stop();
    await record.destroy();
    await night.close();
  }, 60_000);

  it("after Temporal's data were deleted restores every clock and the story, and nobody is asked or reminded twice", async () => {
    const courier = await stage.courier();
    const { incidentId, taken, waiting } = await aNight();
    await untilToldAndAsked();
    expect(await stage.advance(courier, 'PT4M')).toMatchObject({ status: 200 });
    await until(async () => (await running()).length === (await openStreams()));
    const before = { workflows: await running(), steps: await steps(), reminders: await reminders() };
    expect(before.workflows).toContain(`call-out:${incidentId}`);
    expect(before.workflows.some((id) => id.startsWith('clock:socialjouren:'))).toBe(true);
    expect(before.reminders.filter((one) => one.startsWith(waiting))).toEqual([
      `${waiting} delivery 0`,
      `${waiting} opening 0`,
    ]);

    await wipe();
    expect(await defects()).toEqual(['C3 clock-not-running']);
    const report = await rearmRecord({ record, client: stage.temporal.client });
    expect(report).toMatchObject({
      open: before.workflows.length,
      told: before.workflows.length,
      over: [],
      refused: [],
    });
    await until(async () => (await running()).length === before.workflows.length);
    expect(await running()).toEqual(before.workflows);
    await until(async () => (await askedFor(incidentId)) > 0);
    expect(await steps()).toEqual(before.steps);
    expect(await reminders()).toEqual(before.reminders);
    expect(await defects()).toEqual([]);

    // And they go on from where they were: the next rung is called, once.
    expect(await stage.advance(courier, 'PT3M')).toMatchObject({ status: 200 });
    expect((await reminders()).filter((one) => one.startsWith(waiting))).toEqual([
      `${waiting} delivery 0`,
      `${waiting} delivery 1`,
      `${waiting} opening 0`,
    ]);
    expect(taken).not.toBe(waiting);
  }, 120_000);

  it('beside live workflows changes nothing, twice at once and stopped in the middle', async () => {
    await stage.courier();
    await aNight();
    await untilToldAndAsked();
    await until(async () => (await running()).length === (await openStreams()));
    const before = { runs: await runs(), steps: await steps(), reminders: await reminders() };
    const rearm = () => rearmRecord({ record, client: stage.temporal.client });
    const reports = await Promise.all([rearm(), rearm()]);
    for (const { told, open } of reports) expect(told).toBe(open);
    await until(async () => (await running()).length === before.runs.length);
    expect(await runs()).toEqual(before.runs);
    expect(await steps()).toEqual(before.steps);
    expect(await reminders()).toEqual(before.reminders);
    expect(await defects()).toEqual([]);
  }, 120_000);

  it('needs no courier, un-parks what it could tell, and names what Temporal refuses', async () => {
    const { waiting } = await aNight();
    await record.query(
      `update custody.stream set parked_at = directory.record_now(), parked_code = 'DELIVERY_REFUSED' where id = $1`,
      [waiting],
    );
    await record.query(`insert into custody.stream (kind, id) values ('poisoned', gen_random_uuid())`);
    const report = await rearmRecord({ record, client: stage.temporal.client });
    expect(report.refused).toEqual([expect.stringMatching(/^custody poisoned /)]);
    expect(report.told).toBe(report.open - 1);
    expect(
      await record.query(`select kind from custody.stream where wanted > relayed or parked_at is not null`),
    ).toEqual([{ kind: 'poisoned' }]);
  }, 120_000);

  /** Two children's matters: socialjouren has taken one, and has not opened the other. */
  async function aNight() {
    const incident = await night.incident(LIAISON, 'lpo-globen', ['child', 'child']);
    const items = incident.matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: OFFICE }));
    const { handoffs } = await night.send(LIAISON, incident.id, items);
    const [first, second] = handoffs;
    if (first === undefined || second === undefined) throw new Error('nothing was sent');
    const jour = await night.as('socialjouren');
    for (const [action, expectedVersion] of [
      ['open', null],
      ['accept', 1],
    ] as const) {
      const command = { action, expectedVersion };
      granted(
        await jour.actOnHandoff(night.caller(JOUR), { handoffId: first.handoffId as HandoffId, command }),
      );
    }
    return { incidentId: incident.id, taken: first.matterId, waiting: second.matterId };
  }

  async function serve(party: Party): Promise<NestFastifyApplication> {
    const keys = new URL(night.keysAdminUrl);
    keys.username = serviceRole(party.name);
    keys.password = TEST_PASSWORDS[party.name];
    const config = testConfig(party.name, night.record, issuer, {
      TEMPORAL_ADDRESS: stage.config.TEMPORAL_ADDRESS,
      TEMPORAL_NAMESPACE: stage.config.TEMPORAL_NAMESPACE,
      HANDSLAG_PAYLOAD_KEY: stage.config.HANDSLAG_PAYLOAD_KEY.map(({ key }) =>
        Buffer.from(key).toString('base64url'),
      ).join(),
      KEYS_DATABASE_URL: keys.href,
      HANDSLAG_MASTER_KEY: masterKey(party.name),
    });
    return createParty(
      party,
      config,
      createLogger('warn', (line) => void stage.lines.push(line)),
    );
  }

  /** Everything is relayed, and the story has asked both parties for what it asks. */
  async function untilToldAndAsked(): Promise<void> {
    await until(async () => (await steps()).some((step) => step.includes('morning-handover')));
    // The attendance decision is socialjouren's own step, with a clock of its own: it may come last.
    await until(async () => (await steps()).some((step) => step.startsWith('socialjouren ')));
    await until(
      async () =>
        (
          await record.query(`select 1 from custody.stream where wanted > relayed
           union all select 1 from socialjouren.stream where wanted > relayed`)
        ).length === 0,
    );
  }

  async function running(): Promise<string[]> {
    return (await runs()).map((run) => run.split(' ')[0] ?? '');
  }

  async function runs(): Promise<string[]> {
    const found: string[] = [];
    for await (const { workflowId, runId } of stage.temporal.client.workflow.list({
      query: 'ExecutionStatus = "Running"',
    }))
      found.push(`${workflowId} ${runId}`);
    return found.sort();
  }

  async function openStreams(): Promise<number> {
    const [{ n } = { n: -1 }] = await night.query<{ n: number }>(
      `select ((select count(*) from custody.stream where open) + (select count(*) from socialjouren.stream where open)
         + (select count(*) from police.stream where open))::int as n`,
    );
    return n;
  }

  async function steps(): Promise<string[]> {
    const rows = await night.query<{ step: string }>(
      `select 'custody ' || step_key || ' ' || occurrence || ' ' || deadline_id as step from custody.step
       union all select 'socialjouren ' || step_key || ' ' || occurrence || ' ' || deadline_id from socialjouren.step order by 1`,
    );
    return rows.map(({ step }) => step);
  }

  async function reminders(): Promise<string[]> {
    const rows = await night.query<{ one: string }>(
      `select d.clock_id || ' ' || d.rule || ' ' || r.rung as one from custody.reminder r join custody.deadline d on d.id = r.deadline_id
       union all select d.clock_id || ' ' || d.rule || ' ' || r.rung from socialjouren.reminder r
         join socialjouren.deadline d on d.id = r.deadline_id order by 1`,
    );
    return rows.map(({ one }) => one);
  }

  /** How many answers the restarted story has had. */
  async function askedFor(incidentId: string): Promise<number> {
    const { events } = await stage.temporal.client.workflow
      .getHandle(`call-out:${incidentId}`)
      .fetchHistory();
    return (events ?? []).filter(({ activityTaskCompletedEventAttributes: done }) => done).length;
  }

  async function wipe(): Promise<void> {
    const { client } = stage.temporal;
    for (const workflowId of await running()) {
      await client.workflow.getHandle(workflowId).terminate('the test deletes everything');
      await client.workflowService.deleteWorkflowExecution({
        namespace: client.options.namespace,
        workflowExecution: { workflowId },
      });
    }
    await until(async () => (await running()).length === 0);
  }

  async function defects(): Promise<string[]> {
    const report = await verifyRecord({ record, keys: null, temporal: stage.temporal, graceSeconds: 300 });
    return report.defects.map(({ rule, check }) => `${rule} ${check}`);
  }
});

/** The night seals and signs with these: the services must be able to open its units' keys. */
function masterKey(party: PartyService): string {
  return createHash('sha256').update(`night ${party}`).digest('base64');
}
