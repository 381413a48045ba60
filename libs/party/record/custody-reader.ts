import type { DataSource, EntityManager } from 'typeorm';

/**
 * Reads custody as some units of this party: row-level security shows what they have a part in, for the length of
 * one transaction (DESIGN 4).
 */
export class CustodyReader {
  constructor(private readonly database: DataSource) {}

  async as<Value>(
    units: readonly string[],
    read: (manager: EntityManager) => Promise<Value>,
  ): Promise<Value> {
    return this.database.transaction(async (manager) => {
      await manager.query(`select set_config('handslag.units', $1, true)`, [units.join(',')]);
      return read(manager);
    });
  }
}
