import type { DataSource } from 'typeorm';
import type { PartyName } from '../party.port.js';

const BATCH = 1000;

/** Removes the keys of commands in the party's own schema after 30 days of record time (DESIGN 12). */
export class IdempotencySweep {
  constructor(
    private readonly database: DataSource,
    private readonly party: PartyName,
  ) {}

  /** How many were removed. */
  async sweep(): Promise<number> {
    for (let removed = 0; ; ) {
      const [, count]: [unknown, number] = await this.database.query(
        `delete from ${this.party}.idempotency i using (
           select o.scope, o.key from ${this.party}.idempotency o
           where o.created_at < directory.record_now() - interval '30 days'
           order by o.created_at limit ${BATCH}) old
         where i.scope = old.scope and i.key = old.key`,
      );
      removed += count;
      if (count < BATCH) return removed;
    }
  }
}
