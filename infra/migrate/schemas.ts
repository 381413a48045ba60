import { CUSTODY_SCHEMA } from '#custody';
import type { SchemaDefinition } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { KEYS_SCHEMA } from '#sealing';
import { COORDINATION_SCHEMA } from '../../apps/coordination/coordination.schema.js';

/** Schemas of the record, in the order they are made: units and mandates, the ledger, then each party's own. */
export const RECORD_SCHEMAS: readonly SchemaDefinition[] = [
  DIRECTORY_SCHEMA,
  CUSTODY_SCHEMA,
  COORDINATION_SCHEMA,
];

/** Schemas of the key store, which is a database apart from the record (DESIGN 8). */
export const KEY_STORE_SCHEMAS: readonly SchemaDefinition[] = [KEYS_SCHEMA];
