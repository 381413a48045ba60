import { randomUUID } from 'node:crypto';
import type { Logger } from '@temporalio/common';
import type { DataSource, EntityManager } from 'typeorm';
import { NotificationEntity } from '#database';
import { recordNow } from '#directory';
import { isPublishedFactCode, type NoticeKind, PUBLISHED_FACTS, type PublishedFactCode } from '#domain';
import type { PartyName } from '../party.port.js';
import { asUnits } from '../record/as-units.js';

export interface PublishedFactsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly units: () => Promise<readonly string[]>;
  readonly log: Logger;
}

/** A fact as one unit was told it: a code, whom it is about, instants; no content. */
export interface ToldFact {
  readonly id: string;
  readonly code: PublishedFactCode;
  readonly incidentId: string;
  readonly subjectId: string | null;
  readonly matterId: string | null;
  /** Whom it was told; what follows is done at this unit. */
  readonly unit: string;
  readonly fromUnit: string;
  readonly effectiveAt: Date;
  readonly untilAt: Date | null;
  /** Record time at which what follows is done. */
  readonly now: Date;
}

/** What follows from a fact in this party's schema: steps asked, cases nudged. Ids and instants only; never custody. */
export type Reaction = (manager: EntityManager, fact: ToldFact) => Promise<void>;

interface FactRow {
  readonly id: string;
  readonly code: string;
  readonly incident_id: string;
  readonly subject_id: string | null;
  readonly matter_id: string | null;
  readonly from_unit: string;
  readonly effective_at: Date;
  readonly until_at: Date | number;
  readonly unit_id: string;
}

const BATCH = 100;

/**
 * What other parties let this one know (DESIGN 4). Told by custody to a unit; taken here once, in a transaction of this
 * schema, with everything that follows from it; killed before custody knows that it was taken, it is found taken.
 */
export class PublishedFacts {
  readonly #reactions = new Map<PublishedFactCode, Reaction[]>();
  #running: Promise<number> | undefined;
  #again = false;

  constructor(private readonly deps: PublishedFactsDeps) {}

  /** Does this, too, whenever a unit of this party is told one of these. */
  on(codes: readonly PublishedFactCode[], reaction: Reaction): void {
    for (const code of codes) this.#reactions.set(code, [...(this.#reactions.get(code) ?? []), reaction]);
  }

  /** Takes what was told and not taken; asked again while at it, it looks once more afterwards. How many were taken. */
  async look(): Promise<number> {
    if (this.#running !== undefined) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.takeAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  private async takeAll(): Promise<number> {
    let taken = 0;
    do {
      this.#again = false;
      for (const row of await this.waiting()) if (await this.take(row)) taken += 1;
    } while (this.#again);
    return taken;
  }

  private async waiting(): Promise<FactRow[]> {
    const units = await this.deps.units();
    return asUnits(this.deps.database, units, (manager) =>
      manager.query(
        `select f.id, f.code, f.incident_id, f.subject_id, f.matter_id, f.from_unit, f.effective_at, f.until_at, r.unit_id
         from custody.published_fact_recipient r join custody.published_fact f on f.id = r.fact_id
         where r.unit_id = any ($1::text[]) and r.taken_at = 'infinity' order by f.published_at, f.id limit ${BATCH}`,
        [units],
      ),
    );
  }

  /** One that cannot be taken is logged and stays: it holds up no other, and is tried again at the next look. */
  private async take(row: FactRow): Promise<boolean> {
    const { party, database, log } = this.deps;
    const about = { factId: row.id, code: row.code };
    try {
      await asUnits(database, await this.deps.units(), async (manager) => {
        const now = await recordNow(manager);
        const first: unknown[] = await manager.query(
          `insert into ${party}.fact_taken (fact_id, unit_id, taken_at) values ($1, $2, $3)
           on conflict do nothing returning fact_id`,
          [row.id, row.unit_id, now],
        );
        if (first.length === 0 || !isPublishedFactCode(row.code)) return;
        await this.notify(manager, row.unit_id, PUBLISHED_FACTS[row.code].notice, now);
        for (const react of this.#reactions.get(row.code) ?? [])
          await react(manager, told(row, row.code, now));
      });
      await asUnits(database, [row.unit_id], (manager) =>
        manager.query('select custody.take_fact($1, $2)', [row.id, row.unit_id]),
      );
      return true;
    } catch (error) {
      log.warn('fact.untaken', { ...about, error });
      return false;
    }
  }

  /** With the rest of what follows, so that a fact is neither told of twice nor never. */
  private async notify(
    manager: EntityManager,
    unit: string,
    kind: NoticeKind | null,
    now: Date,
  ): Promise<void> {
    if (kind === null) return;
    await manager.insert(NotificationEntity, {
      ...{ id: randomUUID(), deadlineId: null, rung: -1, unitId: unit, function: 'on-duty', kind },
      ...{ ringUnit: null, createdAt: now },
    });
  }
}

function told(row: FactRow, code: PublishedFactCode, now: Date): ToldFact {
  return {
    id: row.id,
    code,
    incidentId: row.incident_id,
    subjectId: row.subject_id,
    matterId: row.matter_id,
    unit: row.unit_id,
    fromUnit: row.from_unit,
    effectiveAt: row.effective_at,
    untilAt: row.until_at instanceof Date ? row.until_at : null,
    now,
  };
}
