import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { createTransport, type Transporter } from 'nodemailer';
import type { DataSource } from 'typeorm';
import { CustodyClock } from '#custody';
import { migrateSchema, openDataSource } from '#database';
import { Deliveries, MailChannel, NOTICE_SCHEMA, noticeLink } from '#notify';
import { ActRecorder } from '#party';
import { codecKey, connectClient, createLogger, signalWithStart, type TemporalClient } from '#temporal';
import { clockSet, ENGINE_QUEUE, matterClockId } from '#workflows';
import { CustodyNight } from '../../../libs/custody/test/custody-night.js';
import { COORDINATION_SCHEMA } from '../coordination.schema.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { type Mailbox, openMailbox } from '../test/mailbox.js';
import { FindingMail } from './finding-mail.js';
import { Watchdog } from './watchdog.js';

const LIAISON = 'police-liaison-globen';
const OFFICE = 'socialjouren-stockholm';
const GRACE = 60;
const ADDRESSES = { domain: 'handslag.test', link: noticeLink('http://handslag.test/') };
const KEYS = [codecKey(randomBytes(32))];

/** Each loss is made in the record of a real night; no courier, engine or Redis is there at any time. */
describe('the watchdog', () => {
  let night: CustodyNight;
  let mailbox: Mailbox;
  let mail: Transporter;
  let temporal: TemporalClient;
  const sources: DataSource[] = [];
  const clients: TemporalClient[] = [];
  let watchdog: Watchdog;

  beforeAll(async () => {
    night = await CustodyNight.open();
    await migrateSchema(night.admin, night.record.adminUrl, NOTICE_SCHEMA);
    await migrateSchema(night.admin, night.record.adminUrl, COORDINATION_SCHEMA);
    mailbox = await openMailbox();
    mail = createTransport({ url: mailbox.url });
    temporal = await freshTemporal();
    watchdog = await watch();
  }, 90_000);
  afterAll(async () => {
    mail?.close();
    await mailbox?.close();
    await Promise.all(sources.map((one) => one.destroy()));
    await Promise.all(clients.map((one) => one.close()));
    await night?.close();
  }, 30_000);

  /** Afterwards nothing is late, unrelayed or untold, whatever the test before left. */
  beforeEach(async () => {
    await night.admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await manager.query('delete from coordination.finding');
      await manager.query('delete from notice.delivery');
      await manager.query('delete from custody.audit_unsealed');
      await manager.query(
        `update custody.notification set handed_over_at = now() where handed_over_at = 'infinity'`,
      );
      await manager.query(
        `update custody.deadline set next_call_at = directory.record_now() + interval '1 day' where ended_at = 'infinity'`,
      );
      await manager.query('update custody.stream set relayed = wanted, parked_at = null, open = false');
      await manager.query(`update custody.handoff set phase = 'delivered' where phase = 'sent'`);
    });
  });

  it('calls what nobody called, once, when courier or engine is dead or a timer was lost', async () => {
    const { matterId } = await heldByPolice();
    await overdue(matterId);
    const first = await sweep();
    expect(first).toMatchObject({
      called: 1,
      found: [{ kind: 'nobody-called', place: 'custody', count: 1 }],
    });
    expect(
      await night.query(
        `select called_by from custody.reminder r join custody.deadline d on d.id = r.deadline_id where d.clock_id = $1`,
        [matterId],
      ),
    ).toEqual([{ called_by: 'coordination' }]);
    expect(await sweep()).toMatchObject({ called: 0, found: [] });
    const [told] = await night.query<{ n: number }>(
      `select count(*)::int as n from custody.notification n join custody.deadline d on d.id = n.deadline_id where d.clock_id = $1`,
      [matterId],
    );
    expect(told?.n).toBeGreaterThan(0);
    expect(await findings()).toMatchObject([{ kind: 'nobody-called', open: false }]);
  });

  it('does nothing about what is late by less than the grace: the courier is given its time', async () => {
    const { matterId } = await heldByPolice();
    await overdue(matterId, 20);
    expect(await sweep()).toMatchObject({ called: 0, found: [] });
  });

  it('finds what does not reach the clock, and a parked stream', async () => {
    const one = await heldByPolice();
    const other = await heldByPolice();
    await night.query(
      `update custody.stream set open = true, relayed = 0, wanted_at = now() - interval '5 minutes' where id = $1`,
      [one.matterId],
    );
    await night.query(
      `update custody.stream set relayed = 0, parked_at = directory.record_now(), parked_code = 'DELIVERY_REFUSED' where id = $1`,
      [other.matterId],
    );
    expect((await sweep()).found).toMatchObject([
      { kind: 'not-relayed', place: 'custody', count: 1 },
      { kind: 'parked', place: 'custody', count: 1 },
    ]);
  });

  it('sends by its own way what the notifier left, once, and leaves the rest to it', async () => {
    const before = mailbox.mails.length;
    const late = await notice('5 minutes');
    const fresh = await notice('0 seconds');
    expect(await sweep()).toMatchObject({ sent: 1, found: [{ kind: 'not-handed-over', count: 1 }] });
    const sent = mailbox.mails.slice(before).filter(({ text }) => !text.includes('vakten'));
    expect(sent.map(({ to }) => to)).toEqual([`on-duty@${OFFICE}.handslag.test`]);
    expect(sent[0]?.text).toContain(`<${late}@handslag.test>`);
    expect(sent[0]?.text).not.toContain(fresh);
    expect(await sweep()).toMatchObject({ sent: 0 });
    expect(
      await night.query(`select id from custody.notification where handed_over_at = 'infinity'`),
    ).toHaveLength(2);
    expect(
      await night.query(
        `select channel, delivered_at < 'infinity' as arrived from notice.delivery where notice_id = $1`,
        [late],
      ),
    ).toEqual([{ channel: 'email', arrived: true }]);
  });

  it('sends what Redis or a dead courier lost after it was handed over, and tells that notices do not arrive', async () => {
    const lost = await delivery('email', '5 minutes');
    const others = await delivery('webhook', '5 minutes');
    const fresh = await delivery('email', '5 seconds');
    expect((await sweep()).found).toMatchObject([
      { kind: 'notice-undelivered', place: 'email', count: 1 },
      { kind: 'notice-undelivered', place: 'webhook', count: 1 },
    ]);
    expect(mailbox.mails.filter(({ text }) => text.includes(`<${lost}@`))).toHaveLength(1);
    const waiting = await night.query<{ notice_id: string }>(
      `select notice_id from notice.delivery where delivered_at = 'infinity' order by planned_at`,
    );
    expect(waiting.map(({ notice_id }) => notice_id)).toEqual([others, fresh]);
    await sweep();
    expect(mailbox.mails.filter(({ text }) => text.includes(`<${lost}@`))).toHaveLength(1);
  });

  it('tells of dead letters until somebody has looked, without saying which', async () => {
    const dead = await delivery('sms', '5 minutes');
    await night.query(
      `update notice.delivery set given_up_at = directory.record_now(), code = 'REFUSED' where notice_id = $1`,
      [dead],
    );
    expect((await sweep()).found).toMatchObject([{ kind: 'dead-letters', place: 'sms', count: 1 }]);
    expect(mailbox.mails.at(-1)?.text).not.toContain(dead);
    await night.query(
      `update notice.delivery set dismissed_at = directory.record_now() where notice_id = $1`,
      [dead],
    );
    expect((await sweep()).found).toEqual([]);
  });

  it('has done what was decided about a dead letter by one who was killed before it was done', async () => {
    const dead = await delivery('email', '5 minutes');
    await night.query(
      `update notice.delivery set given_up_at = directory.record_now(), code = 'REFUSED' where notice_id = $1`,
      [dead],
    );
    await night.query(
      `insert into coordination.dead_letter_decision (id, delivery_id, round, decision, unit_id, decided_at, decided_by)
       select gen_random_uuid(), id, round, 'retry', 'samordning-stockholm', directory.record_now(), 'somebody'
       from notice.delivery where notice_id = $1`,
      [dead],
    );
    const swept = await sweep();
    expect(swept).toMatchObject({ sent: 1 });
    expect(mailbox.mails.filter(({ text }) => text.includes(`<${dead}@`))).toHaveLength(1);
    expect((await sweep()).found).toEqual([]);
  });

  it('names the party whose service takes nothing in', async () => {
    const { id, matters } = await night.incident(LIAISON, 'lpo-globen', ['victim']);
    const items = matters.map((matter) => ({ ...matter, from: 'lpo-globen', to: OFFICE }));
    const { handoffs } = await night.send(LIAISON, id, items);
    expect((await sweep()).found).toEqual([]);
    await night.query(`update custody.handoff set sent_at = sent_at - interval '10 minutes' where id = $1`, [
      handoffs[0]?.handoffId,
    ]);
    expect((await sweep()).found).toMatchObject([{ kind: 'not-delivered', place: 'socialjouren', count: 1 }]);
  });

  it('finds a unit that has ended and still answers for matters', async () => {
    await heldByPolice();
    await night.query(`update directory.unit set valid_to = '2026-01-01' where id = 'lpo-globen'`);
    try {
      expect((await sweep()).found).toMatchObject([{ kind: 'ended-unit-holds', place: 'lpo-globen' }]);
    } finally {
      await night.query(`update directory.unit set valid_to = null where id = 'lpo-globen'`);
    }
  });

  it('finds a wiped Temporal by counting, and one that does not answer', async () => {
    const { matterId } = await heldByPolice();
    await night.query(
      `update custody.stream set open = true, wanted_at = now() - interval '5 minutes' where id = $1`,
      [matterId],
    );
    expect((await sweep()).found).toMatchObject([{ kind: 'clocks-missing', count: 1 }]);
    await startClock(matterId);
    await eventually(async () => (await sweep()).found.length === 0);
    const alone = await watch(connectTo('127.0.0.1:1', 'nowhere'));
    await overdue(matterId);
    const swept = await sweep(alone);
    expect(swept).toMatchObject({ called: 1 });
    expect(swept.found.map(({ kind }) => kind)).toContain('temporal-unreachable');
  }, 40_000);

  it('finds a line with a hole in it, when the whole record is looked at', async () => {
    const { matterId } = await heldByPolice();
    await night.admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await manager.query('delete from custody.responsibility where matter_id = $1', [matterId]);
    });
    expect((await sweep(watchdog, true)).found).toContainEqual(
      expect.objectContaining({ kind: 'record-check', place: 'matter-without-any-spell', count: 1 }),
    );
    await night.admin.transaction(async (manager) => {
      await manager.query('set local session_replication_role = replica');
      await manager.query('delete from custody.matter where id = $1', [matterId]);
      await manager.query('delete from custody.stream where id = $1', [matterId]);
    });
  });

  it('tells the coordinator, or who is staffed, once per finding; when mail is down, later', async () => {
    const { matterId } = await heldByPolice();
    await park(matterId);
    const port = Number(new URL(mailbox.url).port);
    await mailbox.close();
    expect((await sweep()).found).toMatchObject([{ kind: 'parked' }]);
    expect(await findings()).toMatchObject([{ kind: 'parked', open: true, told: false }]);
    mailbox = await openMailbox(port);
    await sweep();
    await sweep();
    const toPeople = mailbox.mails.filter(({ text }) => text.includes('vakten'));
    expect(toPeople).toHaveLength(1);
    expect(toPeople[0]?.to).toMatch(
      /^(coordinator@samordning-stockholm|on-duty@socialjouren-stockholm)\.handslag\.test$/,
    );
    expect(toPeople[0]?.text).not.toContain(matterId);
    await night.query('update custody.stream set parked_at = null, relayed = wanted where id = $1', [
      matterId,
    ]);
    await sweep();
    expect(await findings()).toMatchObject([{ kind: 'parked', open: false, told: true }]);
    await park(matterId);
    await sweep();
    expect(mailbox.mails.filter(({ text }) => text.includes('vakten'))).toHaveLength(2);
  });

  it('is harmless twice: two processes at once find, call, send and tell once', async () => {
    const { matterId } = await heldByPolice();
    await overdue(matterId);
    await notice('5 minutes');
    const before = mailbox.mails.length;
    const others = await Promise.all([watch(), watch(), watch()]);
    const swept = await Promise.all(
      [watchdog, ...others].map((one) => one.sweep({ graceSeconds: GRACE, whole: false })),
    );
    expect(swept.some(({ outcome }) => outcome === 'swept')).toBe(true);
    await sweep();
    expect(await findings()).toHaveLength(2);
    expect(mailbox.mails.slice(before)).toHaveLength(2);
    const [{ n } = { n: 0 }] = await night.query<{ n: number }>(
      `select count(*)::int as n from custody.reminder r join custody.deadline d on d.id = r.deadline_id where d.clock_id = $1`,
      [matterId],
    );
    expect(n).toBe(1);
  });

  async function watch(client = temporal): Promise<Watchdog> {
    const dataSource = await openDataSource({
      url: night.record.urlFor('coordination'),
      definition: { ...COORDINATION_SCHEMA, migrations: [] },
      applicationName: 'watchdog test',
      poolSize: 4,
    });
    sources.push(dataSource);
    const snapshot = async () => night.directory;
    const acts = new ActRecorder({
      party: 'coordination',
      database: dataSource,
      sealing: null,
      wake: () => undefined,
    });
    return new Watchdog({
      dataSource,
      clock: new CustodyClock({ dataSource, snapshot }),
      temporal: client.client,
      deliveries: new Deliveries(dataSource),
      deadLetters: new DeadLetters(dataSource, acts),
      mail: new MailChannel(mail, ADDRESSES, snapshot),
      findingMail: new FindingMail(mail, ADDRESSES, snapshot),
      log: createLogger('error', () => undefined),
    });
  }

  async function sweep(one = watchdog, whole = false) {
    const swept = await one.sweep({ graceSeconds: GRACE, whole });
    if (swept.outcome === 'skipped') throw new Error('another sweeps');
    return swept;
  }

  function connectTo(address: string, namespace: string): TemporalClient {
    const client = connectClient({
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_TLS: false,
      HANDSLAG_PAYLOAD_KEY: KEYS,
    });
    clients.push(client);
    return client;
  }

  async function freshTemporal(): Promise<TemporalClient> {
    const address = process.env['TEST_TEMPORAL_ADDRESS'] ?? '';
    const namespace = `watchdog-${randomUUID()}`;
    const connection = await Connection.connect({ address });
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: proto.google.protobuf.Duration.fromObject({ seconds: 86_400 }),
    });
    await connection.close();
    const client = connectTo(address, namespace);
    await eventually(() =>
      client.client.workflow.count('ExecutionStatus = "Running"').then(
        () => true,
        () => false,
      ),
    );
    return client;
  }

  async function startClock(matterId: string): Promise<void> {
    const clock = { version: 1, closed: false, waitMs: 3_600_000, deadlineId: null, rung: 0 };
    await signalWithStart(temporal.client, {
      workflowType: 'matterClockWorkflow',
      workflowId: matterClockId(matterId),
      taskQueue: ENGINE_QUEUE,
      args: [{ matterId, clock }],
      signal: clockSet,
      signalArgs: [clock],
    });
  }

  async function heldByPolice(): Promise<{ matterId: string }> {
    const { matters } = await night.incident(LIAISON, 'lpo-globen', ['victim']);
    const [{ matterId } = { matterId: '' }] = matters;
    await night.query('update custody.stream set relayed = wanted, open = false where id = $1', [matterId]);
    return { matterId };
  }

  async function overdue(matterId: string, seconds = 240): Promise<void> {
    await night.query(
      `update custody.deadline set due_at = directory.record_now() - make_interval(secs => $2),
         next_call_at = directory.record_now() - make_interval(secs => $2)
       where clock_id = $1 and ended_at = 'infinity'`,
      [matterId, seconds],
    );
  }

  async function park(matterId: string): Promise<void> {
    await night.query(
      `update custody.stream set relayed = 0, parked_at = directory.record_now(), parked_code = 'X' where id = $1`,
      [matterId],
    );
  }

  async function notice(age: string): Promise<string> {
    const id = randomUUID();
    await night.query(
      `insert into custody.notification (id, rung, unit_id, function, kind, created_at)
       values ($1, 0, $2, 'on-duty', 'offer.acute', directory.record_now() - $3::interval)`,
      [id, OFFICE, age],
    );
    return id;
  }

  /** A notice that the courier wrote down and handed to Redis; answers the notice's id. */
  async function delivery(channel: string, age: string): Promise<string> {
    const id = randomUUID();
    await night.query(
      `insert into notice.delivery (id, notice_id, channel, unit_id, function, kind, rung, noticed_at, planned_at)
       values (gen_random_uuid(), $1, $2, $3, 'on-duty', 'late', 0, directory.record_now(), clock_timestamp() - $4::interval)`,
      [id, channel, OFFICE, age],
    );
    return id;
  }

  function findings(): Promise<{ kind: string; open: boolean; told: boolean }[]> {
    return night.query(
      `select kind, cleared_at = 'infinity' as open, mailed_at is not null as told from coordination.finding order by since, kind`,
    );
  }

  /** Temporal's count of what runs is a moment behind. */
  async function eventually(isSo: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + 15_000;
    while (!(await isSo())) if (performance.now() > end) throw new Error('it did not come to be');
  }
});
