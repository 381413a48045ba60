import { AUDIT_ENTITIES, AUDIT_LEAF_TABLE_SQL } from '#audit';
import {
  COMMON_ENTITIES,
  commonTablesSql,
  type PartyService,
  partyOwnTablesSql,
  type SchemaDefinition,
  SqlMigration,
  serviceRole,
} from '#database';
import { EffectEntity } from '../effects/effect.entity.js';
import { effectTableSql } from '../effects/effect-table.js';
import { sharedTables } from './shared-tables.js';

/** The tables of a party's own features, beside what every party's schema holds. */
export interface OwnTables {
  readonly entities: readonly (new () => object)[];
  readonly migrations: readonly (new () => object)[];
}

/**
 * A party's schema, named after it: the common tables first, then the party's own (DESIGN 4). The directory and
 * custody are migrated before it.
 */
export function partySchema(
  party: PartyService,
  own: OwnTables = { entities: [], migrations: [] },
): SchemaDefinition {
  const shared = sharedTables(party);
  return {
    schema: party,
    entities: [
      ...COMMON_ENTITIES,
      ...AUDIT_ENTITIES,
      EffectEntity,
      ...shared.flatMap(({ entities }) => entities),
      ...own.entities,
    ],
    migrations: [
      commonTablesOf(party),
      effectsOf(party),
      ...shared.flatMap(({ migrations }) => migrations),
      ...own.migrations,
    ],
  };
}

function commonTablesOf(party: PartyService): new () => SqlMigration {
  const role = serviceRole(party);
  return class CreatePartyTables1795340000000 extends SqlMigration {
    readonly name = 'CreatePartyTables1795340000000';
    readonly sql = `
${commonTablesSql(party)}
${partyOwnTablesSql(party, role)}
${AUDIT_LEAF_TABLE_SQL(party, { writers: [role] })}
`;
  };
}

function effectsOf(party: PartyService): new () => SqlMigration {
  return class CreateEffects1795340000001 extends SqlMigration {
    readonly name = 'CreateEffects1795340000001';
    readonly sql = `
${effectTableSql(party)}
-- The party's own clock activities read the clock as the courier does.
grant select on ${party}.clock to ${serviceRole(party)};
`;
  };
}
