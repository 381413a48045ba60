import { partySchema } from '#party';

/** What every party's schema has. */
export const PARTNER_SCHEMA = partySchema('partner');
