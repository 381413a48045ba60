import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import {
  bundleWorkflows,
  connectClient,
  createLogger,
  createWorkerOptions,
  installRuntime,
  type KeptWorker,
  keepWorker,
  type TemporalClient,
} from '#temporal';
import { callOutId, ENGINE_QUEUE, partyClockId } from '#workflows';
import { type As, openStage, type Stage } from '../../../libs/party/test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../../../libs/party/test/taken-case.js';
import { BOU } from '../../bou/bou.party.js';
import { type Courier, startCourier } from '../../courier/courier.service.js';
import { CourierConfigSchema } from '../../courier/courier-config.schema.js';
import { RVT } from '../../rvt/rvt.party.js';
import { SOCIALJOUREN } from '../../socialjouren/socialjouren.party.js';
import { POLICE } from '../police.party.js';

const REGISTRY = fileURLToPath(new URL('../../../workflows/registry.ts', import.meta.url));
const log = createLogger('error', () => undefined);

describe('the story of a call-out, over real parties, courier and engine', () => {
  let stage: Stage;
  let courier: Courier;
  let engine: KeptWorker;
  let temporal: TemporalClient;
  let police: As;
  let worker: As;
  let night: TakenCase;

  beforeAll(async () => {
    const address = required('TEST_TEMPORAL_ADDRESS');
    installRuntime(log, 'error');
    const namespace = `call-out-${randomUUID()}`;
    const connection = await Connection.connect({ address });
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: proto.google.protobuf.Duration.fromObject({ seconds: 86_400 }),
    });
    await connection.close();
    const shared = {
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      HANDSLAG_PAYLOAD_KEY: randomBytes(32).toString('base64url'),
    };
    stage = await openStage([POLICE, SOCIALJOUREN, RVT, BOU], shared);
    const config = CourierConfigSchema.parse({
      ...shared,
      DATABASE_URL: stage.database.urlFor('courier'),
      // Notices are not what is tried here: they wait in the record.
      REDIS_URL: 'redis://127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      PORT: 0,
      LOG_LEVEL: 'error',
    });
    temporal = connectClient(config);
    const { code } = await bundleWorkflows({ entry: REGISTRY, from: 'source' });
    engine = keepWorker(
      config,
      { ...createWorkerOptions(config, ENGINE_QUEUE), workflowBundle: { code } },
      log,
    );
    courier = await startCourier(config, log);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    night = await takenCase(stage, police, worker);
  }, 180_000);
  afterAll(async () => {
    await courier?.stop();
    await engine?.stop();
    await stage?.stop();
    await temporal?.close();
  }, 60_000);

  const one = async <Row>(sql: string, parameters: unknown[]): Promise<Row | undefined> => {
    const rows: Row[] = await stage.admin.query(sql, parameters);
    return rows[0];
  };
  const runs = async (workflowId: string) =>
    (await temporal.client.workflow.getHandle(workflowId).describe()).status.name;

  it('asks socialjouren for a decision on attendance, and keeps its clock', async () => {
    const step = await until('the step to be asked for', () =>
      one<{ rule: string; asked_of: string }>(
        `select d.rule, d.asked_of from socialjouren.step s join socialjouren.deadline d on d.id = s.deadline_id
         where s.process_id = $1 and s.step_key = 'attendance-decision'`,
        [night.recordId],
      ),
    );
    expect(step).toEqual({ rule: 'attendance-decision', asked_of: NIGHT_UNIT });
    const clock = partyClockId('socialjouren', night.recordId);
    await until('its clock to run', async () =>
      (await runs(clock).catch(() => null)) === 'RUNNING' ? true : undefined,
    );
    const decided = await worker.post(`/incidents/${night.incident}/attendance-decision`, {
      actingUnit: NIGHT_UNIT,
      attends: true,
      visitsHome: true,
      necessity: 'barnet såg det',
      legalGround: 'EMERGENCY',
    });
    expect(decided.status).toBe(201);
    await until('its clock to end', async () => ((await runs(clock)) === 'COMPLETED' ? true : undefined));
    expect(await runs(callOutId(night.recordId))).toBe('RUNNING');
  }, 60_000);

  it('ends when every child and adult is with an ordinary unit and all that was asked is done', async () => {
    await worker.post(`/incidents/${night.incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: night.child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'skäl',
      childHeard: 'YES',
      assessedAt: new Date().toISOString(),
    });
    const decided = await worker.post(`/subjects/${night.adult.subjectId}/individual-decisions`, {
      actingUnit: NIGHT_UNIT,
      basis: 'X-IND',
      discloses: true,
      recipient: { unit: 'rvt-sydvast' },
      purpose: 'adult-safety',
      fields: 'all',
      reasons: 'avvägning',
      decidedAt: new Date().toISOString(),
    });
    const answers = { 'consent-and-basis': { value: 'unknown' } };
    const preview = await worker.post('/dispatches/preview', {
      items: [
        { matterId: night.child.matterId, answers },
        {
          matterId: night.adult.matterId,
          answers,
          basis: { code: 'X-IND', recordId: decided.body.recordId },
        },
      ],
    });
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    expect([sent.status, sent.body.code]).toEqual([201, undefined]);
    for (const { handoffId, toUnit } of sent.body.handoffs) {
      const receiver = await stage.as(
        toUnit === 'rvt-sydvast' ? 'rvt-case-worker-sydvast' : 'bou-case-worker-skarpnack',
      );
      const opened = await receiver.post(`/handoffs/${handoffId}/open`);
      const match = { 'if-match': opened.headers['etag'] ?? '' };
      expect((await receiver.post(`/handoffs/${handoffId}/accept`, {}, match)).status).toBe(200);
    }
    const closed = await until('the call-out to be closed', () =>
      one<{ programme: string | null; child_check_recorded: boolean }>(
        `select programme, child_check_recorded from police.call_out where incident_id = $1 and closed_at < 'infinity'`,
        [night.recordId],
      ),
    );
    expect(closed).toEqual({ programme: 'islandsprojektet', child_check_recorded: true });
    expect(
      await one(`select open from custody.stream where kind = 'call-out' and id = $1`, [night.recordId]),
    ).toEqual({ open: false });
    await until('the story to end', async () =>
      (await runs(callOutId(night.recordId))) === 'COMPLETED' ? true : undefined,
    );
  }, 60_000);
});

async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + 45_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test, which starts the services.`);
  return value;
}
