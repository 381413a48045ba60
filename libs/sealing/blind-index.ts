import { createHmac, randomBytes } from 'node:crypto';

/** What a value is, so that a name never answers for a number. */
export type BlindKind = 'name' | 'number' | 'case-number';

/**
 * Who a search has to be made by to find it. A protected person's values are kept under other tags than everybody
 * else's, so that a search by somebody not entitled asks for tags that are in no row, and the rows need not say whose they are.
 */
export type BlindAudience = 'unit' | 'entitled' | 'linked';

export interface BlindValue {
  readonly unit: string;
  readonly audience: BlindAudience;
  readonly kind: BlindKind;
  /** Normalised by the caller. */
  readonly value: string;
}

/**
 * Turns values into tags that can be compared and not read: HMAC-SHA256 under a key of its own for each party and
 * authority. The unit is a part of what is hashed: the same person has different tags at two units, and one unit's search touches
 * no row of another's.
 */
export class BlindIndex {
  constructor(
    readonly version: number,
    private readonly key: Buffer,
  ) {}

  /** One that finds nothing: its key is drawn now and kept nowhere. Makes a search as long as any other. */
  static ofNothing(): BlindIndex {
    return new BlindIndex(0, randomBytes(32));
  }

  /** 43 characters of base64url. */
  tag({ unit, audience, kind, value }: BlindValue): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify(['handslag/blind-index/1', unit, audience, kind, value]))
      .digest('base64url');
  }
}
