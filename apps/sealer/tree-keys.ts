import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { TreePublicKeySchema, type TreeSigningKey } from '#audit';
import type { Kms } from '#sealing';

const DAY_MS = 86_400_000;
/** The name under which the KMS seals the key; no unit has it, since a unit's id has no slash. */
const OWNER = 'service/sealer';
const RowsSchema = z.array(
  z.object({ kid: z.string(), since: z.date(), private_sealed: z.instanceof(Buffer) }),
);
const PrivateJwkSchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
});

interface KeyInUse extends TreeSigningKey {
  readonly since: Date;
}

/**
 * The keys that sign tree heads: Ed25519, in the sealer's own schema, the private half sealed by the KMS, as the units' keys
 * are in the key store (`UnitKeys`). Made on first use and anew after `days`; of several sealers one makes it.
 */
export class TreeKeys {
  #inUse: KeyInUse | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly kms: Kms,
    private readonly days: number,
  ) {}

  /** The key to sign with now. Throws when the newest one does not open: the master key is another than the one that sealed it. */
  async current(): Promise<TreeSigningKey> {
    if (this.#inUse !== undefined && !this.isOld(this.#inUse.since)) return this.#inUse;
    return this.inTurn(async (manager) => {
      const [newest] = RowsSchema.parse(
        await manager.query(
          'select kid, since, private_sealed from audit.tree_key order by since desc, kid limit 1',
        ),
      );
      if (newest === undefined || this.isOld(newest.since)) return this.make(manager);
      const { kid, since, private_sealed } = newest;
      const opened = await this.kms.open({ unitId: OWNER, kid }, private_sealed);
      return { kid, since, privateKey: await imported(opened) };
    });
  }

  /** Makes a new key whatever there is, after the master key was lost. Old heads stay checkable by the old public keys. */
  async renew(): Promise<void> {
    await this.inTurn((manager) => this.make(manager));
  }

  private isOld(since: Date): boolean {
    return Date.now() - since.getTime() > this.days * DAY_MS;
  }

  private async inTurn(find: (manager: EntityManager) => Promise<KeyInUse>): Promise<KeyInUse> {
    const found = await this.database.transaction(async (manager) => {
      await manager.query(`select pg_advisory_xact_lock(hashtext('handslag sealer key'))`);
      return find(manager);
    });
    this.#inUse = found;
    return found;
  }

  private async make(manager: EntityManager): Promise<KeyInUse> {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    const kid = `tree-${await calculateJwkThumbprint(jwk)}`;
    const { publicJwk } = TreePublicKeySchema.parse({ kid, publicJwk: { ...jwk, kid, alg: 'EdDSA' } });
    const privateJwk = Buffer.from(JSON.stringify(await exportJWK(pair.privateKey)));
    const since = new Date();
    await manager.query(
      'insert into audit.tree_key (kid, since, public_jwk, private_sealed) values ($1, $2, $3, $4)',
      [kid, since, JSON.stringify(publicJwk), await this.kms.seal({ unitId: OWNER, kid }, privateJwk)],
    );
    return { kid, since, privateKey: pair.privateKey };
  }
}

async function imported(privateJwk: Buffer): Promise<CryptoKey> {
  const key = await importJWK(PrivateJwkSchema.parse(JSON.parse(privateJwk.toString('utf8'))), 'EdDSA');
  if (key instanceof Uint8Array) throw new Error('a tree key is not a secret of bytes');
  return key;
}
