import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyName, Kms } from './kms.port.js';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM under a key derived per unit (HKDF-SHA256) from the party's master key: `HANDSLAG_MASTER_KEY`, another
 * one for each party, parsed by `SecretKeySchema`.
 */
export function createLocalKms(masterKey: Buffer): Kms {
  const keyOf = ({ unitId }: KeyName) =>
    Buffer.from(hkdfSync('sha256', masterKey, '', `handslag/kms/1|${unitId}`, 32));
  const nameOf = ({ unitId, kid }: KeyName) => Buffer.from(JSON.stringify([unitId, kid]));
  return {
    async seal(name, privateKey) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(name), nonce).setAAD(nameOf(name));
      return Buffer.concat([nonce, cipher.update(privateKey), cipher.final(), cipher.getAuthTag()]);
    },
    async open(name, sealed) {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(name), sealed.subarray(0, NONCE_BYTES))
        .setAAD(nameOf(name))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      const privateKey = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
      try {
        decipher.final();
      } catch {
        throw new Error(
          `The key ${name.kid} of ${name.unitId} does not open: HANDSLAG_MASTER_KEY is not the one that sealed it.`,
        );
      }
      return privateKey;
    },
  };
}
