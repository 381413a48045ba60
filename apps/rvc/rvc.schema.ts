import { partySchema } from '#party';
import { CreateSupport1795356000000 } from './migrations/1795356000000-CreateSupport.js';
import {
  SupportBeginningEntity,
  SupportInvestigationEntity,
  SupportSessionEntity,
} from './support/support.entities.js';

/** What every party's schema has, and the support that RVC gives. */
export const RVC_SCHEMA = partySchema('rvc', {
  entities: [SupportBeginningEntity, SupportSessionEntity, SupportInvestigationEntity],
  migrations: [CreateSupport1795356000000],
});
