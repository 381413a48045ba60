import type { Logger } from '@temporalio/common';
import { Queue, Worker as QueueWorker } from 'bullmq';
import { Redis } from 'ioredis';
import { createTransport, type Transporter } from 'nodemailer';
import type { DataSource } from 'typeorm';
import type { DirectorySnapshot } from '#domain';
import {
  CHANNELS,
  type ChannelName,
  channelsFor,
  Deliveries,
  MailChannel,
  type Notice,
  type NoticeChannel,
  SmsChannel,
  type SmsGateway,
  smsAddressOf,
  WebhookChannel,
  type WebhookEndpoints,
} from '#notify';
import type { CourierConfig } from '../courier-config.schema.js';
import { keepRounds } from '../relay/round.js';
import { deliverNotice } from './notice-delivery.js';
import { type NoticeJob, NotificationOutbox } from './notification-outbox.js';
import { retryDelay } from './retry-delay.js';
import { RegisteredEndpoints } from './webhook-endpoints.js';

/** The queue of a channel; each has a worker of its own. */
const queueOf = (channel: ChannelName) => `notices-${channel}`;
const POLL_MS = 1_000;

export interface NoticeSendingDependencies {
  readonly config: CourierConfig;
  readonly record: DataSource;
  readonly snapshot: () => Promise<DirectorySnapshot>;
  /** The schemas that have an outbox. */
  readonly schemas: () => Promise<readonly string[]>;
  readonly log: Logger;
}

export interface NoticeSending {
  wake(): void;
  isQueueThere(): boolean;
  stop(): Promise<void>;
}

/** Hands notices to Redis and sends what comes out of it. Redis and the receivers may be down; what waits is caught up. */
export function startNoticeSending(deps: NoticeSendingDependencies): NoticeSending {
  const { config, record, snapshot, log } = deps;
  // A mail server that hangs must not keep the others waiting.
  const mail = createTransport({
    url: config.SMTP_URL,
    connectionTimeout: config.NOTIFY_TIMEOUT_MS,
    greetingTimeout: config.NOTIFY_TIMEOUT_MS,
    socketTimeout: config.NOTIFY_TIMEOUT_MS,
  });
  const endpoints =
    config.HANDSLAG_NOTICE_KEY === undefined
      ? undefined
      : new RegisteredEndpoints(record, config.HANDSLAG_NOTICE_KEY);
  const deliveries = new Deliveries(record);
  const channels = openChannels(deps, mail, endpoints);
  const redis = new Redis(config.REDIS_URL, {
    maxRetriesPerRequest: null,
    enableOfflineQueue: false,
    lazyConnect: true,
  });
  redis.on('error', (error) => log.debug('redis.unreachable', { error }));
  void redis.connect().catch(() => undefined);
  const queues = new Map(
    CHANNELS.map((channel) => {
      const queue = new Queue<NoticeJob>(queueOf(channel), { connection: redis });
      queue.on('error', (error) => log.debug('queue.failed', { error }));
      return [channel, queue] as const;
    }),
  );

  const outbox = new NotificationOutbox({
    dataSource: record,
    deliveries,
    queues,
    isQueueThere: () => redis.status === 'ready',
    channelsOf: (notice) => channelsOf(notice, snapshot, channels, endpoints),
    graceSeconds: config.NOTIFY_GRACE_SECONDS,
    mostAttempts: config.NOTIFY_MOST_ATTEMPTS,
  });

  const sending = { deliveries, channels, mostAttempts: config.NOTIFY_MOST_ATTEMPTS };
  const workers = CHANNELS.map((channel) => openWorker(channel, deps, (job) => deliverNotice(job, sending)));
  const handing = keepRounds('outbox', () => handOverAll(deps, outbox), POLL_MS, log);
  const again = keepRounds('outbox-again', () => outbox.handOverAgain(), POLL_MS, log);

  return {
    wake: () => handing.wake(),
    isQueueThere: () => redis.status === 'ready',
    async stop() {
      // A closed connection ends what waits for a Redis that is down; BullMQ would wait for it to come back.
      redis.disconnect();
      await Promise.all([handing.stop(), again.stop(), ...workers.map((worker) => worker.stop())]);
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      mail.close();
    },
  };
}

function openWorker(
  channel: ChannelName,
  { config, log }: NoticeSendingDependencies,
  deliver: (job: NoticeJob) => Promise<void>,
): { stop(): Promise<void> } {
  const blocking = new Redis(config.REDIS_URL, { maxRetriesPerRequest: null });
  blocking.on('error', () => undefined);
  const worker = new QueueWorker<NoticeJob>(queueOf(channel), ({ data }) => deliver(data), {
    connection: blocking,
    concurrency: 5,
    // What a killed courier had in hand is sent within ten seconds, however often it is killed; twice is one message id.
    lockDuration: 5_000,
    stalledInterval: 3_000,
    maxStalledCount: 1_000,
    settings: { backoffStrategy: (attemptsMade) => retryDelay(attemptsMade, config.NOTIFY_RETRY_MS) },
  });
  worker.on('error', (error) => log.debug('notices.failed', { error }));
  return {
    async stop() {
      blocking.disconnect();
      await worker.close(true);
    },
  };
}

function openChannels(
  { config, snapshot }: NoticeSendingDependencies,
  mail: Transporter,
  endpoints: WebhookEndpoints | undefined,
): ReadonlyMap<ChannelName, NoticeChannel> {
  const how = { timeoutMs: config.NOTIFY_TIMEOUT_MS, isLocal: config.HANDSLAG_LOCAL === '1' };
  const gateway = gatewayOf(config);
  const all: NoticeChannel[] = [
    new MailChannel(mail, { domain: config.NOTIFY_DOMAIN, link: config.NOTIFY_LINK }, snapshot),
    ...(gateway ? [new SmsChannel({ ...gateway, timeoutMs: how.timeoutMs }, snapshot)] : []),
    ...(endpoints ? [new WebhookChannel(endpoints, how)] : []),
  ];
  return new Map(all.map((channel) => [channel.name, channel]));
}

/** Half a gateway is a mistake that would be noticed when a message is missed; so it is none at the start. */
function gatewayOf(config: CourierConfig): Omit<SmsGateway, 'timeoutMs'> | undefined {
  const { SMS_GATEWAY_URL: url, SMS_GATEWAY_TOKEN: token, SMS_GATEWAY_SIGNING_KEY: signingKey } = config;
  if (url === undefined && token === undefined && signingKey === undefined) return undefined;
  if (url === undefined || token === undefined || signingKey === undefined)
    throw new Error(
      'SMS_GATEWAY_URL, SMS_GATEWAY_TOKEN and SMS_GATEWAY_SIGNING_KEY are set together or not at all',
    );
  if (config.HANDSLAG_LOCAL !== '1' && new URL(url).protocol !== 'https:')
    throw new Error('SMS_GATEWAY_URL must be https outside local mode: the token goes with every message');
  return { url: new URL(url), token, signingKey, sender: config.SMS_SENDER };
}

async function channelsOf(
  notice: Notice,
  snapshot: () => Promise<DirectorySnapshot>,
  open: ReadonlyMap<ChannelName, NoticeChannel>,
  endpoints: WebhookEndpoints | undefined,
): Promise<readonly ChannelName[]> {
  return channelsFor(notice, {
    sms: open.has('sms') ? smsAddressOf(await snapshot(), notice.unitId, notice.function, notice.at) : null,
    hasWebhook: ((await endpoints?.endpointOf(notice.unitId)) ?? null) !== null,
  });
}

async function handOverAll(
  { schemas }: NoticeSendingDependencies,
  outbox: NotificationOutbox,
): Promise<number> {
  let handed = 0;
  for (const schema of await schemas()) handed += await outbox.handOver(schema);
  return handed;
}
