import { partySchema } from '#party';
import { CreateFindings1795350000000 } from './migrations/1795350000000-CreateFindings.js';
import { FindingEntity } from './watchdog/finding.entity.js';

/** Coordination's schema: what every party's has, and the watchdog's findings. */
export const COORDINATION_SCHEMA = partySchema('coordination', {
  entities: [FindingEntity],
  migrations: [CreateFindings1795350000000],
});
