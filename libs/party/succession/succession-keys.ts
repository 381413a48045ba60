import type { Logger } from '@temporalio/common';
import type { UnitKeys } from '#sealing';
import type { CustodyReader } from '../record/custody-reader.js';

export interface SuccessionKeysDeps {
  readonly reader: CustodyReader;
  readonly unitKeys: Pick<UnitKeys, 'succeed'>;
  /** The units of this party that can hold a matter. */
  readonly units: () => Promise<readonly string[]>;
  readonly log: Logger;
}

interface Approved {
  readonly id: string;
  readonly from_unit: string;
  readonly to_unit: string;
}

/**
 * The ended unit's own service, which alone can read its wraps, gives the successor what came between proposal and
 * approval (C2). Once a process for each approval of the last 90 days: a repetition adds nothing.
 */
export class SuccessionKeys {
  readonly #done = new Set<string>();
  #running: Promise<number> | undefined;

  constructor(private readonly deps: SuccessionKeysDeps) {}

  /** How many successions were carried out now; one that the successor has no key for is tried again. */
  follow(): Promise<number> {
    this.#running ??= this.followAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  private async followAll(): Promise<number> {
    const units = await this.deps.units();
    const approved = await this.deps.reader.as(
      units,
      (manager): Promise<Approved[]> =>
        manager.query(
          `select id, from_unit, to_unit from custody.succession
           where from_unit = any ($1::text[]) and approved_at > directory.record_now() - interval '90 days'
             and id <> all ($2::uuid[]) order by approved_at, id`,
          [units, [...this.#done]],
        ),
    );
    let carried = 0;
    for (const { id, from_unit, to_unit } of approved) {
      const opened = await this.deps.unitKeys.succeed(from_unit, to_unit);
      if (!opened.ok) {
        this.deps.log.warn('succession.unkeyed', { successionId: id, unitId: to_unit, code: opened.code });
        continue;
      }
      const { count, unreadable } = opened.value;
      this.deps.log.info('succession.keyed', { successionId: id, count, unreadable: unreadable.length });
      this.#done.add(id);
      carried += 1;
    }
    return carried;
  }
}
