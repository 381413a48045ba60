import { partySchema } from '#party';

/** What every party's schema has. */
export const REGION_SCHEMA = partySchema('region');
