import { partySchema, socialTables } from '#party';

/** What every party's schema has, and the records of night and morning. */
export const RVT_SCHEMA = partySchema('rvt', socialTables('rvt'));
