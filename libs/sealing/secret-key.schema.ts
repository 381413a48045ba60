import { z } from 'zod';

/** A secret from the environment: 32 random bytes in base64, of either alphabet. */
export const SecretKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]{43}=?$/, { error: 'must be 32 bytes in base64: openssl rand -base64 32' })
  .transform((text) => Buffer.from(text, 'base64'));
