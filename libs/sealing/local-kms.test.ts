import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createLocalKms, MasterKeySchema } from './local-kms.js';

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

  it('takes a master key of 32 bytes in base64 and says how to make one', () => {
    expect(MasterKeySchema.parse(randomBytes(32).toString('base64'))).toHaveLength(32);
    for (const wrong of ['', 'not base64!', randomBytes(31).toString('base64')])
      expect(MasterKeySchema.safeParse(wrong).success).toBe(false);
    expect(MasterKeySchema.safeParse('AAAA').error?.message).toContain('openssl rand -base64 32');
  });
});
