import { hkdfSync } from 'node:crypto';

/**
 * The key that signs what a unit's own system is told: derived from the installation's notice key, the endpoint and the
 * version of its secret, so that it lies in no table and no backup. A new version is a new key.
 */
export function webhookKey(noticeKey: Buffer, endpointId: string, version: number): Buffer {
  return Buffer.from(
    hkdfSync('sha256', noticeKey, Buffer.alloc(0), `handslag webhook ${endpointId} ${version}`, 32),
  );
}

/** The same key as the unit's administrator is shown it, once: the form of Standard Webhooks. */
export function webhookSecret(key: Buffer): string {
  return `whsec_${key.toString('base64')}`;
}
