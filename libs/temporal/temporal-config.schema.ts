import { createHash } from 'node:crypto';
import { z } from 'zod';

/** An AES-256 key by its id: the first digits of its SHA-256, which travel in the open with each payload. */
export interface CodecKey {
  readonly id: string;
  readonly key: Uint8Array;
}

const KEY_BYTES = 32;
const ID_DIGITS = 12;

const CodecKeysSchema = z.string().transform((text, context): readonly CodecKey[] => {
  const keys = text.split(',').map((part) => codecKey(Buffer.from(part.trim(), 'base64url')));
  if (keys.every(({ key }) => key.length === KEY_BYTES)) return keys;
  context.addIssue({
    code: 'custom',
    message: 'must be 32 bytes in base64url, several separated by commas, the one in use first',
  });
  return z.NEVER;
});

/** A key with the id that follows from it. */
export const codecKey = (key: Uint8Array): CodecKey => ({
  id: createHash('sha256').update(key).digest('hex').slice(0, ID_DIGITS),
  key,
});

/** What a service must know to reach Temporal; part of its own ConfigSchema, parsed once in its `main.ts`. */
export const TemporalConfigSchema = z.object({
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TLS: z.stringbool().default(false),
  /** Rotating: put the new key first; keep the old one behind it until nothing that runs was written with it. */
  HANDSLAG_PAYLOAD_KEY: CodecKeysSchema,
});
export type TemporalConfig = z.infer<typeof TemporalConfigSchema>;
