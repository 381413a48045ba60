import { partySchema, socialTables } from '#party';

/** What every party's schema has, and the records of night and morning. */
export const BOU_SCHEMA = partySchema('bou', socialTables('bou'));
