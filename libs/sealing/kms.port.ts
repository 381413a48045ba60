/** Whose private key, bound to its ciphertext. */
export interface KeyName {
  readonly unitId: string;
  readonly kid: string;
}

/**
 * Seals the private keys of one party's units under a master key that the key store never sees. In production a
 * key management service with an encryption context; `createLocalKms` where there is none.
 */
export interface Kms {
  seal(name: KeyName, privateKey: Buffer): Promise<Buffer>;
  /** Throws when the master key is not the one that sealed it, or the name is another's. */
  open(name: KeyName, sealed: Buffer): Promise<Buffer>;
}
