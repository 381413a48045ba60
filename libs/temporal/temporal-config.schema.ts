import { z } from 'zod';

/** An AES-256 key by its id. The id travels in the open with each payload; the key never does. */
export interface CodecKey {
  readonly id: string;
  readonly key: Uint8Array;
}

const KEY = /^([A-Za-z0-9._-]{1,40}):([A-Za-z0-9+/]{43}=)$/;

/** Rotating: put the new key first, keep the old ones behind it until nothing that runs was written with them. */
const CodecKeysSchema = z.string().transform((text, context): readonly CodecKey[] => {
  const keys: CodecKey[] = [];
  for (const part of text.split(',')) {
    const [, id, base64] = KEY.exec(part.trim()) ?? [];
    if (id === undefined || base64 === undefined || keys.some((known) => known.id === id)) {
      context.addIssue({
        code: 'custom',
        message:
          'must be <id>:<32 bytes in base64>, several separated by commas, each id once, the one in use first',
      });
      return z.NEVER;
    }
    keys.push({ id, key: Uint8Array.from(Buffer.from(base64, 'base64')) });
  }
  return keys;
});

/** What a service must know to reach Temporal; part of its own ConfigSchema, parsed once in its `main.ts`. */
export const TemporalConfigSchema = z.object({
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TLS: z.stringbool().default(false),
  TEMPORAL_CODEC_KEYS: CodecKeysSchema,
});
export type TemporalConfig = z.infer<typeof TemporalConfigSchema>;
