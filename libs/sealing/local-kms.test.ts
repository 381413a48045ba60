import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createLocalKms } from './local-kms.js';
import { SecretKeySchema } from './secret-key.schema.js';

const name = { unitId: 'rvt-farsta', kid: 'wrap-1' };
const privateKey = Buffer.from('{"d":"secret"}');

describe('the local KMS', () => {
  it('opens what it sealed, under the same name', async () => {
    const masterKey = randomBytes(32);
    const sealed = await createLocalKms(masterKey).seal(name, privateKey);
    expect(sealed.includes('secret')).toBe(false);
    expect(await createLocalKms(masterKey).open(name, sealed)).toEqual(privateKey);
  });

  it('does not open under another unit, kid or master key, nor with a flipped byte', async () => {
    const kms = createLocalKms(randomBytes(32));
    const sealed = await kms.seal(name, privateKey);
    const flipped = Buffer.from(sealed);
    flipped.writeUInt8(flipped.readUInt8(20) ^ 1, 20);
    await expect(kms.open({ ...name, unitId: 'rvt-other' }, sealed)).rejects.toThrow(/does not open/);
    await expect(kms.open({ ...name, kid: 'wrap-2' }, sealed)).rejects.toThrow(/does not open/);
    await expect(createLocalKms(randomBytes(32)).open(name, sealed)).rejects.toThrow(/HANDSLAG_MASTER_KEY/);
    await expect(kms.open(name, flipped)).rejects.toThrow(/does not open/);
  });
});

describe('a secret key from the environment', () => {
  it('is 32 bytes in base64 of either alphabet, and the error says how to make one', () => {
    const key = randomBytes(32);
    expect(SecretKeySchema.parse(key.toString('base64'))).toEqual(key);
    expect(SecretKeySchema.parse(key.toString('base64url'))).toEqual(key);
    for (const wrong of ['', 'not base64!', randomBytes(31).toString('base64'), key.toString('hex')])
      expect(SecretKeySchema.safeParse(wrong).error?.message).toContain('openssl rand -base64 32');
  });
});
