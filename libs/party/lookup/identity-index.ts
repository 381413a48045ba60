import type { Logger } from '@temporalio/common';
import type { DataSource, EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { localDateOfInstant } from '#calendar';
import { recordNow } from '#directory';
import type { SubjectRole } from '#domain';
import type { BlindAudience, BlindIndexes } from '#sealing';
import { lockFor } from '../acts/act-recorder.js';
import type { ContentVault } from '../content/content-vault.js';
import type { KnownAnswer } from '../content/known-answer.js';
import { RefusedException } from '../http/refused.exception.js';
import { type Caller, mandateAt } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import { knownProtection, withStrictestProtection } from '../protected-identity/known-protection.js';
import { asUnits } from '../record/as-units.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import {
  caseNumberValue,
  type FoundBy,
  identityValues,
  type KnownIdentity,
  knownCaseNumbers,
  knownIdentity,
} from './identity-values.js';
import { CaseNumberEntity, LookupEntryEntity, LookupMarkEntity } from './lookup.entities.js';

export interface IdentityIndexDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly sealing: PartySealing;
  readonly vault: ContentVault;
  readonly log: Logger;
}

/** A report that the unit has made itself, with what it says. */
export interface LearnedReport {
  readonly unit: string;
  readonly authority: string;
  readonly incidentId: string;
  readonly answers: readonly KnownAnswer[];
}

export interface Tagged {
  readonly tag: string;
  readonly keyVersion: number;
}

interface MatterToLearn {
  readonly id: string;
  readonly incident_id: string;
  readonly subject_id: string;
  readonly role: SubjectRole;
}

const ROUND = 200;

/**
 * The keyed blind index of a party: which of a unit's matters is about whom, in tags that nobody can read or guess
 * (DESIGN 8). A unit's matters are in it from when the unit learned the identity: at its own report, and when one of its
 * people took an offer. A matter is found by the person it is about, never by another of the incident: a search for him
 * does not lead to her.
 */
export class IdentityIndex {
  constructor(private readonly deps: IdentityIndexDeps) {}

  /** From what the unit has just reported: nothing is opened. */
  async learnReport({ unit, authority, incidentId, answers }: LearnedReport): Promise<void> {
    for (const matter of await this.mattersOf(unit, { incidentId })) {
      await this.write(unit, authority, matter, withStrictestProtection(answers, matter.subject_id));
    }
  }

  /** From what was sent and taken: opened in the name of the person who took it, and audited as her reading (C7). */
  async learnTaken(caller: Caller, unit: string, matterIds: readonly string[]): Promise<void> {
    const authority = mandateAt(caller, unit)?.authority;
    if (authority === undefined || authority === null) return;
    for (const matter of await this.mattersOf(unit, { matterIds })) {
      await this.learn(caller, unit, authority, matter);
    }
  }

  /**
   * Matters anew, after something was learned of their persons: by the service itself, since whoever recorded it may have no
   * ordinary access to the case, and is shown nothing. What fails is written by the next round; until then it is not found.
   */
  async relearn(
    unit: string,
    which: { readonly incidentId: string } | { readonly matterIds: readonly string[] },
  ): Promise<void> {
    try {
      const authority = await authorityOfUnit(this.deps.database.manager, unit);
      if (authority === null) return;
      const caller = serviceCaller(this.deps.party, unit, authority);
      for (const matter of await this.mattersOf(unit, which))
        await this.learn(caller, unit, authority, matter);
    } catch (error) {
      this.deps.log.warn('identity-index.behind', { unit, error });
    }
  }

  /** In the transaction that changes what is known: until it is learned anew nobody finds it, which fails closed. */
  async outdate(manager: EntityManager, unit: string, incidentId: string): Promise<void> {
    const marks = await manager.findBy(LookupMarkEntity, { unitId: unit, incidentId });
    await this.forget(
      manager,
      unit,
      marks.map(({ matterId }) => matterId),
    );
  }

  /** Removes matters from a unit's index, with their erasure; in a transaction that has the unit set. */
  async forget(manager: EntityManager, unit: string, matterIds: readonly string[]): Promise<void> {
    if (matterIds.length === 0) return;
    await manager.delete(LookupEntryEntity, { unitId: unit, matterId: In([...matterIds]) });
    await manager.delete(LookupMarkEntity, { unitId: unit, matterId: In([...matterIds]) });
  }

  /** The indexes of an authority, the key being made when it is the first time. */
  indexes(authority: string): Promise<BlindIndexes> {
    return this.deps.sealing.indexKeys.of(authority);
  }

  /** What a link to an earlier identity is found by; kept with the link and not here. */
  async linkTags(
    authority: string,
    unit: string,
    { name, number, at }: KnownIdentity & { readonly at: Date },
  ): Promise<Tagged[]> {
    const values = identityValues({ name, number }, localDateOfInstant(at));
    return this.tags(authority, unit, 'linked', values);
  }

  /**
   * Learns what was missed or is outdated, as the service: after a crash between a report and its index, a change of
   * key or of authority. How many matters were written; each opening is audited.
   */
  async sweep(unit: string): Promise<number> {
    const { database, party } = this.deps;
    const authority = await authorityOfUnit(database.manager, unit);
    if (authority === null) return 0;
    const caller = serviceCaller(party, unit, authority);
    for (let written = 0; ; ) {
      const { current } = await this.indexes(authority);
      const missing = await this.as(unit, (manager) =>
        manager.query<MatterToLearn[]>(
          `select m.id, m.incident_id, m.subject_id, s.role
           from custody.matter m join custody.subject s on s.id = m.subject_id
           where exists (select 1 from custody.responsibility r where r.matter_id = m.id and r.unit_id = $1)
             and not exists (select 1 from ${party}.lookup_mark k where k.matter_id = m.id and k.unit_id = $1
               and k.key_version = $2 and k.authority_id = $3)
           order by m.id limit ${ROUND}`,
          [unit, current.version, authority],
        ),
      );
      for (const matter of missing) await this.learn(caller, unit, authority, matter);
      written += missing.length;
      if (missing.length < ROUND) return written;
    }
  }

  /** Whether nothing of the party's units is left under an older key of the authority. */
  async isWrittenAnew(authority: string, units: readonly string[]): Promise<boolean> {
    const { current } = await this.indexes(authority);
    for (const unit of units) {
      const old = await this.as(unit, (manager) =>
        manager
          .createQueryBuilder(LookupMarkEntity, 'k')
          .where('k.authorityId = :authority and k.keyVersion < :version', {
            authority,
            version: current.version,
          })
          .getExists(),
      );
      if (old) return false;
    }
    return true;
  }

  private async learn(caller: Caller, unit: string, authority: string, matter: MatterToLearn): Promise<void> {
    let known: readonly KnownAnswer[];
    try {
      known = await this.deps.vault.knownTo(caller, unit, matter.incident_id, matter.subject_id);
    } catch (error) {
      // What was erased is not found any more, and is not looked at again.
      if (!(error instanceof RefusedException) || error.refusal.code !== 'CONTENT_ERASED') throw error;
      known = [];
    }
    await this.write(unit, authority, matter, known);
  }

  private async write(
    unit: string,
    authority: string,
    matter: MatterToLearn,
    known: readonly KnownAnswer[],
  ): Promise<void> {
    const subject = { id: matter.subject_id, role: matter.role };
    const audience: BlindAudience = knownProtection(known, subject).status === 'no' ? 'unit' : 'entitled';
    const own = await this.ownCaseNumbers(unit, matter);
    const { current } = await this.indexes(authority);
    await this.as(unit, async (manager) => {
      await lockFor(manager, `lookup ${unit} ${matter.id}`);
      const at = await recordNow(manager);
      const caseNumbers = [...knownCaseNumbers(known), ...own].flatMap((text) => caseNumberValue(text) ?? []);
      const values: FoundBy[] = [
        ...identityValues(knownIdentity(known, subject), localDateOfInstant(at)),
        ...caseNumbers.map((value): FoundBy => ({ kind: 'case-number', value })),
      ];
      const tags = new Set(values.map((value) => current.tag({ unit, audience, ...value })));
      await this.forget(manager, unit, [matter.id]);
      await manager.insert(
        LookupEntryEntity,
        [...tags].map((tag) => ({ unitId: unit, tag, matterId: matter.id, keyVersion: current.version })),
      );
      await manager.insert(LookupMarkEntity, {
        unitId: unit,
        matterId: matter.id,
        incidentId: matter.incident_id,
        authorityId: authority,
        keyVersion: current.version,
        learnedAt: at,
      });
    });
  }

  private async tags(
    authority: string,
    unit: string,
    audience: BlindAudience,
    values: readonly FoundBy[],
  ): Promise<Tagged[]> {
    const { current } = await this.indexes(authority);
    const tags = new Set(values.map((value) => current.tag({ unit, audience, ...value })));
    return [...tags].map((tag) => ({ tag, keyVersion: current.version }));
  }

  /** The numbers that the unit gave the case itself: of a matter, sealed to the unit. */
  private async ownCaseNumbers(
    unit: string,
    { id, incident_id, subject_id }: MatterToLearn,
  ): Promise<string[]> {
    const rows = await this.as(unit, (manager) =>
      manager.find(CaseNumberEntity, { where: { matterId: id, unitId: unit }, order: { version: 'ASC' } }),
    );
    const numbers: string[] = [];
    for (const row of rows) {
      const opened = await this.deps.sealing.sealing.open({
        contentId: row.id,
        incidentId: incident_id,
        subjectId: subject_id,
        ciphertext: row.ciphertext,
        unitId: unit,
      });
      const value = opened.ok ? opened.value.fields[0]?.value : null;
      if (typeof value === 'string') numbers.push(value);
    }
    return numbers;
  }

  /** The unit's own matters: that it answers for, or did. */
  private mattersOf(
    unit: string,
    {
      incidentId = null,
      matterIds = null,
    }: { incidentId?: string | null; matterIds?: readonly string[] | null },
  ): Promise<MatterToLearn[]> {
    return this.as(unit, (manager) =>
      manager.query<MatterToLearn[]>(
        `select m.id, m.incident_id, m.subject_id, s.role
         from custody.matter m join custody.subject s on s.id = m.subject_id
         where ($2::uuid is null or m.incident_id = $2) and ($3::uuid[] is null or m.id = any ($3::uuid[]))
           and exists (select 1 from custody.responsibility r where r.matter_id = m.id and r.unit_id = $1)
         order by m.id`,
        [unit, incidentId, matterIds],
      ),
    );
  }

  private as<Value>(unit: string, run: (manager: EntityManager) => Promise<Value>): Promise<Value> {
    return asUnits(this.deps.database, [unit], run);
  }
}

/** The authority that answers for a unit now; null when none does. */
export async function authorityOfUnit(manager: EntityManager, unit: string): Promise<string | null> {
  const rows: { authority_id: string }[] = await manager.query(
    `select a.authority_id from directory.unit_authority a
     where a.unit_id = $1 and directory.in_force(a.valid_from, a.valid_to, directory.record_now())
     order by a.authority_id limit 1`,
    [unit],
  );
  return rows[0]?.authority_id ?? null;
}

/** The service itself, where it opens for a unit without a person asking: named as such in the audit. */
export function serviceCaller(party: PartyName, unit: string, authority: string): Caller {
  return { person: `service:${party}`, mandates: [{ unit, role: 'case-worker', authority }] };
}
