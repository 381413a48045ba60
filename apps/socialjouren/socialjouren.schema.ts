import { changeOfferTables, partySchema, socialTables } from '#party';

const SOCIAL = socialTables('socialjouren');
const CHANGE = changeOfferTables('socialjouren');

/** What every party's schema has, the records of night and morning, and from when he may be contacted. */
export const SOCIALJOUREN_SCHEMA = partySchema('socialjouren', {
  entities: [...SOCIAL.entities, ...CHANGE.entities],
  migrations: [...SOCIAL.migrations, ...CHANGE.migrations],
});
