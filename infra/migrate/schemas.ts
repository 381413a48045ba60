import { AUDIT_SCHEMA } from '#audit';
import { CUSTODY_SCHEMA } from '#custody';
import type { SchemaDefinition } from '#database';
import { DIRECTORY_SCHEMA } from '#directory';
import { NOTICE_SCHEMA } from '#notify';
import { KEYS_SCHEMA } from '#sealing';
import { BOU_SCHEMA } from '../../apps/bou/bou.schema.js';
import { COORDINATION_SCHEMA } from '../../apps/coordination/coordination.schema.js';
import { PARTNER_SCHEMA } from '../../apps/partner/partner.schema.js';
import { POLICE_SCHEMA } from '../../apps/police/police.schema.js';
import { REGION_SCHEMA } from '../../apps/region/region.schema.js';
import { RVC_SCHEMA } from '../../apps/rvc/rvc.schema.js';
import { RVT_SCHEMA } from '../../apps/rvt/rvt.schema.js';
import { SOCIALJOUREN_SCHEMA } from '../../apps/socialjouren/socialjouren.schema.js';

/** Schemas of the record, in the order they are made: units and mandates, the trees of the audit, the ledger, then each party's own. */
export const RECORD_SCHEMAS: readonly SchemaDefinition[] = [
  DIRECTORY_SCHEMA,
  AUDIT_SCHEMA,
  CUSTODY_SCHEMA,
  NOTICE_SCHEMA,
  POLICE_SCHEMA,
  SOCIALJOUREN_SCHEMA,
  RVT_SCHEMA,
  BOU_SCHEMA,
  RVC_SCHEMA,
  REGION_SCHEMA,
  PARTNER_SCHEMA,
  COORDINATION_SCHEMA,
];

/** Schemas of the key store, which is a database apart from the record (DESIGN 8). */
export const KEY_STORE_SCHEMAS: readonly SchemaDefinition[] = [KEYS_SCHEMA];
