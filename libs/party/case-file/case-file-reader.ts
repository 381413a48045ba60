import type { DataSource, EntityManager } from 'typeorm';
import type { JsonValue } from '#audit';
import {
  type DirectorySnapshot,
  deadlineRule,
  factsOfField,
  HANDOFF_ACTIONS,
  handoffAction,
  type InsightPerson,
  isDeadlineRuleId,
  type Label,
  MATTER_ACTIONS,
  matterAction,
  ownFile,
  ROLES,
  SUBJECT_ROLES,
  sideOfUnit,
  unitId,
  unitWithId,
} from '#domain';
import { RecordedAct } from '../acts/recorded-act.js';
import { asJson, type KnownAnswer } from '../content/known-answer.js';
import { withRolesForIds } from '../insight/insight-file.js';
import { asUnits } from '../record/as-units.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import { type CaseFileEntry, type CaseFileSection, keptFromLabel, sourceLabel } from './case-file.js';
import {
  ACT_LABELS,
  ACTS_NOT_IN_A_FILE,
  CONTENT_LABELS,
  type ContentKindRead,
  ERASED,
  EVENT_LABELS,
  NOT_IN_A_FILE,
  OTHER_ACT,
  SECTIONS,
  UNREADABLE,
} from './case-file-words.js';

export interface CaseFileOf {
  readonly matterId: string;
  readonly incidentId: string;
  readonly subjectId: string;
  readonly unit: string;
}

/** As what is read: who the persons are, by which directory, at which instant. */
interface Terms {
  readonly persons: readonly InsightPerson[];
  readonly snapshot: DirectorySnapshot;
  readonly madeAt: Date;
}

export interface CaseFileReaderDeps {
  readonly snapshot: () => Promise<DirectorySnapshot>;
  readonly database: DataSource;
  readonly sealing: PartySealing;
}

interface Sealed {
  readonly id: string;
  readonly subject_id: string | null;
  readonly ciphertext: Buffer;
}

interface ContentRow extends Sealed {
  readonly kind: ContentKindRead;
  readonly from_unit: string;
  readonly created_at: Date;
}

interface ActRow extends Sealed {
  readonly recorded_at: Date;
  readonly version: number;
}

/** So many rows are in memory at once. */
const PAGE = 20;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Everything that a unit has of one person's matter, section by section, one row at a time. The reading is audited by
 * who asks before any of it is opened (C7).
 */
export class CaseFileReader {
  constructor(private readonly deps: CaseFileReaderDeps) {}

  /** How many sealed contents there are to open, for the progress. */
  count(of: CaseFileOf): Promise<number> {
    return this.as(of.unit, async (manager) => {
      const [row]: { count: number }[] = await manager.query(
        `select count(*)::int as count from custody.content c where ${CONTENT_OF_FILE}`,
        [of.incidentId, of.subjectId, of.unit],
      );
      let count = row?.count ?? 0;
      for (const table of this.actTables()) {
        const [acts]: { count: number }[] = await manager.query(
          `select count(*)::int as count from ${table.path} a where ${table.where}`,
          [of.incidentId, of.unit, of.subjectId],
        );
        count += acts?.count ?? 0;
      }
      return count;
    });
  }

  /** The sections in the order in which a case is read. `opened` is told of each content. */
  async *sections(
    of: CaseFileOf,
    { persons, madeAt }: Omit<Terms, 'snapshot'>,
    opened: () => Promise<void>,
  ): AsyncIterable<CaseFileSection> {
    const snapshot = await this.deps.snapshot();
    const terms = { persons, snapshot, madeAt };
    const nameOf = (unit: string) => unitWithId(snapshot, unitId(unit))?.name ?? unit;
    yield {
      ...SECTIONS.told,
      entries: this.contents(of, terms, ['facts', 'referral', 'sealed-apart'], opened),
    };
    yield {
      ...SECTIONS.notes,
      entries: this.contents(of, terms, ['note', 'answer', 'assessment'], opened),
    };
    yield { ...SECTIONS.acts, entries: this.acts(of, terms, opened) };
    yield { ...SECTIONS.disclosed, entries: this.disclosures(of, nameOf) };
    yield { ...SECTIONS.events, entries: this.events(of, nameOf) };
    yield { ...SECTIONS.line, entries: this.spells(of, nameOf) };
    yield { ...SECTIONS.deadlines, entries: this.deadlines(of) };
  }

  private async *contents(
    of: CaseFileOf,
    terms: Terms,
    kinds: readonly ContentKindRead[],
    opened: () => Promise<void>,
  ): AsyncIterable<CaseFileEntry> {
    let after = { at: '-infinity', id: FIRST_ID };
    for (;;) {
      const rows = await this.as(
        of.unit,
        (manager): Promise<(ContentRow & { at_text: string })[]> =>
          manager.query(
            `select c.id, c.subject_id, c.kind, c.from_unit, c.created_at, c.created_at::text as at_text, c.ciphertext
             from custody.content c where ${CONTENT_OF_FILE}
               and c.kind = any ($4::text[]) and (c.created_at, c.id) > ($5::timestamptz, $6::uuid)
             order by c.created_at, c.id limit ${PAGE}`,
            [of.incidentId, of.subjectId, of.unit, kinds, after.at, after.id],
          ),
      );
      for (const row of rows) {
        await opened();
        yield* this.entriesOf(of, terms, row, {
          label: CONTENT_LABELS[row.kind],
          at: row.created_at,
        });
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = { at: last.at_text, id: last.id };
    }
  }

  /** What the party's own features recorded about the person, every version, whatever the feature. */
  private async *acts(
    of: CaseFileOf,
    terms: Terms,
    opened: () => Promise<void>,
  ): AsyncIterable<CaseFileEntry> {
    for (const { path, name, where, subject } of this.actTables()) {
      let after = 0;
      for (;;) {
        const rows = await this.as(
          of.unit,
          (manager): Promise<ActRow[]> =>
            manager.query(
              `select a.id, ${subject} as subject_id, a.recorded_at, a.version, a.ciphertext from ${path} a
               where ${where} order by a.recorded_at, a.id offset $4 limit ${PAGE}`,
              [of.incidentId, of.unit, of.subjectId, after],
            ),
        );
        for (const row of rows) {
          await opened();
          yield* this.entriesOf(of, terms, row, {
            label: ACT_LABELS[name] ?? OTHER_ACT,
            at: row.recorded_at,
          });
        }
        if (rows.length < PAGE) break;
        after += PAGE;
      }
    }
  }

  private async *entriesOf(
    { incidentId, unit, subjectId }: CaseFileOf,
    { persons, snapshot, madeAt }: Terms,
    row: Sealed,
    { label, at }: { label: Label; at: Date },
  ): AsyncIterable<CaseFileEntry> {
    const result = await this.deps.sealing.sealing.open({
      contentId: row.id,
      incidentId,
      subjectId: row.subject_id,
      ciphertext: row.ciphertext,
      unitId: unit,
    });
    if (!result.ok) {
      const why = result.code === 'ERASED' ? ERASED : UNREADABLE;
      yield { ...plain(label, at), value: why.sv };
      return;
    }
    const told = result.value.fields.filter(({ field }) => !NOT_IN_A_FILE.includes(field));
    const own = ownFile(told, {
      surface: 'export',
      persons,
      fileOf: subjectId,
      unit: sideOfUnit(snapshot, unit, madeAt),
      at: madeAt,
    });
    for (const answer of own) yield entryOf(answer, persons, label, at);
  }

  private async *disclosures(
    { matterId, unit }: CaseFileOf,
    nameOf: (unit: string) => string,
  ): AsyncIterable<CaseFileEntry> {
    const rows = await this.as(
      unit,
      (manager): Promise<{ to_unit: string; basis: string; fields: unknown; disclosed_at: Date }[]> =>
        manager.query(
          `select d.to_unit, d.basis, d.fields, d.disclosed_at from custody.disclosure d
           join custody.handoff h on h.id = d.handoff_id
           where h.matter_id = $1 and h.from_unit = $2 order by d.disclosed_at, d.id`,
          [matterId, unit],
        ),
    );
    for (const { to_unit, basis, fields, disclosed_at } of rows) {
      const names = Array.isArray(fields) ? fields.map((one) => factsOfField(String(one)).label.sv) : [];
      yield {
        ...plain({ sv: `Till ${nameOf(to_unit)}`, en: `To ${nameOf(to_unit)}` }, disclosed_at),
        value: { basis, fields: asJson(names) },
      };
    }
  }

  private async *events(
    { matterId, unit }: CaseFileOf,
    nameOf: (unit: string) => string,
  ): AsyncIterable<CaseFileEntry> {
    const rows = await this.as(
      unit,
      (
        manager,
      ): Promise<
        { kind: string; at: Date; unit_id: string; function: string | null; reason: string | null }[]
      > =>
        manager.query(
          `select e.kind, e.at, e.unit_id, e.function, e.reason from custody.event e
           where e.matter_id = $1 order by e.at, e.seq`,
          [matterId],
        ),
    );
    for (const { kind, at, unit_id, reason, function: by } of rows) {
      const role = Object.entries(ROLES)
        .find(([id]) => id === by)?.[1]
        .sv.toLowerCase();
      const who = role === undefined ? nameOf(unit_id) : `${nameOf(unit_id)}, ${role}`;
      yield {
        ...plain(eventLabel(kind), at),
        value: { by: who, ...(reason === null ? {} : { outcome: reason }) },
      };
    }
  }

  private async *spells(
    { matterId, unit }: CaseFileOf,
    nameOf: (unit: string) => string,
  ): AsyncIterable<CaseFileEntry> {
    const rows = await this.as(
      unit,
      (manager): Promise<{ unit_id: string; starts_at: Date; ends_at: Date | number }[]> =>
        manager.query(
          `select r.unit_id, r.starts_at, r.ends_at from custody.responsibility r
           where r.matter_id = $1 order by r.starts_at`,
          [matterId],
        ),
    );
    for (const { unit_id, starts_at, ends_at } of rows) {
      yield {
        ...plain({ sv: nameOf(unit_id), en: nameOf(unit_id) }, null),
        value: {
          from: starts_at.toISOString(),
          ...(ends_at instanceof Date ? { until: ends_at.toISOString() } : { answersNow: 'YES' }),
        },
      };
    }
  }

  private async *deadlines({ matterId, unit }: CaseFileOf): AsyncIterable<CaseFileEntry> {
    const rows = await this.as(
      unit,
      (
        manager,
      ): Promise<
        { rule: string; start_at: Date; due_at: Date; ended_at: Date | number; ended_as: string | null }[]
      > =>
        manager.query(
          `select d.rule, d.start_at, d.due_at, d.ended_at, d.ended_as from custody.deadline d
           where d.clock_id = $1 order by d.due_at, d.id`,
          [matterId],
        ),
    );
    for (const { rule, start_at, due_at, ended_at, ended_as } of rows) {
      const title = isDeadlineRuleId(rule) ? deadlineRule(rule).title : { sv: rule, en: rule };
      yield {
        ...plain(capital(title), null),
        value: {
          from: start_at.toISOString(),
          due: due_at.toISOString(),
          ...(ended_at instanceof Date
            ? { [ended_as === 'met' ? 'met' : 'lifted']: ended_at.toISOString() }
            : {}),
        },
      };
    }
  }

  /** The tables of recorded acts that this party's schema has: a new feature's are found by their kind. */
  private actTables(): readonly { path: string; name: string; where: string; subject: string }[] {
    return this.deps.database.entityMetadatas
      .filter(({ target }) => typeof target === 'function' && target.prototype instanceof RecordedAct)
      .filter(({ tableName }) => !ACTS_NOT_IN_A_FILE.includes(tableName))
      .map((metadata) => {
        const hasSubject = metadata.columns.some(({ databaseName }) => databaseName === 'subject_id');
        return {
          path: metadata.tablePath,
          name: metadata.tableName,
          where: `a.incident_id = $1 and a.unit_id = $2 and ${hasSubject ? 'a.subject_id = $3' : '$3::uuid is not null'}`,
          subject: hasSubject ? 'a.subject_id' : 'null',
        };
      });
  }

  private as<Value>(unit: string, read: (manager: EntityManager) => Promise<Value>): Promise<Value> {
    return asUnits(this.deps.database, [unit], read);
  }
}

/** What the unit was told, took, or wrote itself; what was only offered to it is not in its file. */
const CONTENT_OF_FILE = `c.incident_id = $1 and (c.subject_id is null or c.subject_id = $2)
  and ((c.to_unit = any ((select custody.line_of(array[$3]))::text[])
      and (c.handoff_id is null or exists (
        select 1 from custody.handoff h where h.id = c.handoff_id and h.phase = 'accepted')))
    or (c.from_unit = $3 and c.kind in ('note', 'answer')))`;

function plain(label: Label, at: Date | null): Omit<CaseFileEntry, 'value'> {
  return { label, field: 'record', source: null, at: at?.toISOString() ?? null, about: [], keepFrom: [] };
}

function capital({ sv, en }: Label): Label {
  const begun = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return { sv: begun(sv), en: begun(en) };
}

function entryOf(
  answer: KnownAnswer,
  persons: readonly InsightPerson[],
  from: Label,
  at: Date,
): CaseFileEntry {
  const role = (id: string): Label | null => {
    const person = persons.find((one) => one.id === id);
    return person === undefined ? null : SUBJECT_ROLES[person.role];
  };
  const facts = factsOfField(answer.field);
  const value: JsonValue = withRolesForIds(answer.value, persons);
  return {
    label: facts.isKnown ? facts.label : from,
    field: answer.field,
    value,
    source: sourceLabel(answer.source),
    at: at.toISOString(),
    about: answer.concerns.flatMap((id) => role(id) ?? []),
    keepFrom: answer.keepFrom.map((whom) => keptFromLabel(whom, role)),
  };
}

function eventLabel(kind: string): Label {
  const ofMatter = MATTER_ACTIONS.find((one) => one === kind);
  if (ofMatter !== undefined) return matterAction(ofMatter).label;
  const ofOffer = HANDOFF_ACTIONS.find((one) => one === kind);
  if (ofOffer !== undefined) return handoffAction(ofOffer).label;
  return EVENT_LABELS[kind] ?? { sv: kind, en: kind };
}
