import type { DataSource, EntityManager } from 'typeorm';
import { asUnits } from './as-units.js';

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
    return asUnits(this.database, units, read);
  }
}
