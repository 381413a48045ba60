import { z } from 'zod';
import { noticeLink } from '#notify';
import { SecretKeySchema } from '#sealing';
import { LogLevelSchema, TemporalConfigSchema } from '#temporal';

/** All the courier is told. Its database role sees metadata only (DESIGN 4). */
export const CourierConfigSchema = TemporalConfigSchema.extend({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  SMTP_URL: z.string().min(1),
  /** Where the functions' addresses are: `on-duty@<unit>.<domain>`. */
  NOTIFY_DOMAIN: z.string().min(1).default('handslag.invalid'),
  /** What a notice points to; the door itself says what is there. */
  NOTIFY_LINK: z.url().default('http://localhost:4100/').transform(noticeLink),
  /** How long a notice may be unheard of before Redis is taken to have lost it. */
  NOTIFY_GRACE_SECONDS: z.coerce.number().int().min(1).default(30),
  /** How often a delivery is tried before it is a dead letter, and how soon after the first failure. */
  NOTIFY_MOST_ATTEMPTS: z.coerce.number().int().min(1).max(100).default(20),
  NOTIFY_RETRY_MS: z.coerce.number().int().min(1).default(1_000),
  NOTIFY_TIMEOUT_MS: z.coerce.number().int().min(1).default(10_000),
  /** Derives what signs webhooks; the parties' services have the same one. */
  HANDSLAG_NOTICE_KEY: SecretKeySchema.optional(),
  /** Text messages are sent when a gateway is named; see libs/notify/README.md for what it must take. */
  SMS_GATEWAY_URL: z.url().optional(),
  SMS_GATEWAY_TOKEN: z.string().min(1).optional(),
  SMS_GATEWAY_SIGNING_KEY: SecretKeySchema.optional(),
  SMS_SENDER: z
    .string()
    .regex(/^[A-Za-z0-9]{3,11}$/)
    .default('Handslag'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4109),
  HOST: z.string().min(1).default('127.0.0.1'),
  HANDSLAG_LOCAL: z.literal('1').optional(),
  LOG_LEVEL: LogLevelSchema,
});
export type CourierConfig = z.infer<typeof CourierConfigSchema>;
