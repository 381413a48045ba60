import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec, ValueError } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { CodecKey } from './temporal-config.schema.js';

const ENCODING = Buffer.from('binary/encrypted');
const KEY_ID = 'encryption-key-id';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const PayloadMessage = proto.temporal.api.common.v1.Payload;

/**
 * Encrypts every payload with AES-256-GCM under the first key, and reads payloads of any of the keys. The key's id stands in
 * the metadata and is authenticated with the payload. Refuses a payload in the clear: everything in Handslag's namespace is
 * written through this codec, so one that was not is not ours (C5).
 */
export class EncryptingCodec implements PayloadCodec {
  readonly #inUse: CodecKey;
  readonly #keys: ReadonlyMap<string, CodecKey>;

  constructor(keys: readonly CodecKey[]) {
    const [inUse] = keys;
    if (!inUse) throw new ValueError('a codec needs at least one key');
    this.#inUse = inUse;
    this.#keys = new Map(keys.map((key) => [key.id, key]));
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.#encrypt(payload));
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => this.#decrypt(payload));
  }

  #encrypt(payload: Payload): Payload {
    const { id, key } = this.#inUse;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
    const sealed = [nonce, cipher.update(PayloadMessage.encode(payload).finish()), cipher.final()];
    return {
      metadata: { [METADATA_ENCODING_KEY]: ENCODING, [KEY_ID]: Buffer.from(id) },
      data: Buffer.concat([...sealed, cipher.getAuthTag()]),
    };
  }

  #decrypt({ metadata, data }: Payload): Payload {
    if (!metadata || !data || !ENCODING.equals(metadata[METADATA_ENCODING_KEY] ?? new Uint8Array())) {
      throw new ValueError('PAYLOAD_NOT_ENCRYPTED');
    }
    const id = Buffer.from(metadata[KEY_ID] ?? new Uint8Array()).toString();
    const known = this.#keys.get(id);
    if (!known) throw new ValueError('PAYLOAD_KEY_UNKNOWN');
    const nonce = data.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', known.key, nonce)
      .setAAD(Buffer.from(id))
      .setAuthTag(data.subarray(-TAG_BYTES));
    return PayloadMessage.decode(
      Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]),
    );
  }
}
