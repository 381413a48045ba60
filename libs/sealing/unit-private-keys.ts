import { type CryptoKey, importJWK } from 'jose';
import { z } from 'zod';
import type { KeyPurpose, KeyStore } from './key-store.port.js';
import type { Kms } from './kms.port.js';

export type UnitPrivateKey = CryptoKey | Uint8Array;

/** The JOSE algorithm of each purpose. */
export const KEY_ALGORITHM = { wrap: 'ECDH-ES', sign: 'ES256' } as const satisfies Record<KeyPurpose, string>;

const PrivateJwkSchema = z.object({ kty: z.string(), crv: z.string(), x: z.string(), d: z.string() }).loose();

/** Fetches and opens private keys of this party's units, once each: a kid never changes its key. */
export class UnitPrivateKeys {
  private readonly opened = new Map<string, UnitPrivateKey>();

  constructor(
    private readonly store: KeyStore,
    private readonly kms: Kms,
  ) {}

  /** The key, not extractable; null when this party has none of that kid. Throws when the KMS does not open it. */
  async find(unitId: string, kid: string, purpose: KeyPurpose): Promise<UnitPrivateKey | null> {
    const name = JSON.stringify([unitId, kid, purpose]);
    const known = this.opened.get(name);
    if (known) return known;
    const sealed = await this.store.privateKey(unitId, kid);
    if (!sealed) return null;
    const json = (await this.kms.open({ unitId, kid }, sealed)).toString('utf8');
    const key = await importJWK(PrivateJwkSchema.parse(JSON.parse(json)), KEY_ALGORITHM[purpose]);
    this.opened.set(name, key);
    return key;
  }
}
