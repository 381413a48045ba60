import { changeOfferTables, partySchema, screeningTables, socialTables } from '#party';
import { CreateRisk1795354000000 } from './migrations/1795354000000-CreateRisk.js';
import { RISK_ENTITIES } from './risk/risk.entities.js';

const SOCIAL = socialTables('rvt');
const CHANGE = changeOfferTables('rvt');
const SCREENING = screeningTables('rvt');

/** What every party's schema has, the records of night and morning, from when he may be contacted, and the work on risk. */
export const RVT_SCHEMA = partySchema('rvt', {
  entities: [...SOCIAL.entities, ...CHANGE.entities, ...RISK_ENTITIES, ...SCREENING.entities],
  migrations: [...SOCIAL.migrations, ...CHANGE.migrations, CreateRisk1795354000000, ...SCREENING.migrations],
});
