import { partySchema } from '#party';
import { CallOutEntity } from './call-out/call-out.entity.js';
import { CreateCallOut1795341000000 } from './migrations/1795341000000-CreateCallOut.js';

/** The police's schema: what every party's has, and the call-outs. */
export const POLICE_SCHEMA = partySchema('police', {
  entities: [CallOutEntity],
  migrations: [CreateCallOut1795341000000],
});
