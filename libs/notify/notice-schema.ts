import type { SchemaDefinition } from '#database';
import { DeliveryEntity } from './delivery.entity.js';
import { CreateNotice1795320000100 } from './migrations/1795320000100-CreateNotice.js';

/** What became of the notices: written by the courier and by the watchdog, read by coordination. */
export const NOTICE_SCHEMA: SchemaDefinition = {
  schema: 'notice',
  entities: [DeliveryEntity],
  migrations: [CreateNotice1795320000100],
};
