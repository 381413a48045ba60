import { describe, expect, test } from '@jest/globals';
import { TemporalConfigSchema } from './temporal-config.schema.js';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64url');
const given = { TEMPORAL_ADDRESS: '127.0.0.1:7233', HANDSLAG_PAYLOAD_KEY: key(1) };

describe('what a service is told of Temporal', () => {
  test('is an address and a key; the rest has a default', () => {
    const config = TemporalConfigSchema.parse(given);
    expect(config).toMatchObject({ TEMPORAL_NAMESPACE: 'default', TEMPORAL_TLS: false });
    expect(config.HANDSLAG_PAYLOAD_KEY).toEqual([
      { id: expect.stringMatching(/^[0-9a-f]{12}$/), key: Buffer.alloc(32, 1) },
    ]);
  });

  test('may be several keys, the one in use first; an id follows from its key alone', () => {
    const two = TemporalConfigSchema.parse({ ...given, HANDSLAG_PAYLOAD_KEY: `${key(2)}, ${key(1)}` });
    const one = TemporalConfigSchema.parse(given);
    expect(two.HANDSLAG_PAYLOAD_KEY).toHaveLength(2);
    expect(two.HANDSLAG_PAYLOAD_KEY[1]).toEqual(one.HANDSLAG_PAYLOAD_KEY[0]);
    expect(two.HANDSLAG_PAYLOAD_KEY[0]?.id).not.toBe(one.HANDSLAG_PAYLOAD_KEY[0]?.id);
  });

  test.each([
    ['no address', { TEMPORAL_ADDRESS: undefined }],
    ['an address without a port', { TEMPORAL_ADDRESS: 'temporal' }],
    ['no key', { HANDSLAG_PAYLOAD_KEY: undefined }],
    ['an empty key', { HANDSLAG_PAYLOAD_KEY: '' }],
    ['a short key', { HANDSLAG_PAYLOAD_KEY: Buffer.alloc(16).toString('base64url') }],
    ['a short second key', { HANDSLAG_PAYLOAD_KEY: `${key(1)},abc` }],
  ])('is refused with %s, and the refusal does not repeat the key', (_, change) => {
    const parsed = TemporalConfigSchema.safeParse({ ...given, ...change });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).not.toContain(key(1));
  });
});
