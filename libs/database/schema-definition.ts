import { DataSource, type MixedList } from 'typeorm';

/** One schema of the record: who stores what there. A transaction writes one schema (DESIGN 4). */
export interface SchemaDefinition {
  readonly schema: string;
  readonly entities: readonly (new () => object)[];
  readonly migrations: readonly (new () => object)[];
}

export interface OpenDataSource {
  readonly url: string;
  readonly definition: SchemaDefinition;
  /** Shown in pg_stat_activity; never a person. */
  readonly applicationName: string;
  readonly poolSize?: number;
  /** Taken on by each connection, for migrations: objects belong to the owner that nobody logs in as. */
  readonly role?: string;
}

/** Opens one pool over one schema. The caller destroys it. Throws what pg throws when it cannot connect. */
export async function openDataSource(options: OpenDataSource): Promise<DataSource> {
  const { url, definition, applicationName, poolSize = 10, role } = options;
  return new DataSource({
    type: 'postgres',
    url,
    schema: definition.schema,
    entities: list(definition.entities),
    migrations: list(definition.migrations),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    applicationName,
    poolSize,
    installExtensions: false,
    extra: { options: role ? `-c role=${role} -c search_path=${definition.schema}` : '-c timezone=UTC' },
  }).initialize();
}

function list<T extends new () => object>(classes: readonly T[]): MixedList<T> {
  return [...classes];
}
