import { AUDIT_LEAF_TABLE_SQL, AuditLeafEntity } from '#audit';
import {
  COMMON_ENTITIES,
  commonTablesSql,
  type PartyService,
  partyOwnTablesSql,
  type SchemaDefinition,
  SqlMigration,
  serviceRole,
} from '#database';

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
  return {
    schema: party,
    entities: [...COMMON_ENTITIES, AuditLeafEntity, ...own.entities],
    migrations: [commonTablesOf(party), ...own.migrations],
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
