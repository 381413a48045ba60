import { z } from 'zod';
import { LogLevelSchema, TemporalConfigSchema } from '#temporal';

const KEY_BYTES = 32;

/** 32 random bytes, in base64 or base64url. */
const key = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]{43}=?$/, 'must be 32 bytes in base64')
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === KEY_BYTES, { error: 'must be 32 bytes in base64' });

/** What a party's process is told by its surroundings; read once, in `main.ts` (house-style 2). */
export const PartyConfigSchema = TemporalConfigSchema.extend({
  /** With the service's own role. */
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//),
  /** The key store, apart from custody (DESIGN 8). */
  KEYS_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//),
  REDIS_URL: z.string().regex(/^rediss?:\/\//),
  PORT: z.coerce.number().int().min(0).max(65_535),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().min(1),
  /** True only beside the embedded issuer: placeholders are shown and the local time machine counts. */
  HANDSLAG_LOCAL: z.stringbool().default(false),
  HANDSLAG_MASTER_KEY: key,
  /** Derives the ids of incidents and subjects that leave the door. */
  HANDSLAG_ID_KEY: key,
  /** Derives what signs the webhooks of units; the courier has the same. Without it none can be registered. */
  HANDSLAG_NOTICE_KEY: key.optional(),
  LOG_LEVEL: LogLevelSchema,
});
export type PartyConfig = z.infer<typeof PartyConfigSchema>;

/**
 * Reads the configuration. Throws one sentence that names every variable that is missing or wrong, and never
 * shows a value.
 */
export function readPartyConfig(environment: NodeJS.ProcessEnv): PartyConfig {
  const parsed = PartyConfigSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} (${message})`);
  throw new Error(`The configuration is incomplete: ${[...new Set(faults)].join(', ')}.`);
}
