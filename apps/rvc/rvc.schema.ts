import { partySchema } from '#party';

/** What every party's schema has. */
export const RVC_SCHEMA = partySchema('rvc');
