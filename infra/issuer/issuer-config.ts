import { z } from 'zod';

const IssuerConfigSchema = z.object({
  PORT: z.coerce.number().int(),
  OIDC_ISSUER: z.url(),
  DATABASE_URL: z.string().min(1),
  /** The signing key, kept across restarts so that a login outlives them. */
  HANDSLAG_KEYS_FILE: z.string().min(1),
  HANDSLAG_COOKIE_KEY: z.string().min(32),
  HANDSLAG_MAIL_FILE: z.string().min(1),
  HANDSLAG_APP_URLS: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.url())),
  /** Anyone can be anyone here: the process refuses to run outside local mode. */
  HANDSLAG_LOCAL: z.literal('1', { error: 'the embedded issuer runs in local mode only' }),
});
export type IssuerConfig = z.infer<typeof IssuerConfigSchema>;

/** Throws one sentence that names what is missing or wrong, and shows no value. */
export function readIssuerConfig(environment: NodeJS.ProcessEnv): IssuerConfig {
  const parsed = IssuerConfigSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')} (${message})`);
  throw new Error(`The issuer's configuration is incomplete: ${faults.join(', ')}.`);
}
