import { partySchema, screeningTables } from '#party';
import { CreateSupport1795356000000 } from './migrations/1795356000000-CreateSupport.js';
import {
  SupportBeginningEntity,
  SupportInvestigationEntity,
  SupportSessionEntity,
} from './support/support.entities.js';

const SCREENING = screeningTables('rvc');

/** What every party's schema has, the support that RVC gives, and its self-ratings. */
export const RVC_SCHEMA = partySchema('rvc', {
  entities: [SupportBeginningEntity, SupportSessionEntity, SupportInvestigationEntity, ...SCREENING.entities],
  migrations: [CreateSupport1795356000000, ...SCREENING.migrations],
});
