import type { CustodyReader } from '../record/custody-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';

export interface WrapSweepDeps {
  readonly reader: CustodyReader;
  readonly sealing: PartySealing;
  /** The units of this party that can hold a matter. */
  readonly units: () => Promise<readonly string[]>;
}

const BATCH = 500;

/** Erases this party's wraps of content that the courier swept from custody: each party disposes of its own (DESIGN 8). */
export class WrapSweep {
  constructor(private readonly deps: WrapSweepDeps) {}

  /** How many contents were dealt with. Killed between the stores, it does the same again, which changes nothing. */
  async sweep(): Promise<number> {
    const units = await this.deps.units();
    for (let done = 0; ; ) {
      const contents = await this.orphaned(units);
      if (contents.length === 0) return done;
      await this.deps.sealing.unitKeys.erase(contents, units);
      await this.deps.reader.as(units, (manager) =>
        manager.query('select custody.wraps_erased($1::uuid[])', [contents]),
      );
      done += contents.length;
    }
  }

  private async orphaned(units: readonly string[]): Promise<string[]> {
    const rows = await this.deps.reader.as(
      units,
      (manager): Promise<{ content_id: string }[]> =>
        manager.query(
          `select distinct content_id from custody.orphaned_wrap where unit_id = any ($1::text[])
           order by content_id limit ${BATCH}`,
          [units],
        ),
    );
    return rows.map(({ content_id }) => content_id);
  }
}
