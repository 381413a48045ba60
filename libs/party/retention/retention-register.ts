import type { DataSource, EntityManager } from 'typeorm';
import { type LocalDate, localDateOfInstant, parseLocalDate } from '#calendar';
import type { RetentionFile, RetentionMark, RetentionMarkCode, RetentionRegime, SubjectRole } from '#domain';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { KnownAnswer } from '../content/known-answer.js';
import type { Caller } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import type { CustodyReader } from '../record/custody-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import { type PersonFacts, personFactsOf } from './person-facts.js';

export interface RetentionRegisterDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly reader: CustodyReader;
  readonly sealing: PartySealing;
  readonly audit: ReadingAudit;
  readonly idKey: Buffer;
}

/** Who asks, for which authority, as which of its units. */
export interface RegisterQuestion {
  readonly caller: Caller;
  readonly authority: string;
  readonly actingUnit: string;
  /** The party's units of that authority. */
  readonly units: readonly string[];
}

/** An authority's file on one person of one incident. */
export interface RegisteredFile {
  readonly subjectId: string;
  readonly incidentId: string;
  readonly role: SubjectRole;
  readonly file: RetentionFile;
  /** Files with the same key are on the same person. */
  readonly personKey: string | null;
}

interface FactsRow {
  readonly subject_id: string;
  readonly incident_id: string;
  readonly role: SubjectRole;
  readonly last_entry_at: Date | null;
  readonly last_act_at: Date | null;
  readonly ended_at: Date | null;
  readonly is_report_without_investigation: boolean;
  readonly is_placed_child: boolean;
  readonly sample_day: PersonFacts['sampleDay'] | null;
  readonly person_key: string | null;
  readonly learned_at: Date | null;
}

interface ContentRow {
  readonly id: string;
  readonly incident_id: string;
  readonly subject_id: string | null;
  readonly to_unit: string;
  readonly from_unit: string;
  readonly ciphertext: Buffer;
}

const PAGE = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** The regime of a party's files. */
export function regimeOf(party: PartyName): RetentionRegime {
  if (party === 'police') return 'police';
  return party === 'region' ? 'health-care' : 'social-services';
}

/** Every file of an authority that is not disposed of, as the rules of retention see it. */
export class RetentionRegister {
  constructor(private readonly deps: RetentionRegisterDeps) {}

  /**
   * Reads them all, by subject id. Whom nobody has looked at yet is looked at: her identity is opened by this service, audited as
   * the caller's reading, and of it only the sample day and a digest are kept.
   */
  async files(question: RegisterQuestion): Promise<RegisteredFile[]> {
    const files: RegisteredFile[] = [];
    for (let after = FIRST; ; ) {
      const rows = await this.page(question, after);
      const last = rows.at(-1);
      if (last === undefined) return files;
      after = last.subject_id;
      const marks = await this.marks(
        question.units,
        rows.map(({ subject_id }) => subject_id),
      );
      for (const row of rows) {
        const person = isLearned(row) ? knownOf(row) : await this.learn(question, row);
        files.push({
          subjectId: row.subject_id,
          incidentId: row.incident_id,
          role: row.role,
          personKey: person.personKey,
          file: this.fileOf(row, person, marks.get(row.subject_id) ?? []),
        });
      }
    }
  }

  private page({ authority, units }: RegisterQuestion, after: string): Promise<FactsRow[]> {
    const { party } = this.deps;
    return this.deps.reader.as(units, (manager) =>
      manager.query(
        `select f.*, ${party}.last_act_about(f.subject_id, f.incident_id) as last_act_at,
           p.sample_day, p.person_key, p.learned_at
         from custody.retention_facts($1, $2, $3) f
         left join ${party}.retention_person p on p.authority = $1 and p.subject_id = f.subject_id
         order by f.subject_id`,
        [authority, after, PAGE],
      ),
    );
  }

  private async marks(
    units: readonly string[],
    subjects: readonly string[],
  ): Promise<Map<string, RetentionMark[]>> {
    const rows = await this.deps.reader.as(
      units,
      (manager): Promise<{ subject_id: string; mark: RetentionMarkCode; until: string | null }[]> =>
        manager.query(
          `select subject_id, mark, until::text from (
             select distinct on (subject_id, mark) subject_id, mark, holds, until
             from ${this.deps.party}.retention_mark where subject_id = any ($1::uuid[])
             order by subject_id, mark, recorded_at desc, version desc) newest
           where holds order by subject_id, mark`,
          [subjects],
        ),
    );
    const marks = new Map<string, RetentionMark[]>();
    for (const { subject_id, mark, until } of rows) {
      const of = marks.get(subject_id) ?? [];
      of.push({ code: mark, until: until === null ? null : (parseLocalDate(until) ?? null) });
      marks.set(subject_id, of);
    }
    return marks;
  }

  private fileOf(row: FactsRow, person: PersonFacts, marks: readonly RetentionMark[]): RetentionFile {
    const last = latest(row.last_entry_at, row.last_act_at);
    const ended = latest(row.ended_at, row.ended_at === null ? null : row.last_act_at);
    return {
      regime: regimeOf(this.deps.party),
      isReportWithoutInvestigation: row.is_report_without_investigation,
      lastEntryOn: dayOf(last ?? row.learned_at ?? new Date(0)),
      // Without any entry nothing can be counted from: it counts as lasting, and nothing of it goes.
      endedOn: ended === null || last === null ? null : dayOf(ended),
      sampleDay: person.sampleDay,
      isPlacedChild: row.is_placed_child,
      marks,
    };
  }

  private async learn(question: RegisterQuestion, row: FactsRow): Promise<PersonFacts> {
    const { caller, actingUnit, authority, units } = question;
    const { subject_id: subjectId, incident_id: incidentId } = row;
    const contents = await this.deps.reader.as(
      units,
      (manager): Promise<ContentRow[]> =>
        manager.query(
          `select c.id, c.incident_id, c.subject_id, c.from_unit, c.to_unit, c.ciphertext from custody.content c
           where c.incident_id = $1 and (c.subject_id is null or c.subject_id = $2) and c.erased_at is null
             and c.kind in ('facts', 'referral') order by c.created_at desc, c.id`,
          [incidentId, subjectId],
        ),
    );
    await this.deps.audit.record({
      caller,
      unit: actingUnit,
      action: 'derive-retention-facts',
      target: { kind: 'subject', id: subjectId },
      restsOn: 'nothing-shown',
    });
    const answers: KnownAnswer[] = [];
    for (const content of contents) answers.push(...(await this.open(units, content)));
    const facts = personFactsOf(this.deps.idKey, { authority, subjectId, answers });
    await this.deps.reader.as(units, (manager) =>
      keep(manager, this.deps.party, { ...facts, authority, subjectId, incidentId }),
    );
    return facts;
  }

  /** What the authority's units can open; what they cannot tells them nothing. */
  private async open(units: readonly string[], content: ContentRow): Promise<readonly KnownAnswer[]> {
    const unitId = [content.to_unit, content.from_unit].find((unit) => units.includes(unit)) ?? units[0];
    if (unitId === undefined) return [];
    const opened = await this.deps.sealing.sealing.open({
      contentId: content.id,
      incidentId: content.incident_id,
      subjectId: content.subject_id,
      ciphertext: content.ciphertext,
      unitId,
    });
    return opened.ok ? opened.value.fields : [];
  }
}

/** Whom nothing was known of is looked at again once something was added. */
function isLearned({ learned_at, sample_day, person_key, last_entry_at }: FactsRow): boolean {
  if (learned_at === null) return false;
  const isWhole = sample_day !== 'unknown' && person_key !== null;
  return isWhole || last_entry_at === null || learned_at >= last_entry_at;
}

function knownOf({ sample_day, person_key }: FactsRow): PersonFacts {
  return { sampleDay: sample_day ?? 'unknown', personKey: person_key };
}

async function keep(
  manager: EntityManager,
  party: PartyName,
  facts: PersonFacts & {
    readonly authority: string;
    readonly subjectId: string;
    readonly incidentId: string;
  },
): Promise<void> {
  // Not `upsert`: it would write the columns of the key too, which nobody may.
  await manager.query(
    `insert into ${party}.retention_person (authority, subject_id, incident_id, sample_day, person_key, learned_at)
     values ($1, $2, $3, $4, $5, directory.record_now())
     on conflict (authority, subject_id) do update set sample_day = excluded.sample_day,
       person_key = excluded.person_key, learned_at = excluded.learned_at`,
    [facts.authority, facts.subjectId, facts.incidentId, facts.sampleDay, facts.personKey],
  );
}

function latest(one: Date | null, other: Date | null): Date | null {
  if (one === null) return other;
  return other !== null && other > one ? other : one;
}

function dayOf(at: Date): LocalDate {
  return localDateOfInstant(at);
}
