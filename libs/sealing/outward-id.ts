import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/** The two sides inside one board that must not be able to join what they see (DESIGN 2, Subject). */
export type Side = 'victim' | 'perpetrator';

/** Who is looking. */
export interface Beholder {
  readonly authority: string;
  readonly side: Side;
}

/**
 * The ids of incidents and subjects as they are outside: one block of AES-256 over the 16 bytes of a uuid, under a
 * key of its own for each authority and side. Reversible with the secret, so nothing need be stored; without it two
 * beholders' ids cannot be joined. Changing the secret changes every id that has left the door. The outward id is written like a uuid but carries no version.
 */
export class OutwardIds {
  private readonly keys = new Map<string, Buffer>();

  constructor(private readonly secret: Buffer) {}

  /** The id as this beholder sees it. Throws on what is not a uuid: that is a bug. */
  outwardId(real: string, beholder: Beholder): string {
    const cipher = createCipheriv('aes-256-ecb', this.keyOf(beholder), null).setAutoPadding(false);
    return uuidOf(Buffer.concat([cipher.update(bytesOf(real)), cipher.final()]));
  }

  /**
   * The real id behind what this beholder sent; null when it is not written like one. Another beholder's id gives a
   * uuid that exists nowhere, so the answer is the same as for an id that was made up.
   */
  inwardId(outward: string, beholder: Beholder): string | null {
    if (!UUID.test(outward)) return null;
    const decipher = createDecipheriv('aes-256-ecb', this.keyOf(beholder), null).setAutoPadding(false);
    return uuidOf(Buffer.concat([decipher.update(bytesOf(outward)), decipher.final()]));
  }

  private keyOf({ authority, side }: Beholder): Buffer {
    const info = JSON.stringify(['handslag/outward-id/1', authority, side]);
    const known = this.keys.get(info);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.secret, '', info, 32));
    this.keys.set(info, key);
    return key;
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function bytesOf(uuid: string): Buffer {
  if (!UUID.test(uuid)) throw new Error('not a uuid');
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
