/** Injected wherever the configuration is needed. */
export const PARTY_CONFIG = Symbol('PartyConfig');
/** The redacting logger. */
export const LOG = Symbol('Log');
/** Injected wherever the party's own name is needed. */
export const PARTY = Symbol('Party');
