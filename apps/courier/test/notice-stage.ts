import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { SMTPServer } from 'smtp-server';
import type { DataSource } from 'typeorm';
import { migrateSchema, openDataSource, type TestDatabase } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import type { DirectorySnapshot } from '#domain';
import { NOTICE_SCHEMA } from '#notify';
import { createLogger } from '#temporal';
import { type CourierConfig, CourierConfigSchema } from '../courier-config.schema.js';
import { type NoticeSending, startNoticeSending } from '../notify/notice-sending.js';

export const NOTIFIED_UNIT = 'socialjouren-stockholm';

/** The record of a night, as `CustodyNight` has it. */
interface NightRecord {
  readonly record: TestDatabase;
  readonly admin: DataSource;
  readonly directory: DirectorySnapshot;
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

/** Answers a mail with an SMTP status other than 250, while it is set. */
interface MailMood {
  refuses: number | null;
}

/** The courier's notices over a real record, Redis database and mail server of their own; no Temporal. */
export class NoticeStage {
  readonly mails: { readonly to: string; readonly raw: string }[] = [];
  readonly mood: MailMood = { refuses: null };
  readonly lines: string[] = [];
  private readonly sendings: NoticeSending[] = [];

  private constructor(
    readonly night: NightRecord,
    readonly record: DataSource,
    readonly redis: Redis,
    private readonly smtp: SMTPServer,
    readonly config: CourierConfig,
  ) {}

  static async open(night: NightRecord): Promise<NoticeStage> {
    await migrateSchema(night.admin, night.record.adminUrl, NOTICE_SCHEMA);
    const record = await openDataSource({
      url: night.record.urlFor('courier'),
      definition: { schema: 'directory', entities: [...DIRECTORY_SCHEMA.entities], migrations: [] },
      applicationName: 'notices test',
      poolSize: 6,
    });
    const redisUrl = `${required('TEST_REDIS_URL')}/${1 + (randomBytes(1).readUInt8() % 14)}`;
    const redis = new Redis(redisUrl);
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => stage.take(session.envelope.rcptTo, Buffer.concat(chunks), done));
      },
    });
    smtp.on('error', () => undefined);
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
    const where = smtp.server.address();
    const port = typeof where === 'object' && where !== null ? where.port : 0;
    const config = CourierConfigSchema.parse({
      DATABASE_URL: night.record.urlFor('courier'),
      REDIS_URL: redisUrl,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      HANDSLAG_PAYLOAD_KEY: randomBytes(32).toString('base64url'),
      HANDSLAG_NOTICE_KEY: randomBytes(32).toString('base64'),
      HANDSLAG_LOCAL: '1',
      NOTIFY_GRACE_SECONDS: '1',
      NOTIFY_MOST_ATTEMPTS: '4',
      NOTIFY_RETRY_MS: '20',
      NOTIFY_TIMEOUT_MS: '2000',
      PORT: 0,
      LOG_LEVEL: 'info',
    });
    const stage = new NoticeStage(night, record, redis, smtp, config);
    return stage;
  }

  /** A courier's notices; two at once are the same system. */
  send(changes: Partial<CourierConfig> = {}, directory = this.night.directory): NoticeSending {
    const sending = startNoticeSending({
      config: { ...this.config, ...changes },
      record: this.record,
      snapshot: async () => directory,
      schemas: async () => ['custody'],
      log: createLogger('info', (line) => this.lines.push(line)),
    });
    this.sendings.push(sending);
    return sending;
  }

  /** Ends what {@link send} started. */
  async rest(): Promise<void> {
    for (const sending of this.sendings.splice(0)) await sending.stop();
  }

  /** A notice as custody's functions write it; answers its id. */
  async notice(unit = NOTIFIED_UNIT, kind = 'offer.acute'): Promise<string> {
    const id = randomUUID();
    await this.night.query(
      `insert into custody.notification (id, rung, unit_id, function, kind, created_at)
       values ($1, -1, $2, 'on-duty', $3, directory.record_now())`,
      [id, unit, kind],
    );
    return id;
  }

  async deliveryOf(noticeId: string) {
    return (await this.deliveriesOf(noticeId))[0];
  }

  /** By channel. */
  deliveriesOf(noticeId: string) {
    return this.night.query<{
      id: string;
      channel: string;
      attempts: number;
      code: string | null;
      delivered: boolean;
      given_up: boolean;
    }>(
      `select id, channel, attempts, code, delivered_at < 'infinity' as delivered, given_up_at < 'infinity' as given_up
       from notice.delivery where notice_id = $1 order by channel`,
      [noticeId],
    );
  }

  /** The mails that carry the notice's message id. */
  mailsOf(noticeId: string): number {
    return this.mails.filter(({ raw }) => raw.includes(`<${noticeId}@`)).length;
  }

  async close(): Promise<void> {
    await this.rest();
    await this.redis.flushdb();
    this.redis.disconnect();
    await new Promise<void>((resolve) => this.smtp.close(resolve));
    await this.record.destroy();
  }

  private take(
    to: readonly { readonly address: string }[],
    raw: Buffer,
    done: (error?: Error | null) => void,
  ): void {
    if (this.mood.refuses !== null) {
      done(Object.assign(new Error('not now'), { responseCode: this.mood.refuses }));
      return;
    }
    this.mails.push({ to: to.map(({ address }) => address).join(), raw: raw.toString('utf8') });
    done();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test, which starts the services.`);
  return value;
}
