import {
  type ContentBinding,
  decryptContent,
  digestOf,
  type Envelope,
  encryptContent,
  newContentKey,
} from './content-envelope.js';
import { type UnwrappedKey, unwrapContentKey, type Wrap, wrapContentKey } from './content-wrap.js';
import type { KeyStore } from './key-store.port.js';
import { type SealedFields, SealedFieldsSchema } from './sealed-fields.schema.js';
import { done, type Outcome, refused } from './sealing-refusal.js';
import type { UnitPrivateKeys } from './unit-private-keys.js';

export interface SealRequest extends ContentBinding {
  readonly content: SealedFields;
  /** The units that shall be able to read it: the sender and the receiver. */
  readonly forUnits: readonly string[];
}

export interface Sealed extends Envelope {
  readonly contentId: string;
  /** Which unit was given it under which key; already in the key store. */
  readonly wraps: readonly { readonly unitId: string; readonly kid: string }[];
}

export interface OpenRequest extends ContentBinding {
  readonly ciphertext: Buffer;
  readonly unitId: string;
}

export interface EnvelopeToVerify {
  readonly contentId: string;
  readonly ciphertext: Buffer;
  /** The digest as the record has it. */
  readonly digest: string;
  readonly unitId: string;
}

/** Seals and opens content for units (DESIGN 8). Holds no content and logs nothing. */
export class Sealing {
  constructor(
    private readonly store: KeyStore,
    private readonly privateKeys: UnitPrivateKeys,
  ) {}

  /**
   * Seals one content under a key of its own and stores its wraps. The wraps are durable when this resolves, and so
   * before any record of the ciphertext: an unused wrap opens nothing, a ciphertext without wraps would be lost.
   * Takes two round trips to the key store; call it at preview, off the sending path.
   */
  async seal(request: SealRequest): Promise<Outcome<Sealed>> {
    const sealed = await this.sealAll([request]);
    if (!sealed.ok) return sealed;
    const [only] = sealed.value;
    if (!only) throw new Error('sealing one content gave none');
    return done(only);
  }

  /** Seals several contents, each under its own key, still in two round trips. All or none. */
  async sealAll(requests: readonly SealRequest[]): Promise<Outcome<Sealed[]>> {
    const unitIds = [...new Set(requests.flatMap(({ forUnits }) => forUnits))];
    const keys = new Map(
      (await this.store.currentKeys(unitIds, 'wrap')).map((key) => [key.unitId, key] as const),
    );
    const missing = unitIds.find((unitId) => !keys.has(unitId));
    if (missing !== undefined) return refused('UNIT_HAS_NO_KEY', missing);

    const wraps: Wrap[] = [];
    const sealed: Sealed[] = [];
    for (const { content, forUnits, ...binding } of requests) {
      const contentKey = newContentKey();
      const envelope = encryptContent(contentKey, binding, content);
      const own: Wrap[] = [];
      for (const unitId of new Set(forUnits)) {
        const unit = keys.get(unitId);
        if (!unit) return refused('UNIT_HAS_NO_KEY', unitId);
        own.push(await wrapContentKey(binding.contentId, { contentKey, digest: envelope.digest }, unit));
      }
      wraps.push(...own);
      sealed.push({
        ...envelope,
        contentId: binding.contentId,
        wraps: own.map(({ unitId, kid }) => ({ unitId, kid })),
      });
    }
    await this.store.addWraps(wraps);
    return done(sealed);
  }

  /** Opens a content as a unit. The reading is audited before this is called (C7). */
  async open(request: OpenRequest): Promise<Outcome<SealedFields>> {
    const { ciphertext, unitId, ...binding } = request;
    const key = await this.unwrapFor(binding.contentId, unitId);
    if (!key.ok) return key;
    if (digestOf(ciphertext) !== key.value.digest) return refused('DIGEST_DIFFERS', unitId);
    const content = decryptContent(key.value.contentKey, binding, ciphertext);
    if (content === null) return refused('ENVELOPE_SWAPPED', unitId);
    return done(SealedFieldsSchema.parse(content));
  }

  /**
   * What `delivered` states: the ciphertext is here, is the one the record names, and this unit's wrap opens and was
   * made for it. The content itself is not decrypted, so it is no reading.
   */
  async verifyEnvelope(envelope: EnvelopeToVerify): Promise<Outcome<{ readonly digest: string }>> {
    const { contentId, ciphertext, digest, unitId } = envelope;
    if (digestOf(ciphertext) !== digest) return refused('DIGEST_DIFFERS', unitId);
    const key = await this.unwrapFor(contentId, unitId);
    if (!key.ok) return key;
    return key.value.digest === digest ? done({ digest }) : refused('DIGEST_DIFFERS', unitId);
  }

  private async unwrapFor(contentId: string, unitId: string): Promise<Outcome<UnwrappedKey>> {
    const { wraps, erasedFor } = await this.store.wrapsOf(contentId);
    const wrap = wraps.find((candidate) => candidate.unitId === unitId);
    if (!wrap) {
      if (erasedFor.includes(unitId)) return refused('ERASED', unitId);
      return refused(wraps.length > 0 ? 'NOT_FOR_THIS_UNIT' : 'WRAP_MISSING', unitId);
    }
    const privateKey = await this.privateKeys.find(unitId, wrap.kid, 'wrap');
    const key = privateKey && (await unwrapContentKey(wrap, privateKey));
    return key ? done(key) : refused('NOT_FOR_THIS_UNIT', unitId);
  }
}
