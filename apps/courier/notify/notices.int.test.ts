import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Queue } from 'bullmq';
import type { DataSource } from 'typeorm';
import { type DirectorySnapshot, unitId } from '#domain';
import { DELIVERED, Deliveries, type NoticeChannel } from '#notify';
import { CustodyNight } from '../../../libs/custody/test/custody-night.js';
import { NOTIFIED_UNIT, NoticeStage } from '../test/notice-stage.js';
import { until } from '../test/until.js';
import { deliverNotice } from './notice-delivery.js';
import { type NoticeJob, NotificationOutbox } from './notification-outbox.js';

// Two cores are shared with whole systems: slow is not wrong.
jest.setTimeout(60_000);

describe('a notice', () => {
  let night: CustodyNight;
  let stage: NoticeStage;
  beforeAll(async () => {
    night = await CustodyNight.open();
    stage = await NoticeStage.open(night);
  }, 90_000);
  afterAll(async () => {
    await stage?.close();
    await night?.close();
  }, 30_000);
  beforeEach(() => {
    stage.mood.refuses = null;
  });
  afterEach(async () => stage.rest());

  /** The shipped directory, with a number for text messages, set apart for fiction. */
  function directoryWithSms(): DirectorySnapshot {
    const { contactPoints } = stage.night.directory;
    const [ring] = contactPoints;
    if (ring === undefined) throw new Error('no numbers are shipped');
    const sms = {
      ...ring,
      unit: unitId(NOTIFIED_UNIT),
      purpose: 'sms-on-duty',
      value: '+46846500482',
    } as const;
    return { ...stage.night.directory, contactPoints: [...contactPoints, sms] };
  }

  const arrived = async (id: string) => (await stage.deliveryOf(id))?.delivered === true;
  const isDead = async (id: string) => (await stage.deliveryOf(id))?.given_up === true;

  it('arrives by mail at the function, once, and the record says so', async () => {
    const id = await stage.notice();
    stage.send();
    await until(() => arrived(id));
    expect(await stage.deliveryOf(id)).toMatchObject({ channel: 'email', attempts: 1, code: null });
    expect(stage.mailsOf(id)).toBe(1);
    expect(stage.mails.at(-1)?.to).toBe(`on-duty@${NOTIFIED_UNIT}.handslag.invalid`);
  });

  it('is all that Redis is not told: there lies the id of a row, and no unit, kind or function', async () => {
    stage.mood.refuses = 451;
    const id = await stage.notice();
    stage.send({ NOTIFY_RETRY_MS: 60_000 });
    await until(async () => (await stage.deliveryOf(id))?.attempts === 1);
    const { id: deliveryId } = (await stage.deliveryOf(id)) ?? { id: '' };
    const kept = await stage.redis.hgetall(`bull:notices-email:delivery-${deliveryId}-1`);
    expect(JSON.parse(kept['data'] ?? '{}')).toEqual({ deliveryId });
    for (const word of [id, NOTIFIED_UNIT, 'offer.acute', 'on-duty'])
      expect([word, JSON.stringify(kept).includes(word)]).toEqual([word, false]);
    await stage.rest();
    await stage.redis.flushdb();
    await stage.night.query(`update notice.delivery set delivered_at = now() where notice_id = $1`, [id]);
  });

  it('is tried again, later and later, until the mail server is well', async () => {
    stage.mood.refuses = 451;
    const id = await stage.notice();
    stage.send({ NOTIFY_MOST_ATTEMPTS: 50 });
    await until(async () => ((await stage.deliveryOf(id))?.attempts ?? 0) >= 2);
    expect(await stage.deliveryOf(id)).toMatchObject({ code: 'UNREACHABLE', delivered: false });
    stage.mood.refuses = null;
    await until(() => arrived(id));
    expect(stage.mailsOf(id)).toBe(1);
  });

  it('is a dead letter after its last attempt, and is not tried any more', async () => {
    stage.mood.refuses = 451;
    const id = await stage.notice();
    stage.send();
    await until(() => isDead(id));
    expect(await stage.deliveryOf(id)).toMatchObject({ attempts: 4, code: 'UNREACHABLE' });
    stage.mood.refuses = null;
    const next = await stage.notice();
    await until(() => arrived(next));
    expect(await stage.deliveryOf(id)).toMatchObject({ attempts: 4, delivered: false, given_up: true });
    expect(stage.mailsOf(id)).toBe(0);
  });

  it('that the mail server will never take is a dead letter at once, and holds up no other', async () => {
    stage.mood.refuses = 550;
    const refused = await stage.notice();
    stage.send();
    await until(() => isDead(refused));
    expect(await stage.deliveryOf(refused)).toMatchObject({ attempts: 1, code: 'REFUSED' });
    stage.mood.refuses = null;
    const next = await stage.notice();
    await until(() => arrived(next));
  });

  it('that was in Redis when Redis was wiped is found in the record and sent all the same', async () => {
    stage.mood.refuses = 451;
    const ids = [await stage.notice(), await stage.notice(), await stage.notice()];
    stage.send({ NOTIFY_RETRY_MS: 600_000, NOTIFY_MOST_ATTEMPTS: 50 });
    await until(async () => {
      const tried = await Promise.all(ids.map((id) => stage.deliveryOf(id)));
      return tried.every((one) => one?.attempts === 1);
    });
    const handedOver = await stage.night.query(
      `select 1 from custody.notification where id = any ($1::uuid[]) and handed_over_at < 'infinity'`,
      [ids],
    );
    expect(handedOver).toHaveLength(ids.length);
    stage.mood.refuses = null;
    await stage.redis.flushdb();
    await until(async () => (await Promise.all(ids.map(arrived))).every(Boolean));
    expect(ids.map((id) => stage.mailsOf(id))).toEqual([1, 1, 1]);
  });

  it('is sent by one of two couriers at once, and once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => stage.notice()));
    stage.send();
    stage.send();
    await until(async () => (await Promise.all(ids.map(arrived))).every(Boolean));
    expect(ids.map((id) => stage.mailsOf(id))).toEqual(ids.map(() => 1));
  });

  it('goes by text message too where the directory has a number, and one way failing is not the other’s', async () => {
    const got: string[] = [];
    const gateway = createServer((request, response) => {
      got.push(String(request.headers['idempotency-key']));
      request.resume();
      response.writeHead(got.length === 1 ? 503 : 202).end();
    });
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const where = gateway.address();
    const port = typeof where === 'object' && where !== null ? where.port : 0;
    stage.mood.refuses = 550;
    const id = await stage.notice();
    stage.send(
      {
        SMS_GATEWAY_URL: `http://127.0.0.1:${port}/`,
        SMS_GATEWAY_TOKEN: 'of-the-test',
        SMS_GATEWAY_SIGNING_KEY: randomBytes(32),
      },
      directoryWithSms(),
    );
    await until(async () => {
      const rows = await stage.deliveriesOf(id);
      return rows.length === 2 && rows.every(({ delivered, given_up }) => delivered || given_up);
    });
    expect(await stage.deliveriesOf(id)).toMatchObject([
      { channel: 'email', given_up: true, code: 'REFUSED' },
      { channel: 'sms', delivered: true, attempts: 2 },
    ]);
    expect(new Set(got)).toEqual(new Set([id]));
    await new Promise((resolve) => gateway.close(resolve));
  });

  it('is not begun with half a gateway, nor with one whose token would go in the clear', () => {
    const gateway = { SMS_GATEWAY_URL: 'http://gateway.example/', SMS_GATEWAY_TOKEN: 'of-the-test' };
    const whole = { ...gateway, SMS_GATEWAY_SIGNING_KEY: randomBytes(32) };
    expect(() => stage.send(gateway)).toThrow('set together or not at all');
    expect(() => stage.send({ ...whole, HANDSLAG_LOCAL: undefined })).toThrow('must be https');
  });

  it('reaches people by mail while a gateway hangs, however many text messages wait for it', async () => {
    let hanging = 0;
    const gateway = createServer((request) => {
      request.resume();
      hanging += 1;
    });
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const where = gateway.address();
    const port = typeof where === 'object' && where !== null ? where.port : 0;
    const ids = await Promise.all(Array.from({ length: 15 }, () => stage.notice()));
    stage.send(
      {
        NOTIFY_TIMEOUT_MS: 25_000,
        SMS_GATEWAY_URL: `http://127.0.0.1:${port}/`,
        SMS_GATEWAY_TOKEN: 'of-the-test',
        SMS_GATEWAY_SIGNING_KEY: randomBytes(32),
      },
      directoryWithSms(),
    );
    await until(async () => hanging >= 5);
    const later = await stage.notice();
    await until(async () => (await Promise.all([...ids, later].map(arrived))).every(Boolean));
    const texts = (await Promise.all(ids.map((id) => stage.deliveriesOf(id)))).map((rows) => rows[1]);
    expect(texts.every((text) => text?.channel === 'sms' && text.attempts === 0)).toBe(true);
    gateway.closeAllConnections();
    await new Promise((resolve) => gateway.close(resolve));
    await stage.rest();
    await stage.redis.flushdb();
    await stage.night.query(
      `update notice.delivery set delivered_at = now() where channel = 'sms' and delivered_at = 'infinity'`,
    );
  });

  it('that arrived long ago is forgotten, and one that waits or is dead is not', async () => {
    const [old, recent, waiting, dead] = await Promise.all([1, 2, 3, 4].map(() => stage.notice()));
    const deliveries = new Deliveries(stage.record);
    const all = [old, recent, waiting, dead].map(String);
    await stage.night.query(
      `insert into notice.delivery (id, notice_id, channel, unit_id, function, kind, rung, noticed_at)
       select gen_random_uuid(), n, 'email', $2, 'on-duty', 'late', 0, now() from unnest($1::uuid[]) n`,
      [all, NOTIFIED_UNIT],
    );
    const days = (count: number) => `directory.record_now() - interval '${count} days'`;
    await stage.night.query(`update notice.delivery set delivered_at = ${days(91)} where notice_id = $1`, [
      old,
    ]);
    await stage.night.query(`update notice.delivery set delivered_at = ${days(89)} where notice_id = $1`, [
      recent,
    ]);
    await stage.night.query(`update notice.delivery set given_up_at = ${days(400)} where notice_id = $1`, [
      dead,
    ]);
    await stage.night.query(
      `update custody.notification set handed_over_at = now() where id = any ($1::uuid[])`,
      [all],
    );
    expect(await deliveries.sweep(90, 100)).toBe(1);
    const left = await stage.night.query<{ notice_id: string }>(
      'select notice_id from notice.delivery where notice_id = any ($1::uuid[])',
      [all],
    );
    expect(left.map(({ notice_id }) => notice_id).sort()).toEqual([recent, waiting, dead].map(String).sort());
    await stage.night.query(`update notice.delivery set delivered_at = now() where notice_id = $1`, [
      waiting,
    ]);
  });

  it('survives a kill between any two steps: it arrives, and twice is the same message', async () => {
    const queue = new Queue<NoticeJob>('notices-email', { connection: stage.redis });
    // Every step that the courier takes for one notice, and the death before each, until it lives through all.
    const steps: string[] = [];
    let lives = 0;
    for (let survived = false; !survived; lives += 1) {
      const id = await stage.notice();
      survived = await new Mortal(lives, steps).lives(stage.record, queue);
      stage.send();
      await until(() => arrived(id));
      await stage.rest();
      // The one that lived sent its own; what the others left was sent by who came after, as one message.
      expect([lives, stage.mailsOf(id)]).toEqual([lives, survived ? 0 : 1]);
    }
    await queue.close();
    expect(steps).toEqual([
      'read outbox',
      'plan',
      'read plan',
      'to redis',
      'mark handed over',
      'read delivery',
      'send',
      'mark delivered',
    ]);
    expect(lives).toBe(steps.length + 1);
    const unmarked = await stage.night.query(
      `select 1 from custody.notification where handed_over_at = 'infinity'`,
    );
    expect(unmarked).toEqual([]);
  });
});

class Killed extends Error {}

/** A courier that dies after so many steps, and does nothing any more: what kill -9 leaves. */
class Mortal {
  #lives: number;

  constructor(
    lives: number,
    private readonly steps: string[],
  ) {
    this.#lives = lives;
  }

  /** Whether it lived to the end of its work. */
  async lives(record: DataSource, queue: Queue<NoticeJob>): Promise<boolean> {
    try {
      await this.work(record, queue);
      return true;
    } catch (error) {
      if (error instanceof Killed) return false;
      throw error;
    }
  }

  private async work(record: DataSource, queue: Queue<NoticeJob>): Promise<void> {
    const handed: NoticeJob[] = [];
    const query = (sql: string, parameters?: unknown[]) =>
      this.step(nameOf(sql), () => record.query(sql, parameters));
    const mortalRecord: DataSource = Object.create(record, {
      query: { value: query },
      manager: { value: Object.create(record.manager, { query: { value: query } }) },
    });
    const deliveries = new Deliveries(mortalRecord);
    const outbox = new NotificationOutbox({
      dataSource: mortalRecord,
      deliveries,
      queues: new Map([
        [
          'email',
          {
            addBulk: (jobs) => {
              handed.push(...jobs.map(({ data }) => data));
              return this.step('to redis', () => queue.addBulk(jobs));
            },
          },
        ],
      ]),
      isQueueThere: () => true,
      channelsOf: async () => ['email'],
      graceSeconds: 3_600,
      mostAttempts: 4,
    });
    await outbox.handOver('custody');
    const mail: NoticeChannel = { name: 'email', send: () => this.step('send', async () => DELIVERED) };
    for (const job of handed)
      await deliverNotice(job, { deliveries, channels: new Map([['email', mail]]), mostAttempts: 4 });
  }

  /** The step itself is done; what comes after it is not. */
  private async step<Value>(name: string, run: () => Promise<Value>): Promise<Value> {
    if (this.#lives === 0) throw new Killed(name);
    this.#lives -= 1;
    if (!this.steps.includes(name)) this.steps.push(name);
    return run();
  }
}

function nameOf(sql: string): string {
  if (sql.includes('.notification') && sql.startsWith('select')) return 'read outbox';
  if (sql.startsWith('insert into notice.delivery')) return 'plan';
  if (sql.startsWith('select id, channel, round')) return 'read plan';
  if (sql.startsWith('update custody.notification')) return 'mark handed over';
  if (sql.includes('delivery_id')) return 'read delivery';
  return 'mark delivered';
}
