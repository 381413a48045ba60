import { partySchema, socialTables } from '#party';

/** What every party's schema has, and the records of night and morning. */
export const SOCIALJOUREN_SCHEMA = partySchema('socialjouren', socialTables('socialjouren'));
