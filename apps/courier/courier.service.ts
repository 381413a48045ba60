import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from '@temporalio/common';
import type { DataSource } from 'typeorm';
import { createClockActivities } from '#activities';
import { CustodyClock, sweepExpired } from '#custody';
import { openDataSource } from '#database';
import { DIRECTORY_SCHEMA, readSnapshot } from '#directory';
import { Deliveries } from '#notify';
import {
  asNestLogger,
  connectClient,
  createWorkerOptions,
  isTemporalServing,
  keepWorker,
  serveMetrics,
} from '#temporal';
import { COURIER_QUEUE } from '#workflows';
import { CustodyClockBook } from './clock/matter-clock.book.js';
import type { CourierConfig } from './courier-config.schema.js';
import {
  COURIER_CHECKS,
  type CourierChecks,
  CourierHealthController,
} from './health/courier-health.controller.js';
import { startNoticeSending } from './notify/notice-sending.js';
import { listenToRecord } from './relay/relay-notices.js';
import { keepRounds } from './relay/round.js';
import { StreamRepository } from './relay/stream.repository.js';
import { StreamRelay } from './relay/stream-relay.js';
import { TimeController } from './time/time.controller.js';
import { TimeMachine } from './time/time-machine.js';

const POLL_MS = 1_000;
/** What has served its purpose can wait. */
const SWEEP_MS = 3_600_000;
const SWEPT_AT_ONCE = 500;
/** A notice that arrived is of no use to anyone after a quarter of a year. */
const DELIVERIES_KEPT_DAYS = 90;

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
  const streams = new StreamRepository(record);
  const relay = new StreamRelay(streams, temporal.client, logger);
  const notices = startNoticeSending({
    config,
    record,
    snapshot,
    schemas: () => streams.schemas(),
    log: logger,
  });
  const relaying = keepRounds('relay', () => relay.relayOnce(), POLL_MS, logger);
  const sweeping = keepRounds('sweep', () => sweepRecord(record, logger), SWEEP_MS, logger);
  const wake = () => {
    relaying.wake();
    notices.wake();
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
    redis: () => Promise.resolve(notices.isQueueThere()),
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
    await Promise.all([relaying.stop(), sweeping.stop(), worker.stop(), notices.stop()]);
    await temporal.close();
    await record.destroy();
  };
  return {
    port,
    stop: () => (stopping ??= end()),
  };
}

async function sweepRecord(record: DataSource, logger: Logger): Promise<number> {
  const swept = await sweepExpired(record.manager, SWEPT_AT_ONCE);
  const deliveries = await new Deliveries(record).sweep(DELIVERIES_KEPT_DAYS, SWEPT_AT_ONCE);
  const count = swept.idempotencyKeys + swept.previews + deliveries;
  if (count > 0) logger.info('record.swept', { ...swept, deliveries });
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
  const adapter = new FastifyAdapter();
  serveMetrics(adapter.getInstance());
  return NestFactory.create<NestFastifyApplication>(CourierModule, adapter, { logger: asNestLogger(logger) });
}
