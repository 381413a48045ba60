import { z } from 'zod';
import { SecretKeySchema } from '#sealing';
import { LogLevelSchema } from '#temporal';

/** All the sealer is told: the record under its own role, and what opens its signing key. No key store, no Temporal. */
export const SealerConfigSchema = z.object({
  DATABASE_URL: z.string().min(1),
  /** Seals the private half of the keys that sign tree heads. */
  HANDSLAG_MASTER_KEY: SecretKeySchema,
  /** How long a leaf may wait when nothing hinders the sealer; half of it on average. */
  SEAL_EVERY_MS: z.coerce.number().int().min(10).default(1_000),
  /** A new signing key is made after so many days; the public halves of the old ones stay. */
  TREE_KEY_DAYS: z.coerce.number().positive().default(365),
  /** `1` makes a new key at this start: after the master key was lost or changed. */
  NEW_TREE_KEY: z.literal('1').optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4115),
  HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: LogLevelSchema,
});
export type SealerConfig = z.infer<typeof SealerConfigSchema>;
