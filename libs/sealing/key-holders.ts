import { PARTY_SERVICES, type PartyService } from '#database';

/** A party whose units can hold keys. Coordination is none: it sees ciphertext and nothing else (DESIGN 8). */
export type KeyHolder = Exclude<PartyService, 'coordination'>;

/** Every party whose units can hold keys. */
export const KEY_HOLDERS: readonly KeyHolder[] = PARTY_SERVICES.filter((party) => party !== 'coordination');
