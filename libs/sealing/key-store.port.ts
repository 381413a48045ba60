import type { JWK } from 'jose';
import type { Wrap } from './content-wrap.js';

export type KeyPurpose = 'wrap' | 'sign';

/** The half of a unit's key that everybody may know. */
export interface PublicUnitKey {
  readonly unitId: string;
  readonly kid: string;
  readonly purpose: KeyPurpose;
  readonly publicJwk: JWK;
}

/** A key to be stored; its private JWK sealed by the party's KMS. */
export interface NewUnitKey extends PublicUnitKey {
  readonly privateSealed: Buffer;
}

/** What the store shows this party of a content. */
export interface WrapsOfContent {
  readonly wraps: readonly Wrap[];
  /** Units of this party whose wrap was erased. */
  readonly erasedFor: readonly string[];
}

/** One step through the wraps of a unit, by content id. */
export interface WrapPage {
  readonly unitId: string;
  /** Only wraps under another key than this one. */
  readonly exceptKid?: string;
  readonly after: string | null;
  readonly limit: number;
}

/**
 * Keys and wraps, apart from custody and with a backup of their own (DESIGN 8). A party sees public keys of all and
 * private keys and wraps of its own units; it may add wraps for any unit.
 */
export interface KeyStore {
  /** Adds the keys whose unit has no current key of that purpose; leaves the others be. */
  addMissingKeys(keys: readonly NewUnitKey[]): Promise<void>;
  /** Retires the unit's current key of that purpose and adds this one, at once. */
  replaceKey(key: NewUnitKey): Promise<void>;
  currentKeys(unitIds: readonly string[], purpose: KeyPurpose): Promise<PublicUnitKey[]>;
  /** Every signing key there ever was, retired ones too: a receipt stays checkable. */
  signingKeys(): Promise<PublicUnitKey[]>;
  /** Null when there is no such key among those of this party. */
  privateKey(unitId: string, kid: string): Promise<Buffer | null>;

  /** Adds wraps, all or none; a second one for the same content and unit is an error. */
  addWraps(wraps: readonly Wrap[]): Promise<void>;
  /** Adds the wraps that are not there yet, and can be repeated. */
  addMissingWraps(wraps: readonly Wrap[]): Promise<void>;
  wrapsOf(contentId: string): Promise<WrapsOfContent>;
  wrapsOfUnit(page: WrapPage): Promise<Wrap[]>;
  /** Puts a wrap under a new key in the place of the one under `oldKid`; one that is gone stays gone. */
  replaceWraps(wraps: readonly (Wrap & { readonly oldKid: string })[]): Promise<void>;
  /** Deletes the units' wraps and remembers that they were erased; how many. */
  eraseWraps(contentIds: readonly string[], unitIds: readonly string[]): Promise<number>;
  /**
   * Deletes the wraps of these contents for these units and remembers the disposal; also where there was none, so that none is
   * ever made for them. Can be repeated; answers how many there were.
   */
  disposeWraps(pairs: readonly DisposedWrap[], disposalId: string): Promise<number>;
}

/** A content that a unit gives up. */
export interface DisposedWrap {
  readonly contentId: string;
  readonly unitId: string;
}
