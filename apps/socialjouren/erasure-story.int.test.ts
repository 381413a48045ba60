import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { verifyQueries } from '#custody';
import { setTimeMachine } from '#directory';
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
import { ENGINE_QUEUE, erasureId } from '#workflows';
import {
  addAdministrator,
  adultCase,
  daysPass,
  type TakenAdult,
} from '../../libs/party/retention/test/retention-stage.js';
import { type As, openStage, type Stage } from '../../libs/party/test/stage.js';
import { NIGHT_UNIT } from '../../libs/party/test/taken-case.js';
import { type Courier, startCourier } from '../courier/courier.service.js';
import { type CourierConfig, CourierConfigSchema } from '../courier/courier-config.schema.js';
import { POLICE } from '../police/police.party.js';
import { SOCIALJOUREN } from './socialjouren.party.js';

const REGISTRY = fileURLToPath(new URL('../../workflows/registry.ts', import.meta.url));
const log = createLogger('error', () => undefined);

describe('the story of an erasure, over real parties, courier and engine', () => {
  let stage: Stage;
  let config: CourierConfig;
  let courier: Courier | undefined;
  let engine: KeptWorker | undefined;
  let temporal: TemporalClient;
  let bundle: string;
  let head: As;
  let worker: As;
  let administrator: As;
  let goes: readonly TakenAdult[];

  beforeAll(async () => {
    const address = required('TEST_TEMPORAL_ADDRESS');
    installRuntime(log, 'error');
    const namespace = `erasure-${randomUUID()}`;
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
    stage = await openStage([POLICE, SOCIALJOUREN], shared);
    await setTimeMachine(stage.admin, true);
    config = CourierConfigSchema.parse({
      ...shared,
      DATABASE_URL: stage.database.urlFor('courier'),
      // Notices are not what is tried here: they wait in the record.
      REDIS_URL: 'redis://127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      PORT: 0,
      LOG_LEVEL: 'error',
    });
    temporal = connectClient(config);
    ({ code: bundle } = await bundleWorkflows({ entry: REGISTRY, from: 'source' }));
    head = await stage.as('socialjouren-unit-head');
    worker = await stage.as('socialjouren-case-worker');
    administrator = await addAdministrator(stage);
    goes = [
      await adultCase(stage, { birthDate: '1990-03-07' }),
      await adultCase(stage, { birthDate: '1988-11-30' }),
      await adultCase(stage, { birthDate: '1970-08-31' }),
    ];
    await adultCase(stage, { birthDate: '1990-03-25' });
  }, 180_000);
  afterAll(async () => {
    await courier?.stop();
    await engine?.stop();
    await stage?.stop();
    await temporal?.close();
  }, 60_000);

  const startEngine = () =>
    keepWorker(
      config,
      { ...createWorkerOptions(config, ENGINE_QUEUE), workflowBundle: { code: bundle } },
      log,
    );
  const one = async <Row>(sql: string, parameters: unknown[]): Promise<Row | undefined> => {
    const rows: Row[] = await stage.admin.query(sql, parameters);
    return rows[0];
  };
  /** The lines that C1 and C2 say must be whole. */
  const broken = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const { name, rule, sql, parameters } of verifyQueries({ seconds: 120 })) {
      if (rule !== 'C1' && rule !== 'C2') continue;
      const rows: unknown[] = await stage.admin.query(sql, [...parameters]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  };

  it('five years after the last case: listed, proposed, approved by another, erased by the workflow, proved', async () => {
    await daysPass(stage, 5 * 366 + 30);
    const { body: list } = await head.post('/disposals', { actingUnit: NIGHT_UNIT, rule: 'personal-file' });
    expect([list.goes, list.exempt]).toEqual([3, 1]);
    const path = `/disposals/${list.disposalId}`;
    const { listDigest } = list;
    await head.post(`${path}/propose`, { listDigest, registerExtract: 'OFFERED' });
    expect((await head.post(`${path}/decide`, { approves: true, listDigest })).body.code).toBe(
      'SECOND_PERSON_REQUIRED',
    );
    // Approved while neither courier nor engine runs: it is committed, and caught up (C4).
    const approved = await administrator.post(`${path}/decide`, { approves: true, listDigest });
    expect([approved.status, approved.body.progress.left]).toEqual([200, 3]);

    courier = await startCourier(config, log);
    const handle = temporal.client.workflow.getHandle(erasureId(list.disposalId));
    await until('the workflow to be started', async () => {
      const described = await handle.describe().catch(() => null);
      return described?.status.name === 'RUNNING' ? true : undefined;
    });
    expect((await head.get(path)).body).toMatchObject({
      state: 'approved',
      progress: { erased: 0, left: 3 },
    });
    engine = startEngine();
    await handle.result();

    const { body: done } = await head.get(path);
    expect(done).toMatchObject({
      state: 'erased',
      progress: { erased: 3, skipped: 0, left: 0 },
      proof: { persons: 3, stillOpened: 0 },
    });
    expect(done.receipt.split('.')).toHaveLength(3);
    expect(await one('select open from socialjouren.stream where id = $1', [list.disposalId])).toEqual({
      open: false,
    });
    for (const { adult } of goes) {
      const handoff = await one<{ id: string }>('select id from custody.handoff where matter_id = $1', [
        adult.matterId,
      ]);
      const refused = await worker.get(`/handoffs/${handoff?.id}/content`);
      expect([refused.status, refused.body.code]).toEqual([410, 'CONTENT_ERASED']);
      expect((await worker.get(`/matters/${adult.matterId}/responsibility`)).status).toBe(200);
    }
    expect(await broken()).toEqual([]);
    // Another list finds nobody of them again.
    const { body: again } = await head.post('/disposals', { actingUnit: NIGHT_UNIT, rule: 'personal-file' });
    expect([again.goes, again.exempt]).toEqual([0, 1]);
  }, 120_000);

  it('tells Temporal nothing but ids', async () => {
    const { body } = await head.get('/disposals');
    const erased = body.items.find((item: { state: string }) => item.state === 'erased');
    const history = await temporal.client.workflow.getHandle(erasureId(erased.disposalId)).fetchHistory();
    const stored = Buffer.from(proto.temporal.api.history.v1.History.encode(history).finish());
    for (const { subjectId } of goes) expect(stored.includes(subjectId)).toBe(false);
    expect(stored.includes('anarie')).toBe(false);
    expect(stored.includes('personal-file')).toBe(false);
  });
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
