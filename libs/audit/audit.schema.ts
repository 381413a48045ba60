import type { SchemaDefinition } from '#database';
import { CreateAudit1795360000000 } from './migrations/1795360000000-CreateAudit.js';
import { TreeHeadEntity, TreeKeyEntity, TreeLeafEntity, TreeNodeEntity } from './tree.entities.js';

/** The sealer's schema. The leaves themselves are in the schemas of those who write them. The directory is migrated before it. */
export const AUDIT_SCHEMA: SchemaDefinition = {
  schema: 'audit',
  entities: [TreeLeafEntity, TreeNodeEntity, TreeHeadEntity, TreeKeyEntity],
  migrations: [CreateAudit1795360000000],
};
