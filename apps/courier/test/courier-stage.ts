import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { Redis } from 'ioredis';
import { SMTPServer } from 'smtp-server';
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
import { ENGINE_QUEUE } from '#workflows';
import type { Courier } from '../courier.service.js';
import { startCourier } from '../courier.service.js';
import { type CourierConfig, CourierConfigSchema } from '../courier-config.schema.js';
import { until } from './until.js';

const REGISTRY = fileURLToPath(new URL('../../../workflows/registry.ts', import.meta.url));

export interface CaughtMail {
  readonly to: string;
  readonly raw: string;
}

/** One runtime a process: without it the SDK writes its own lines between the tests'. */
let hasRuntime = false;

/** A courier with a real Temporal namespace, Redis database and mail server of its own, and an engine beside it. */
export class CourierStage {
  readonly lines: string[] = [];
  private readonly couriers: Courier[] = [];
  private engine: KeptWorker | undefined;

  private constructor(
    readonly config: CourierConfig,
    readonly mails: readonly CaughtMail[],
    readonly temporal: TemporalClient,
    private readonly smtp: SMTPServer,
    private readonly bundle: string,
    private readonly redisUrl: string,
  ) {}

  static async open(databaseUrl: string): Promise<CourierStage> {
    if (!hasRuntime) installRuntime(createLogger('error'), 'error');
    hasRuntime = true;
    const address = required('TEST_TEMPORAL_ADDRESS');
    // A Redis database of its own: queues of the same name beside it are others'.
    const redisUrl = `${required('TEST_REDIS_URL')}/${1 + (randomBytes(1).readUInt8() % 14)}`;
    const namespace = `courier-${randomUUID()}`;
    const connection = await Connection.connect({ address });
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: proto.google.protobuf.Duration.fromObject({ seconds: 86_400 }),
    });
    await connection.close();
    const mails: CaughtMail[] = [];
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          mails.push({
            to: session.envelope.rcptTo.map((one) => one.address).join(),
            raw: Buffer.concat(chunks).toString('utf8'),
          });
          done();
        });
      },
    });
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
    const where = smtp.server.address();
    const port = typeof where === 'object' && where !== null ? where.port : 0;
    const config = CourierConfigSchema.parse({
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      HANDSLAG_PAYLOAD_KEY: randomBytes(32).toString('base64url'),
      HANDSLAG_LOCAL: '1',
      PORT: 0,
      LOG_LEVEL: 'info',
    });
    const { code } = await bundleWorkflows({ entry: REGISTRY, from: 'source' });
    return new CourierStage(config, mails, connectClient(config), smtp, code, redisUrl);
  }

  /** Another courier; two at once are the same system. */
  async courier(changes: Partial<CourierConfig> = {}): Promise<Courier> {
    const courier = await startCourier(
      { ...this.config, ...changes },
      createLogger('info', (line) => this.lines.push(line)),
    );
    this.couriers.push(courier);
    return courier;
  }

  /** Resolves when it polls: a loaded machine takes its time, and that is not what is tried here. */
  async startEngine(): Promise<void> {
    const engine = keepWorker(
      this.config,
      { ...createWorkerOptions(this.config, ENGINE_QUEUE), workflowBundle: { code: this.bundle } },
      createLogger('warn', (line) => this.lines.push(line)),
    );
    this.engine = engine;
    await until(async () => engine.isRunning());
  }

  /** Moves record time through the courier's local door. */
  async advance(courier: Courier, by: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`http://127.0.0.1:${courier.port}/dev/time/advance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by }),
    });
    const body: Record<string, unknown> = Object(await response.json());
    return { status: response.status, body };
  }

  async close(): Promise<void> {
    for (const courier of this.couriers.splice(0)) await courier.stop();
    await this.engine?.stop();
    await this.temporal.close();
    await new Promise<void>((resolve) => this.smtp.close(resolve));
    const redis = new Redis(this.redisUrl);
    await redis.flushdb();
    redis.disconnect();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test, which starts the services.`);
  return value;
}
