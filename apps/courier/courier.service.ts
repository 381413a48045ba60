import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from '@temporalio/common';
import { Queue, Worker as QueueWorker } from 'bullmq';
import { Redis } from 'ioredis';
import { createTransport } from 'nodemailer';
import type { DataSource } from 'typeorm';
import { createClockActivities } from '#activities';
import { CustodyClock, sweepExpired } from '#custody';
import { openDataSource } from '#database';
import { DIRECTORY_SCHEMA, readSnapshot } from '#directory';
import { MailSender, type Notice } from '#notify';
import { asNestLogger, connectClient, createWorkerOptions, isTemporalServing, keepWorker } from '#temporal';
import { COURIER_QUEUE } from '#workflows';
import { CustodyClockBook } from './clock/matter-clock.book.js';
import type { CourierConfig } from './courier-config.schema.js';
import {
  COURIER_CHECKS,
  type CourierChecks,
  CourierHealthController,
} from './health/courier-health.controller.js';
import { NotificationOutbox } from './notify/notification-outbox.js';
import { listenToRecord } from './relay/relay-notices.js';
import { keepRounds } from './relay/round.js';
import { StreamRepository } from './relay/stream.repository.js';
import { StreamRelay } from './relay/stream-relay.js';
import { TimeController } from './time/time.controller.js';
import { TimeMachine } from './time/time-machine.js';

const QUEUE = 'notices';
const POLL_MS = 1_000;
/** What has served its purpose can wait. */
const SWEEP_MS = 3_600_000;
const SWEPT_AT_ONCE = 500;

export interface Courier {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the courier: it relays streams to Temporal, calls rungs for the workflows, hands notices to Redis and sends them.
 * Any of Temporal, Redis and mail may be down at the start and later; what waits is caught up. Two at once do no harm.
 */
export async function startCourier(config: CourierConfig, logger: Logger): Promise<Courier> {
  const record = await openRecord(config);
  const snapshot = () => readSnapshot(record);
  const temporal = connectClient(config);
  const redis = new Redis(config.REDIS_URL, {
    maxRetriesPerRequest: null,
    enableOfflineQueue: false,
    lazyConnect: true,
  });
  redis.on('error', (error) => logger.debug('redis.unreachable', { error }));
  void redis.connect().catch(() => undefined);

  const queue = new Queue<Notice>(QUEUE, { connection: redis });
  queue.on('error', (error) => logger.debug('queue.failed', { error }));
  const mail = createTransport(config.SMTP_URL);
  const sender = new MailSender(mail, { domain: config.NOTIFY_DOMAIN, link: config.NOTIFY_LINK }, snapshot);
  const blocking = new Redis(config.REDIS_URL, { maxRetriesPerRequest: null });
  blocking.on('error', () => undefined);
  const notices = new QueueWorker<Notice>(QUEUE, ({ data }) => sender.send(data), {
    connection: blocking,
    concurrency: 5,
    // What a killed courier had in hand is sent within ten seconds, however often it is killed; twice is one message id.
    lockDuration: 5_000,
    stalledInterval: 3_000,
    maxStalledCount: 1_000,
  });
  notices.on('error', (error) => logger.debug('notices.failed', { error }));

  const streams = new StreamRepository(record);
  const relay = new StreamRelay(streams, temporal.client, logger);
  const outbox = new NotificationOutbox(record, queue, () => redis.status === 'ready');
  const relaying = keepRounds('relay', () => relay.relayOnce(), POLL_MS, logger);
  const handing = keepRounds('outbox', () => handOverAll(streams, outbox), POLL_MS, logger);
  const sweeping = keepRounds('sweep', () => sweepRecord(record, logger), SWEEP_MS, logger);
  const wake = () => {
    relaying.wake();
    handing.wake();
  };
  const listening = listenToRecord(config.DATABASE_URL, wake, logger);
  const book = new CustodyClockBook(new CustodyClock({ dataSource: record, snapshot }));
  const worker = keepWorker(
    config,
    { ...createWorkerOptions(config, COURIER_QUEUE), activities: createClockActivities({ book }) },
    logger,
  );

  const app = await createDoor(config, logger, new TimeMachine(record, streams, wake), {
    database: () => record.query('select 1').then(() => true),
    redis: () => Promise.resolve(redis.status === 'ready'),
    temporal: () => isTemporalServing(temporal.client),
    worker: () => Promise.resolve(worker.isRunning()),
  });
  await app.listen(config.PORT, config.HOST);
  const port = Number(new URL(await app.getUrl()).port);
  logger.info('courier.listening', { port });
  let stopping: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await app.close();
    await listening.stop();
    // A closed connection ends what waits for a Redis that is down; BullMQ would wait for it to come back.
    for (const connection of [redis, blocking]) connection.disconnect();
    await Promise.all([relaying.stop(), handing.stop(), sweeping.stop(), worker.stop(), notices.close(true)]);
    await queue.close();
    mail.close();
    await temporal.close();
    await record.destroy();
  };
  return {
    port,
    stop: () => (stopping ??= end()),
  };
}

async function handOverAll(streams: StreamRepository, outbox: NotificationOutbox): Promise<number> {
  let handed = 0;
  for (const schema of await streams.schemas()) handed += await outbox.handOver(schema);
  return handed;
}

async function sweepRecord(record: DataSource, logger: Logger): Promise<number> {
  const swept = await sweepExpired(record.manager, SWEPT_AT_ONCE);
  const count = swept.idempotencyKeys + swept.previews;
  if (count > 0) logger.info('record.swept', { ...swept });
  return count;
}

/** One pool under the courier's own role, which may read the directory and custody's metadata. */
function openRecord({ DATABASE_URL }: CourierConfig): Promise<DataSource> {
  return openDataSource({
    url: DATABASE_URL,
    definition: {
      schema: DIRECTORY_SCHEMA.schema,
      entities: [...DIRECTORY_SCHEMA.entities],
      migrations: [],
    },
    applicationName: 'handslag courier',
    poolSize: 10,
  });
}

async function createDoor(
  config: CourierConfig,
  logger: Logger,
  machine: TimeMachine,
  checks: CourierChecks,
): Promise<NestFastifyApplication> {
  @Module({
    controllers: [CourierHealthController, ...(config.HANDSLAG_LOCAL === '1' ? [TimeController] : [])],
    providers: [
      { provide: COURIER_CHECKS, useValue: checks },
      { provide: TimeMachine, useValue: machine },
    ],
  })
  class CourierModule {}
  return NestFactory.create<NestFastifyApplication>(CourierModule, new FastifyAdapter(), {
    logger: asNestLogger(logger),
  });
}
