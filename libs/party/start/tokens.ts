/** Injected wherever the configuration is needed. */
export const PARTY_CONFIG = Symbol('PartyConfig');
/** The redacting logger. */
export const LOG = Symbol('Log');
/** Injected wherever the party's own name is needed. */
export const PARTY = Symbol('Party');

/** The slow rounds of the service (DESIGN 12). */
export const IDEMPOTENCY_ROUND = Symbol('handslag:idempotency-round');
export const WRAP_ROUND = Symbol('handslag:wrap-round');
