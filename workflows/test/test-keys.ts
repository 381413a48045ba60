import { codecKey } from '#temporal';

/** A key that is no secret: with it the recorded histories were encrypted, as everything in a history is. */
export const TEST_KEYS = [codecKey(new Uint8Array(32).fill(7))];
