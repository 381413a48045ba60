import type { DataSource, EntityManager } from 'typeorm';
import type { ProcessName } from '#domain';
import type { PartyName } from '../party.port.js';
import { asUnits } from '../record/as-units.js';

export interface CaseStreamsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly units: () => Promise<readonly string[]>;
}

/** A case of a process: a row of the party's schema, told by one workflow. */
export interface CaseOf {
  readonly process: ProcessName;
  readonly caseId: string;
}

/** How a matter stands, in one word that differs whenever a story may have to look. */
const MARK = `concat_ws('/', m.version, m.holder_unit, m.phase, h.id, h.version, h.phase)`;

/**
 * The stories of this party's cases (DESIGN 4): the row says that a workflow should exist and that it should look again.
 * Everything here is written in the transaction that changes the case.
 */
export class CaseStreams {
  constructor(private readonly deps: CaseStreamsDeps) {}

  /** The case's story should run from now on. */
  async open(manager: EntityManager, { process, caseId }: CaseOf): Promise<void> {
    await manager.query(
      `insert into ${this.deps.party}.stream as s (kind, id, wanted, open) values ($1, $2, 1, true)
       on conflict (kind, id) do update set wanted = s.wanted + 1, open = true`,
      [process, caseId],
    );
  }

  /** Something that the story waits for changed. Nothing for a case whose story is over. */
  async nudge(manager: EntityManager, { process, caseId }: CaseOf): Promise<void> {
    await manager.query(
      `update ${this.deps.party}.stream set wanted = wanted + 1 where kind = $1 and id = $2 and open`,
      [process, caseId],
    );
  }

  /** The story is told: called by its last activity. Closing it again changes nothing. */
  async close({ process, caseId }: CaseOf): Promise<void> {
    await asUnits(this.deps.database, await this.deps.units(), async (manager) => {
      await manager.query(
        `update ${this.deps.party}.stream set open = false, relayed = wanted where kind = $1 and id = $2`,
        [process, caseId],
      );
      await manager.query(
        `update ${this.deps.party}.case_matter set followed = false where case_id = $1 and followed`,
        [caseId],
      );
    });
  }

  /** From now on the story looks again whenever this matter changes hands, is offered, worked on or closed. */
  async follow(
    manager: EntityManager,
    { process, caseId, matterId, unit }: CaseOf & { readonly matterId: string; readonly unit: string },
  ): Promise<void> {
    await manager.query(
      `insert into ${this.deps.party}.case_matter (case_id, matter_id, process, unit_id, seen, followed)
       values ($1, $2, $3, $4, '', true) on conflict (case_id, matter_id) do update set followed = true`,
      [caseId, matterId, process, unit],
    );
  }

  /** Nudges the stories of matters that changed: of this unit's cases, or of all. Answers how many. */
  async look(unit?: string): Promise<number> {
    const { party, database } = this.deps;
    const units = unit === undefined ? await this.deps.units() : [unit];
    return asUnits(database, units, async (manager) => {
      const changed: { process: string; case_id: string }[] = await manager
        .query(
          `with moved as (
           select c.case_id, c.matter_id, ${MARK} as mark
           from ${party}.case_matter c join custody.matter m on m.id = c.matter_id
           left join custody.handoff h on h.matter_id = m.id and h.ended_at = 'infinity'
           where c.followed and c.unit_id = any ($1::text[]) and c.seen <> ${MARK}
           order by c.case_id, c.matter_id for update of c skip locked)
         update ${party}.case_matter c set seen = moved.mark from moved
         where c.case_id = moved.case_id and c.matter_id = moved.matter_id
         returning c.process, c.case_id`,
          [units],
        )
        .then(([rows]) => rows);
      for (const { process, case_id } of changed) {
        await manager.query(
          `update ${party}.stream set wanted = wanted + 1 where kind = $1 and id = $2 and open`,
          [process, case_id],
        );
      }
      return changed.length;
    });
  }
}
