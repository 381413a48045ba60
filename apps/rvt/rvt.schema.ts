import { changeOfferTables, partySchema, socialTables } from '#party';

const SOCIAL = socialTables('rvt');
const CHANGE = changeOfferTables('rvt');

/** What every party's schema has, the records of night and morning, and from when he may be contacted. */
export const RVT_SCHEMA = partySchema('rvt', {
  entities: [...SOCIAL.entities, ...CHANGE.entities],
  migrations: [...SOCIAL.migrations, ...CHANGE.migrations],
});
