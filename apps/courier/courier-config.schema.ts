import { z } from 'zod';
import { LogLevelSchema, TemporalConfigSchema } from '#temporal';

/** All the courier is told. Its database role sees metadata only (DESIGN 4). */
export const CourierConfigSchema = TemporalConfigSchema.extend({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  SMTP_URL: z.string().min(1),
  /** Where the functions' addresses are: `on-duty@<unit>.<domain>`. */
  NOTIFY_DOMAIN: z.string().min(1).default('handslag.invalid'),
  /** What a notice points to; the door itself says what is there. */
  NOTIFY_LINK: z.url().default('http://localhost:4100/'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4109),
  HOST: z.string().min(1).default('127.0.0.1'),
  HANDSLAG_LOCAL: z.literal('1').optional(),
  LOG_LEVEL: LogLevelSchema,
});
export type CourierConfig = z.infer<typeof CourierConfigSchema>;
