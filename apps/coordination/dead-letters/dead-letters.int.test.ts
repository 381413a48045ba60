import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import request from 'supertest';
import type { DataSource } from 'typeorm';
import { migrateSchema, openDataSource } from '#database';
import { DELIVERY_FAILURES, Deliveries, NOTICE_SCHEMA, NoticeSchema } from '#notify';
import { ActRecorder, createParty } from '#party';
import { createLogger } from '#temporal';
import { CustodyNight } from '../../../libs/custody/test/custody-night.js';
import { testConfig } from '../../../libs/party/test/test-config.js';
import { startTestIssuer, type TestIssuer } from '../../../libs/party/test/test-issuer.js';
import { coordinationParty } from '../coordination.party.js';
import { COORDINATION_SCHEMA } from '../coordination.schema.js';
import { WatchdogConfigSchema } from '../watchdog/watchdog-config.schema.js';
import { DeadLetters } from './dead-letters.js';

// Two cores are shared with whole systems: slow is not wrong.
jest.setTimeout(60_000);

const COORDINATOR = 'coordination-coordinator';
const AUDITOR = 'coordination-auditor';
const UNIT = 'socialjouren-stockholm';

describe('the list of dead letters', () => {
  let night: CustodyNight;
  let issuer: TestIssuer;
  let app: NestFastifyApplication;
  let courier: DataSource;
  let deliveries: Deliveries;

  beforeAll(async () => {
    night = await CustodyNight.open();
    await migrateSchema(night.admin, night.record.adminUrl, NOTICE_SCHEMA);
    await migrateSchema(night.admin, night.record.adminUrl, COORDINATION_SCHEMA);
    issuer = await startTestIssuer();
    courier = await openDataSource({
      url: night.record.urlFor('courier'),
      definition: { ...NOTICE_SCHEMA, migrations: [] },
      applicationName: 'dead letters test',
      poolSize: 2,
    });
    deliveries = new Deliveries(courier);
    app = await createParty(
      coordinationParty(
        WatchdogConfigSchema.parse({ SMTP_URL: 'smtp://127.0.0.1:1', WATCHDOG_EVERY_SECONDS: '0' }),
      ),
      testConfig('coordination', night.record, issuer),
      createLogger('error', () => undefined),
    );
  }, 90_000);
  afterAll(async () => {
    await app?.close();
    await courier?.destroy();
    await issuer?.stop();
    await night?.close();
  }, 30_000);
  beforeEach(() =>
    night.admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await manager.query('delete from coordination.dead_letter_decision');
      await manager.query('delete from notice.delivery');
    }),
  );

  async function ask(
    method: 'get' | 'post',
    path: string,
    persona = COORDINATOR,
    body: object = {},
    key = randomUUID(),
  ) {
    const asked = request(app.getHttpServer())
      [method](`/api/v1${path}`)
      .set('authorization', `Bearer ${await issuer.token(String(night.caller(persona).person))}`);
    return method === 'get' ? asked : asked.set('idempotency-key', key).send(body);
  }

  /** A notice that the courier has given up. */
  async function deadLetter(): Promise<string> {
    const notice = NoticeSchema.parse({
      id: randomUUID(),
      unitId: UNIT,
      function: 'on-duty',
      kind: 'offer.acute',
      rung: -1,
      ringUnit: null,
      at: new Date(),
    });
    const [planned] = await deliveries.plan(notice, ['email']);
    if (planned === undefined) throw new Error('not planned');
    expect(await deliveries.failed(planned.id, 'REFUSED', 20)).toBe(true);
    return planned.id;
  }

  const stateOf = async (id: string) =>
    (
      await night.query<{ attempts: number; round: number; waits: boolean; dismissed: boolean }>(
        `select attempts, round, given_up_at = 'infinity' and delivered_at = 'infinity' as waits,
           dismissed_at < 'infinity' as dismissed from notice.delivery where id = $1`,
        [id],
      )
    )[0];

  it('shows to which function, by which way, since when and why, and nothing of what it was about', async () => {
    const id = await deadLetter();
    const { status, body } = await ask('get', '/dead-letters', AUDITOR);
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          id,
          unit: UNIT,
          function: 'on-duty',
          kind: 'offer.acute',
          channel: 'email',
          since: expect.any(String),
          givenUpAt: expect.any(String),
          attempts: 1,
          failure: { code: 'REFUSED', label: DELIVERY_FAILURES.REFUSED.label },
        },
      ],
      next: null,
    });
  });

  it('turns its pages without losing or doubling a line, also of one unit and one channel', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) ids.push(await deadLetter());
    for (const filter of ['', `&unit=${UNIT}`, '&channel=email']) {
      const turned: string[] = [];
      let after = '';
      do {
        const { body } = await ask('get', `/dead-letters?limit=3${filter}${after}`);
        turned.push(...body.items.map((item: { id: string }) => item.id));
        after = body.next === null ? '' : `&after=${body.next}`;
      } while (after !== '');
      expect([filter, turned]).toEqual([filter, expect.arrayContaining(ids)]);
      expect(turned).toHaveLength(ids.length);
    }
    expect((await ask('get', '/dead-letters?channel=sms')).body.items).toEqual([]);
    expect((await ask('get', '/dead-letters?after=bm90LW91cnM')).body.code).toBe('INVALID_INPUT');
  });

  it('has a notice tried again, once for a key and audited, and the courier takes it at once', async () => {
    const id = await deadLetter();
    const key = randomUUID();
    const first = await ask('post', `/dead-letters/${id}/retry`, COORDINATOR, {}, key);
    const repeated = await ask('post', `/dead-letters/${id}/retry`, COORDINATOR, {}, key);
    expect([first.status, repeated.body]).toEqual([200, first.body]);
    expect(await stateOf(id)).toEqual({ attempts: 0, round: 2, waits: true, dismissed: false });
    expect(await deliveries.claimUnheardOf(3_600, 10)).toEqual([{ id, channel: 'email', round: 2 }]);
    expect(await leavesOf(id)).toEqual([{ action: 'dead-letter-retry', unit_id: 'samordning-stockholm' }]);
    expect((await ask('get', '/dead-letters')).body.items).toEqual([]);
    expect((await ask('post', `/dead-letters/${id}/retry`)).body.code).toBe('NOT_FOUND');
  });

  it('lets a notice go with a coded reason, kept and audited', async () => {
    const id = await deadLetter();
    const words = await ask('post', `/dead-letters/${id}/dismiss`, COORDINATOR, { reason: 'Anna has moved' });
    expect([words.status, words.body.code]).toEqual([400, 'INVALID_INPUT']);
    const { status } = await ask('post', `/dead-letters/${id}/dismiss`, COORDINATOR, {
      reason: 'TOLD_OTHERWISE',
    });
    expect(status).toBe(200);
    expect(await stateOf(id)).toMatchObject({ dismissed: true, waits: false });
    expect(await leavesOf(id)).toEqual([{ action: 'dead-letter-dismiss', unit_id: 'samordning-stockholm' }]);
    expect(
      await night.query(
        'select reason, decided_by from coordination.dead_letter_decision where delivery_id = $1',
        [id],
      ),
    ).toEqual([{ reason: 'TOLD_OTHERWISE', decided_by: String(night.caller(COORDINATOR).person) }]);
    expect((await ask('get', '/dead-letters')).body.items).toEqual([]);
  });

  it('is the coordinator’s to act on, not the auditor’s, and says nothing of what is not on it', async () => {
    const id = await deadLetter();
    expect((await ask('post', `/dead-letters/${id}/retry`, AUDITOR)).status).toBe(403);
    expect((await ask('post', `/dead-letters/${randomUUID()}/retry`)).body.code).toBe('NOT_FOUND');
    expect(await stateOf(id)).toMatchObject({ waits: false, dismissed: false });
  });

  it('does what was decided by one who was killed before it was done, once, and never to a later failure', async () => {
    const id = await deadLetter();
    const coordination = await openDataSource({
      url: night.record.urlFor('coordination'),
      definition: { ...COORDINATION_SCHEMA, migrations: [] },
      applicationName: 'dead letters test',
      poolSize: 2,
    });
    const acts = new ActRecorder({
      party: 'coordination',
      database: coordination,
      sealing: null,
      wake: () => undefined,
    });
    const letters = new DeadLetters(coordination, acts);
    const decided = (round: number) =>
      night.query(
        `insert into coordination.dead_letter_decision (id, delivery_id, round, decision, unit_id, decided_at, decided_by)
         values (gen_random_uuid(), $1, $2, 'retry', 'samordning-stockholm', directory.record_now(), 'somebody')`,
        [id, round],
      );
    await decided(1);
    expect(await letters.apply()).toBe(1);
    expect(await letters.apply()).toBe(0);
    expect(await stateOf(id)).toMatchObject({ round: 2, waits: true });
    expect(await deliveries.failed(id, 'REFUSED', 20)).toBe(true);
    await decided(1);
    expect(await letters.apply()).toBe(1);
    expect(await stateOf(id)).toMatchObject({ round: 2, waits: false });
    await coordination.destroy();
  });

  it('cannot be emptied by deleting: what is on its way or dead stays for every role', async () => {
    const id = await deadLetter();
    await expect(courier.query('delete from notice.delivery where id = $1', [id])).rejects.toMatchObject({
      code: '42501',
    });
    await expect(night.query('delete from notice.delivery where id = $1', [id])).rejects.toMatchObject({
      code: '42501',
    });
    await expect(
      courier.query(`update notice.delivery set dismissed_at = now() where id = $1`, [id]),
    ).rejects.toMatchObject({ code: '42501' });
  });

  const leavesOf = (id: string) =>
    night.query('select action, unit_id from coordination.audit_leaf where target_id = $1', [id]);
});
