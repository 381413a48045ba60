import { partySchema } from '#party';
import { DeadLetterDecisionEntity } from './dead-letters/dead-letter-decision.entity.js';
import { CreateDeadLetterDecisions1795320000101 } from './migrations/1795320000101-CreateDeadLetterDecisions.js';
import { CreateFindings1795350000000 } from './migrations/1795350000000-CreateFindings.js';
import { FindingEntity } from './watchdog/finding.entity.js';

/** Coordination's schema: what every party's has, the watchdog's findings, and what was decided about notices that did not arrive. */
export const COORDINATION_SCHEMA = partySchema('coordination', {
  entities: [FindingEntity, DeadLetterDecisionEntity],
  migrations: [CreateDeadLetterDecisions1795320000101, CreateFindings1795350000000],
});
