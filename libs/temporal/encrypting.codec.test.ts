import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import fc from 'fast-check';
import { EncryptingCodec } from './encrypting.codec.js';
import { codecKey } from './temporal-config.schema.js';

const [oldKey, newKey] = [codecKey(randomBytes(32)), codecKey(randomBytes(32))];
const codec = new EncryptingCodec([newKey]);
const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const only = ([first, ...rest]: Payload[]): Payload => {
  if (!first || rest.length > 0) throw new Error('expected one payload');
  return first;
};
const seal = async (value: unknown, by = codec): Promise<Payload> => only(await by.encode([payload(value)]));

describe('an encrypted payload', () => {
  test('is read again as it was, whatever it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const opened = only(await codec.decode([await seal(value)]));
        expect(defaultPayloadConverter.fromPayload(opened)).toEqual(
          defaultPayloadConverter.fromPayload(payload(value)),
        );
      }),
    );
  });

  test('shows its key’s id and that it is encrypted, and nothing of what it is', async () => {
    const sealed = await seal({ matterId: 'matter-1' });
    const shown = Object.entries(sealed.metadata ?? {}).map(([name, value]) => [
      name,
      Buffer.from(value).toString(),
    ]);
    expect(Object.fromEntries(shown)).toEqual({
      encoding: 'binary/encrypted',
      'encryption-key-id': newKey.id,
    });
    for (const word of ['matter', 'json']) expect(Buffer.from(sealed.data ?? []).includes(word)).toBe(false);
  });

  test('is never the same twice', async () => {
    expect((await seal('same')).data).not.toEqual((await seal('same')).data);
  });

  test('is refused when any byte of it was changed', async () => {
    const sealed = await seal({ waitMs: 60_000 });
    const data = sealed.data ?? new Uint8Array();
    for (let at = 0; at < data.length; at += 1) {
      const changed = Uint8Array.from(data);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await expect(codec.decode([{ ...sealed, data: changed }])).rejects.toThrow();
    }
  });

  test('is refused when it was cut short', async () => {
    const sealed = await seal('text');
    for (const length of [0, 5, 12, 20]) {
      await expect(
        codec.decode([{ ...sealed, data: sealed.data?.subarray(0, length) ?? null }]),
      ).rejects.toThrow();
    }
  });
});

describe('keys', () => {
  test('rotate: what the old key wrote is read, and what is written from now on is the new key’s', async () => {
    const before = await seal('before', new EncryptingCodec([oldKey]));
    const rotated = new EncryptingCodec([newKey, oldKey]);
    expect(defaultPayloadConverter.fromPayload(only(await rotated.decode([before])))).toBe('before');
    const after = await seal('after', rotated);
    expect(defaultPayloadConverter.fromPayload(only(await codec.decode([after])))).toBe('after');
  });

  test('that are not known are refused by name, as is one key’s payload under another’s id', async () => {
    const foreign = await seal('secret', new EncryptingCodec([oldKey]));
    await expect(codec.decode([foreign])).rejects.toThrow('PAYLOAD_KEY_UNKNOWN');
    const both = new EncryptingCodec([newKey, oldKey]);
    const metadata = { ...foreign.metadata, 'encryption-key-id': Buffer.from(newKey.id) };
    await expect(both.decode([{ ...foreign, metadata }])).rejects.toThrow();
  });

  test('are needed', () => {
    expect(() => new EncryptingCodec([])).toThrow('at least one key');
  });
});

test('a payload in the clear is refused: nothing of ours is written so', async () => {
  await expect(codec.decode([payload('plain')])).rejects.toThrow('PAYLOAD_NOT_ENCRYPTED');
});
