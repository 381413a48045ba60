import type { DataSource, EntityManager } from 'typeorm';

/**
 * One transaction in which row-level security shows what these units have a part in, and nothing else (DESIGN 4). The
 * setting ends with the transaction.
 */
export function asUnits<Value>(
  database: DataSource,
  units: readonly string[],
  run: (manager: EntityManager) => Promise<Value>,
): Promise<Value> {
  return database.transaction(async (manager) => {
    await manager.query(`select set_config('handslag.units', $1, true)`, [units.join(',')]);
    return run(manager);
  });
}
