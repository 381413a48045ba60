import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { unwrapContentKey, type Wrap, type WrapKey, wrapContentKey } from './content-wrap.js';
import type { DisposedWrap, KeyPurpose, KeyStore, NewUnitKey } from './key-store.port.js';
import type { Kms } from './kms.port.js';
import { done, type Outcome, refused } from './sealing-refusal.js';
import { KEY_ALGORITHM, UnitPrivateKeys } from './unit-private-keys.js';
import type { SigningKey } from './unit-signature.js';

const BATCH = 200;
/** So that a key rotated by another process is taken up soon; the retired one stays valid for checking. */
const SIGNING_KEY_KEPT_MS = 60_000;

/** What a walk over a unit's wraps did. */
export interface Rewrapped {
  readonly count: number;
  /** Content whose wrap this unit's keys do not open; nothing was done to them. */
  readonly unreadable: readonly string[];
}

/** The keys of one party's units, and what moves wraps from key to key. Ciphertext is never touched (DESIGN 8). */
export class UnitKeys {
  readonly privateKeys: UnitPrivateKeys;
  private readonly signing = new Map<string, { readonly key: SigningKey; readonly until: number }>();

  constructor(
    private readonly store: KeyStore,
    private readonly kms: Kms,
  ) {
    this.privateKeys = new UnitPrivateKeys(store, kms);
  }

  /** Makes what keys the units lack, one to wrap to and one to sign with. Harmless to repeat, also at once. */
  async ensureUnitKeys(unitIds: readonly string[]): Promise<void> {
    for (const purpose of ['wrap', 'sign'] as const) {
      const current = new Set((await this.store.currentKeys(unitIds, purpose)).map(({ unitId }) => unitId));
      const missing = unitIds.filter((unitId) => !current.has(unitId));
      await this.store.addMissingKeys(
        await Promise.all(missing.map((unitId) => this.newKey(unitId, purpose))),
      );
    }
  }

  /** The key with which the unit signs now; null when it has none or is another party's. Kept for a minute. */
  async signingKey(unitId: string): Promise<SigningKey | null> {
    const kept = this.signing.get(unitId);
    if (kept && kept.until > performance.now()) return kept.key;
    const [current] = await this.store.currentKeys([unitId], 'sign');
    const privateKey = current && (await this.privateKeys.find(unitId, current.kid, 'sign'));
    if (!current || !privateKey) return null;
    const key = { unitId, kid: current.kid, privateKey };
    this.signing.set(unitId, { key, until: performance.now() + SIGNING_KEY_KEPT_MS });
    return key;
  }

  /** Gives the unit a new signing key; what the old one signed stays checkable. Returns the new kid. */
  async rotateSignKey(unitId: string): Promise<string> {
    const key = await this.newKey(unitId, 'sign');
    await this.store.replaceKey(key);
    this.signing.delete(unitId);
    return key.kid;
  }

  /**
   * Gives the unit a new wrap key and moves its wraps to it. New content is sealed to the new key from the first
   * moment and the old key opens what has not been moved, so it may stop half-way: `rewrapUnit` goes on.
   */
  async rotateWrapKey(unitId: string): Promise<Rewrapped> {
    await this.store.replaceKey(await this.newKey(unitId, 'wrap'));
    return this.rewrapUnit(unitId);
  }

  /** Moves every wrap of the unit that is under a retired key to the current one. */
  async rewrapUnit(unitId: string): Promise<Rewrapped> {
    const [current] = await this.store.currentKeys([unitId], 'wrap');
    if (!current) return { count: 0, unreadable: [] };
    return this.rewrapAll({ unitId, exceptKid: current.kid, to: current }, async (moved) =>
      this.store.replaceWraps(moved.map(({ wrap, oldKid }) => ({ ...wrap, oldKid }))),
    );
  }

  /**
   * Lets the successor read what the ended unit could (C2): adds a wrap for `toUnit`, of whatever party, beside each
   * of `fromUnit`, whose service does this. Run it before the succession is committed and again after: it adds only
   * what is missing, and nothing is lost if the succession is not.
   */
  async succeed(fromUnit: string, toUnit: string): Promise<Outcome<Rewrapped>> {
    const [successor] = await this.store.currentKeys([toUnit], 'wrap');
    if (!successor) return refused('UNIT_HAS_NO_KEY', toUnit);
    const result = await this.rewrapAll({ unitId: fromUnit, to: successor }, (moved) =>
      this.store.addMissingWraps(moved.map(({ wrap }) => wrap)),
    );
    return done(result);
  }

  /**
   * Erases content for these units by deleting their wraps; how many there were. Other units' wraps stay: each
   * authority disposes of its own.
   */
  async erase(contentIds: readonly string[], unitIds: readonly string[]): Promise<number> {
    return this.store.eraseWraps(contentIds, unitIds);
  }

  /** The same by a disposal, each content for its unit; remembered with it. Can be repeated; how many wraps there were. */
  async dispose(pairs: readonly DisposedWrap[], disposalId: string): Promise<number> {
    return this.store.disposeWraps(pairs, disposalId);
  }

  private async rewrapAll(
    walk: { unitId: string; exceptKid?: string; to: WrapKey },
    write: (moved: { wrap: Wrap; oldKid: string }[]) => Promise<void>,
  ): Promise<Rewrapped> {
    const { to, ...from } = walk;
    const unreadable: string[] = [];
    let count = 0;
    for (let after: string | null = null; ; ) {
      const page: Wrap[] = await this.store.wrapsOfUnit({ ...from, after, limit: BATCH });
      const last = page.at(-1);
      if (!last) return { count, unreadable };
      after = last.contentId;
      const moved: { wrap: Wrap; oldKid: string }[] = [];
      for (const old of page) {
        const wrap = await this.rewrap(old, to);
        if (wrap) moved.push({ wrap, oldKid: old.kid });
        else unreadable.push(old.contentId);
      }
      await write(moved);
      count += moved.length;
    }
  }

  private async rewrap(wrap: Wrap, to: WrapKey): Promise<Wrap | null> {
    const privateKey = await this.privateKeys.find(wrap.unitId, wrap.kid, 'wrap');
    const unwrapped = privateKey && (await unwrapContentKey(wrap, privateKey));
    return unwrapped && wrapContentKey(wrap.contentId, unwrapped, to);
  }

  private async newKey(unitId: string, purpose: KeyPurpose): Promise<NewUnitKey> {
    const pair = await generateKeyPair(KEY_ALGORITHM[purpose], {
      extractable: true,
      ...(purpose === 'wrap' && { crv: 'X25519' }),
    });
    const jwk = await exportJWK(pair.publicKey);
    const kid = `${purpose}-${await calculateJwkThumbprint(jwk)}`;
    const privateJwk = Buffer.from(JSON.stringify(await exportJWK(pair.privateKey)));
    return {
      unitId,
      kid,
      purpose,
      publicJwk: { ...jwk, kid, alg: KEY_ALGORITHM[purpose] },
      privateSealed: await this.kms.seal({ unitId, kid }, privateJwk),
    };
  }
}
