import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import type { DataSource } from 'typeorm';
import { migrateSchema, openDataSource } from '#database';
import { DIRECTORY_SCHEMA, readSnapshot } from '#directory';
import { NOTICE_SCHEMA } from '#notify';
import { createLogger } from '#temporal';
import { PLAIN_POLICE, socialParty } from '../../../libs/party/test/social-parties.js';
import { type As, openStage, type Stage } from '../../../libs/party/test/stage.js';
import { CourierConfigSchema } from '../courier-config.schema.js';
import { until } from '../test/until.js';
import { type NoticeSending, startNoticeSending } from './notice-sending.js';

// Two cores are shared with whole systems: slow is not wrong.
jest.setTimeout(60_000);

const UNIT = 'rvt-farsta';
const WEBHOOK = `/units/${UNIT}/webhook`;

/** From the administrator's registration at the door to what the unit's system receives; mail is down all the while. */
describe('a unit’s own system', () => {
  let stage: Stage;
  let record: DataSource;
  let server: Server;
  let administrator: As;
  let sending: NoticeSending;
  let status = 200;
  const got: { headers: Record<string, string>; body: string }[] = [];
  let url = '';
  const noticeKey = randomBytes(32).toString('base64');

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('rvt')], { HANDSLAG_NOTICE_KEY: noticeKey });
    await migrateSchema(stage.admin, stage.database.adminUrl, NOTICE_SCHEMA);
    administrator = await stage.as('rvt-administrator-farsta');
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        got.push({ headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(status).end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const where = server.address();
    url = `http://127.0.0.1:${typeof where === 'object' && where !== null ? where.port : 0}/handslag`;
    record = await openDataSource({
      url: stage.database.urlFor('courier'),
      definition: { ...DIRECTORY_SCHEMA, migrations: [] },
      applicationName: 'unit systems test',
      poolSize: 4,
    });
    const redisUrl = `${process.env['TEST_REDIS_URL'] ?? ''}/${1 + (randomBytes(1).readUInt8() % 14)}`;
    sending = startNoticeSending({
      config: CourierConfigSchema.parse({
        DATABASE_URL: stage.database.urlFor('courier'),
        REDIS_URL: redisUrl,
        SMTP_URL: 'smtp://127.0.0.1:1',
        TEMPORAL_ADDRESS: '127.0.0.1:1',
        HANDSLAG_PAYLOAD_KEY: randomBytes(32).toString('base64url'),
        HANDSLAG_NOTICE_KEY: noticeKey,
        HANDSLAG_LOCAL: '1',
        NOTIFY_MOST_ATTEMPTS: '4',
        NOTIFY_RETRY_MS: '20',
        PORT: 0,
        LOG_LEVEL: 'error',
      }),
      record,
      snapshot: () => readSnapshot(record),
      schemas: async () => ['custody', 'rvt'],
      log: createLogger('error', () => undefined),
    });
  }, 120_000);
  afterAll(async () => {
    await sending?.stop();
    await record?.destroy();
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    await stage?.stop();
  }, 30_000);
  afterEach(() => {
    status = 200;
  });

  async function notice(schema = 'rvt', unit = UNIT): Promise<string> {
    const id = randomUUID();
    await stage.admin.query(
      `insert into ${schema}.notification (id, rung, unit_id, function, kind, created_at)
       values ($1, 0, $2, 'on-duty', 'late', directory.record_now())`,
      [id, unit],
    );
    sending.wake();
    return id;
  }
  const receivedOf = (id: string) => got.filter(({ headers }) => headers['webhook-id'] === id);

  async function register(): Promise<string> {
    const { status: answered, body } = await administrator.post(WEBHOOK, { change: 'register', url });
    expect(answered).toBe(200);
    return String(body.secret);
  }

  it('is told of what its unit is told of, signed with the secret that the administrator was shown', async () => {
    const secret = await register();
    const [own, custodys] = [await notice('rvt'), await notice('custody')];
    await until(async () => receivedOf(own).length > 0 && receivedOf(custodys).length > 0);
    for (const id of [own, custodys]) {
      const [{ headers, body } = { headers: {}, body: '' }] = receivedOf(id);
      expect(new Webhook(secret).verify(body, headers)).toEqual({
        type: 'notice.late',
        id,
        unit: UNIT,
        occurredAt: expect.any(String),
      });
    }
  });

  it('is told under both secrets while one is changed, and under the new one alone when the old has leaked', async () => {
    const old = await register();
    const fresh = String((await administrator.post(WEBHOOK, { change: 'rotate' })).body.secret);
    const during = await notice();
    await until(async () => receivedOf(during).length > 0);
    for (const secret of [old, fresh]) {
      const [{ headers, body } = { headers: {}, body: '' }] = receivedOf(during);
      new Webhook(secret).verify(body, headers);
    }
    await administrator.post(WEBHOOK, { change: 'rotate', oldSecretHours: 0 });
    const after = await notice();
    await until(async () => receivedOf(after).length > 0);
    const [{ headers, body } = { headers: {}, body: '' }] = receivedOf(after);
    for (const secret of [old, fresh]) expect(() => new Webhook(secret).verify(body, headers)).toThrow();
  });

  it('that is down is told when it is up, and is a dead letter when it never is', async () => {
    await register();
    status = 503;
    const passing = await notice();
    await until(async () => receivedOf(passing).length >= 2);
    status = 200;
    await until(async () => (await webhookOf(passing))?.delivered === true);
    status = 410;
    const gone = await notice();
    await until(async () => (await webhookOf(gone))?.given_up === true);
    expect(await webhookOf(gone)).toMatchObject({ attempts: 1, code: 'REFUSED' });
  });

  it('of another unit, or of one that has ended its own, is told nothing', async () => {
    await register();
    expect((await administrator.post(WEBHOOK, { change: 'end' })).status).toBe(200);
    const ids = [await notice(), await notice('rvt', 'rvt-bromma')];
    await until(async () => {
      const rows: unknown[] = await stage.admin.query(
        `select 1 from rvt.notification where id = any ($1::uuid[]) and handed_over_at < 'infinity'`,
        [ids],
      );
      return rows.length === ids.length;
    });
    for (const id of ids) expect([await webhookOf(id), receivedOf(id)]).toEqual([undefined, []]);
  });

  it('is read by the courier as an address and a version, and never with who registered it', async () => {
    await expect(record.query('select * from rvt.webhook_change')).rejects.toMatchObject({ code: '42501' });
    const rows: Record<string, unknown>[] = await record.query('select * from rvt.webhook_in_force');
    for (const row of rows)
      expect(Object.keys(row).sort()).toEqual([
        'endpoint_id',
        'old_until',
        'secret_version',
        'unit_id',
        'url',
      ]);
  });

  async function webhookOf(noticeId: string) {
    const rows: { attempts: number; code: string | null; delivered: boolean; given_up: boolean }[] =
      await stage.admin.query(
        `select attempts, code, delivered_at < 'infinity' as delivered, given_up_at < 'infinity' as given_up
         from notice.delivery where notice_id = $1 and channel = 'webhook'`,
        [noticeId],
      );
    return rows[0];
  }
});
