/**
 * What may go wrong with an envelope that is whole in code and still cannot be used. A failing key store, KMS or
 * master key is not among them: those throw, because trying again later is all that helps.
 */
export type SealingRefusal =
  /** No wrap of this content is visible to this party. */
  | 'WRAP_MISSING'
  /** The wraps of this unit were erased; nobody can read the content through it any more. */
  | 'ERASED'
  /** There are wraps, but none that this unit's keys open. */
  | 'NOT_FOR_THIS_UNIT'
  /** The ciphertext is not the one that was sealed. */
  | 'DIGEST_DIFFERS'
  /** The ciphertext is whole but was sealed for another incident or subject: a swapped envelope. */
  | 'ENVELOPE_SWAPPED'
  /** A unit to seal for has no wrap key: it is external, or its service has never started. */
  | 'UNIT_HAS_NO_KEY';

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: SealingRefusal; readonly unitId: string | null };

/** The outcome of what could be done. */
export function done<Value>(value: Value): Outcome<Value> {
  return { ok: true, value };
}

/** The outcome of what could not be done, and for which unit. */
export function refused(code: SealingRefusal, unitId: string | null = null): Outcome<never> {
  return { ok: false, code, unitId };
}
