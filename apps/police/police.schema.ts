import { partySchema } from '#party';
import { CallOutEntity } from './call-out/call-out.entity.js';
import { ChangeConditionEntity } from './change-conditions/change-condition.entity.js';
import { CreateCallOut1795341000000 } from './migrations/1795341000000-CreateCallOut.js';
import { CreateChangeCondition1795350000010 } from './migrations/1795350000010-CreateChangeCondition.js';

/** The police's schema: what every party's has, and the call-outs. */
export const POLICE_SCHEMA = partySchema('police', {
  entities: [CallOutEntity, ChangeConditionEntity],
  migrations: [CreateCallOut1795341000000, CreateChangeCondition1795350000010],
});
