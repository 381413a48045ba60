import { z } from 'zod';
import { type TemporalConfig, TemporalConfigSchema } from '#temporal';
import { Problem } from '../local/problem.js';
import { readRunning } from '../local/running-file.js';

/** Where an operator's tool finds the record, the key store and Temporal. */
export interface OperatorAddresses {
  /** A role that may read everything: the owner, or an administrator. */
  readonly databaseUrl: string;
  /** Null when it was not named: receipts can then not be checked. */
  readonly keysDatabaseUrl: string | null;
  readonly temporal: TemporalConfig;
}

const DatabaseUrlSchema = z.string().regex(/^postgres(ql)?:\/\//);
const EnvironmentSchema = TemporalConfigSchema.extend({
  DATABASE_URL: DatabaseUrlSchema,
  KEYS_DATABASE_URL: DatabaseUrlSchema.optional(),
});

/**
 * From the environment when it names a database, else of the Handslag that `npm start` runs here. Throws a Problem that
 * names what is missing.
 */
export function operatorAddresses(environment: NodeJS.ProcessEnv): OperatorAddresses {
  if (!environment['DATABASE_URL']) {
    const running = readRunning();
    return {
      databaseUrl: running.databaseUrl,
      keysDatabaseUrl: running.keysDatabaseUrl,
      temporal: TemporalConfigSchema.parse({
        TEMPORAL_ADDRESS: running.temporalAddress,
        TEMPORAL_NAMESPACE: running.temporalNamespace,
        HANDSLAG_PAYLOAD_KEY: running.payloadKey,
      }),
    };
  }
  const parsed = EnvironmentSchema.safeParse(environment);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
    throw new Problem(
      `DATABASE_URL is set, and beside it these are missing or wrong: ${names.join(', ')}. Set them, or unset DATABASE_URL to use the Handslag that runs here.`,
    );
  }
  const { DATABASE_URL, KEYS_DATABASE_URL, ...temporal } = parsed.data;
  return { databaseUrl: DATABASE_URL, keysDatabaseUrl: KEYS_DATABASE_URL ?? null, temporal };
}

/** The record alone, for a tool that needs nothing else: named by the environment, or of the Handslag that runs here. */
export function recordUrl(environment: NodeJS.ProcessEnv): string {
  const given = environment['DATABASE_URL'];
  if (!given) return readRunning().databaseUrl;
  const parsed = DatabaseUrlSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Problem(
    'DATABASE_URL is not of the form postgres://user:password@host:5432/database: correct it or unset it.',
  );
}
