import { LOOKUPS_KEPT } from '#domain';
import type { PartyName } from '../party.port.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';

export interface LookupSweepDeps {
  readonly party: PartyName;
  readonly reader: Pick<CustodyReader, 'as'>;
  readonly sealing: Pick<PartySealing, 'unitKeys'>;
  /** The units of this party. */
  readonly units: () => Promise<readonly string[]>;
}

const BATCH = 500;

/** Removes that somebody searched, and why, after {@link LOOKUPS_KEPT} years of record time. The audit of it stays. */
export class LookupSweep {
  constructor(private readonly deps: LookupSweepDeps) {}

  /** How many were removed. The words go first: killed in between, it does the same again. */
  async sweep(): Promise<number> {
    const { party, reader, sealing } = this.deps;
    const units = await this.deps.units();
    for (let removed = 0; ; ) {
      const old = await this.old(units);
      if (old.length === 0) return removed;
      await sealing.unitKeys.erase(old, units);
      await reader.as(units, (manager) => manager.query(`select ${party}.forget_lookups($1::uuid[])`, [old]));
      removed += old.length;
    }
  }

  private async old(units: readonly string[]): Promise<string[]> {
    const rows = await this.deps.reader.as(
      units,
      (manager): Promise<{ id: string }[]> =>
        manager.query(
          `select id from ${this.deps.party}.lookup_made
           where made_at < directory.record_now() - make_interval(years => $1) order by made_at limit ${BATCH}`,
          [LOOKUPS_KEPT.years],
        ),
    );
    return rows.map(({ id }) => id);
  }
}
