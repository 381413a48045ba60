import { z } from 'zod';
import { SERVICES, type ServicePasswords } from '#database';

const PasswordsSchema = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.enum(SERVICES), z.string().min(1)));

const MigrateConfigSchema = z.object({
  DATABASE_URL: z.string().min(1),
  KEYS_DATABASE_URL: z.string().min(1),
  HANDSLAG_ROLE_PASSWORDS: PasswordsSchema,
  HANDSLAG_LOCAL: z.literal('1').optional(),
});

export interface MigrateConfig {
  /** Both as a user who may create roles and schemas. */
  readonly databaseUrl: string;
  readonly keysDatabaseUrl: string;
  readonly passwords: ServicePasswords;
  /** Personas and the time machine exist in local mode only. */
  readonly isLocalMode: boolean;
}

export function readMigrateConfig(environment: NodeJS.ProcessEnv): MigrateConfig {
  const parsed = MigrateConfigSchema.parse(environment);
  return {
    databaseUrl: parsed.DATABASE_URL,
    keysDatabaseUrl: parsed.KEYS_DATABASE_URL,
    passwords: parsed.HANDSLAG_ROLE_PASSWORDS,
    isLocalMode: parsed.HANDSLAG_LOCAL === '1',
  };
}
