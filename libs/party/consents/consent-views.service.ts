import type { EntityManager } from 'typeorm';
import type { ConsentLine, ConsentPage, ConsentView, FhirConsent, LeftPage, PageQuery } from '#contracts';
import { recordNow } from '#directory';
import {
  BASES,
  type DirectorySnapshot,
  isBasisId,
  PURPOSES,
  type SubjectRole,
  unitId,
  unitWithId,
} from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { type Keyset, readKeyset, writeKeyset } from '../record/keyset.js';
import { type Outward, sideOf } from '../record/outward.js';
import type { PartyDirectory } from '../units/party-directory.js';
import { BasisRecordEntity } from './basis-record.entity.js';
import { fhirConsent } from './fhir-consent.js';
import { aboutIt, recordsOf, stateOf, takenBack, wireScope } from './recorded-words.js';

export interface ConsentViewsDeps {
  readonly recorder: ActRecorder;
  readonly reader: CustodyReader;
  readonly subjects: PartySubjects;
  readonly directory: PartyDirectory;
  readonly outward: Outward;
  readonly audit: ReadingAudit;
}

interface LeftRow {
  readonly id: string;
  readonly handoff_id: string;
  readonly to_unit: string;
  readonly basis: string;
  readonly fields: string[];
  readonly disclosed_at: Date;
}

/** After every instant and id: a list of the newest first begins here. */
const NEWEST: Keyset = { instants: ['infinity'], id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** What was answered and decided about a person, and what left on it. */
export class ConsentViews {
  constructor(private readonly deps: ConsentViewsDeps) {}

  /** The answers and decisions that the caller's units recorded about a person, the newest first; no sealed word. */
  async list(caller: Caller, outwardSubject: string, query: PageQuery): Promise<ConsentPage> {
    const snapshot = await this.deps.directory.snapshot();
    const from = readKeyset(query.after, NEWEST);
    return this.deps.reader.as(unitsIn(caller, query), async (manager) => {
      const subject = await this.deps.subjects.known(manager, caller, outwardSubject);
      const shown = await manager
        .createQueryBuilder(BasisRecordEntity, 'r')
        .where('r.subjectId = :subject and r.about is null', { subject: subject.id })
        .andWhere('(r.recordedAt, r.id) < (cast(:at as timestamptz), cast(:id as uuid))', {
          at: from.instants[0],
          id: from.id,
        })
        .orderBy('r.recordedAt', 'DESC')
        .addOrderBy('r.id', 'DESC')
        .limit(query.limit)
        .getMany();
      const now = await recordNow(manager);
      const all = await manager.findBy(BasisRecordEntity, { subjectId: subject.id });
      const last = shown.at(-1);
      return {
        items: shown.map((record) => line(snapshot, sameUnit(all, record), record, now)),
        next:
          last === undefined || shown.length < query.limit
            ? null
            : writeKeyset({ instants: [last.recordedAt.toISOString()], id: last.id }),
      };
    });
  }

  /** One of them with its words; the reading is audited before anything is opened (C7). */
  async view(caller: Caller, recordId: string): Promise<ConsentView> {
    const { record, records, shown } = await this.read(caller, recordId);
    await this.deps.audit.record({
      caller,
      unit: record.unitId,
      action: 'read-consent',
      target: { kind: 'basis-record', id: record.id },
    });
    const own = await this.wordsOf(record);
    const withdrawal = takenBack(records, record.id);
    const mark = aboutIt(records, record.id, 'error-mark');
    return {
      ...shown,
      words: {
        purpose: wordOf(own, 'purpose'),
        note: wordOf(own, 'note'),
        takenBy: wordOf(own, 'takenBy'),
        reasons: wordOf(own, 'reasons'),
        withdrawal: withdrawal === undefined ? null : wordOf(await this.wordsOf(withdrawal), 'note'),
        error: mark === undefined ? null : wordOf(await this.wordsOf(mark), 'reasons'),
      },
    };
  }

  private async wordsOf({
    id,
    incidentId,
    subjectId,
    unitId: unit,
    ciphertext,
  }: BasisRecordEntity): Promise<unknown> {
    const opened = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
    return opened[0]?.value;
  }

  /** A person's answer as FHIR R4 Consent; a decision of an authority is none, and is not found as one. */
  async fhir(caller: Caller, recordId: string): Promise<FhirConsent> {
    const { record, shown, role } = await this.read(caller, recordId);
    if (record.kind !== 'answer') return refuseAtDoor('NOT_FOUND');
    const authority = mandateAt(caller, record.unitId)?.authority ?? refuseAtDoor('NOT_FOUND');
    return fhirConsent(shown, this.deps.outward.out(record.subjectId, { authority, side: sideOf(role) }));
  }

  /** What left on it: to whom, when, which fields, and whether it stood then as known now; the newest first. */
  async left(caller: Caller, recordId: string, query: PageQuery): Promise<LeftPage> {
    const { record, records, snapshot } = await this.read(caller, recordId);
    const from = readKeyset(query.after, NEWEST);
    const rows: LeftRow[] = await this.deps.reader.as([record.unitId], (manager) =>
      manager.query(
        `select d.id, d.handoff_id, d.to_unit, d.basis, d.fields, d.disclosed_at from custody.disclosure d
         where d.decision_ref = $1 and (d.disclosed_at, d.id) < ($2, $3::uuid)
         order by d.disclosed_at desc, d.id desc limit $4`,
        [recordId, from.instants[0], from.id, query.limit],
      ),
    );
    const last = rows.at(-1);
    return {
      items: rows.map((row) => ({
        handoffId: row.handoff_id,
        toUnit: row.to_unit,
        toUnitName: unitWithId(snapshot, unitId(row.to_unit))?.name ?? null,
        at: row.disclosed_at.toISOString(),
        basis: basisView(row.basis),
        fields: row.fields,
        stood: stoodAt(records, record, row.disclosed_at),
      })),
      next:
        last === undefined || rows.length < query.limit
          ? null
          : writeKeyset({ instants: [last.disclosed_at.toISOString()], id: last.id }),
    };
  }

  private async read(caller: Caller, recordId: string) {
    const snapshot = await this.deps.directory.snapshot();
    return this.deps.reader.as(unitsOf(caller), async (manager) => {
      const record = await manager.findOneBy(BasisRecordEntity, { id: recordId });
      if (record === null || record.about !== null) return refuseAtDoor('NOT_FOUND');
      const records = await recordsOf(manager, record.subjectId, record.unitId);
      const role = await roleOf(manager, record.subjectId);
      const shown = line(snapshot, records, record, await recordNow(manager));
      return { snapshot, record, records, role, shown };
    });
  }
}

function line(
  snapshot: DirectorySnapshot,
  records: readonly BasisRecordEntity[],
  record: BasisRecordEntity,
  now: Date,
): ConsentLine {
  const withdrawal = takenBack(records, record.id);
  return {
    recordId: record.id,
    kind: record.kind === 'decision' ? 'decision' : 'answer',
    state: stateOf(snapshot, records, record, now),
    version: record.version,
    basis: basisView(record.basis),
    actingUnit: record.unitId,
    giver: wireScope(record.giver),
    recipient: wireScope(record.recipient),
    purpose: { code: record.purpose, label: PURPOSES[record.purpose] },
    fields: record.fields?.split(' ') ?? 'all',
    answer: record.answer ?? 'NOT_ASKED',
    way: record.way,
    saidBy: record.saidBy,
    saidAt: record.saidAt.toISOString(),
    takenBy: { role: record.recordedAs, unit: record.unitId },
    recordedAt: record.recordedAt.toISOString(),
    validUntil: record.validUntil?.toISOString() ?? null,
    withdrawn:
      withdrawal === undefined
        ? null
        : {
            at: withdrawal.saidAt.toISOString(),
            recordedAt: withdrawal.recordedAt.toISOString(),
            way: withdrawal.way,
            saidBy: withdrawal.saidBy,
          },
  };
}

/** Each unit's words stand for themselves; a caller may have mandates at several. */
function sameUnit(records: readonly BasisRecordEntity[], of: BasisRecordEntity): BasisRecordEntity[] {
  return records.filter((one) => one.unitId === of.unitId);
}

function stoodAt(records: readonly BasisRecordEntity[], record: BasisRecordEntity, at: Date) {
  if (aboutIt(records, record.id, 'error-mark') !== undefined) return 'found-in-error-since';
  const withdrawal = takenBack(records, record.id);
  return withdrawal !== undefined && withdrawal.saidAt < at ? 'taken-back-unknown-to-us' : 'in-force';
}

function basisView(basis: string) {
  return { code: basis, label: isBasisId(basis) ? BASES[basis].label : { sv: basis, en: basis } };
}

async function roleOf(manager: EntityManager, subjectId: string): Promise<SubjectRole> {
  const rows: { role: SubjectRole }[] = await manager.query(
    'select s.role from custody.subject s where s.id = $1',
    [subjectId],
  );
  return rows[0]?.role ?? refuseAtDoor('NOT_FOUND');
}

function unitsIn(caller: Caller, { unit }: PageQuery): readonly string[] {
  const units = unitsOf(caller);
  if (unit === undefined) return units;
  return units.includes(unit) ? [unit] : refuseAtDoor('NOT_YOUR_UNIT');
}

function wordOf(words: unknown, name: string): string | null {
  const word: unknown = typeof words === 'object' && words !== null ? Reflect.get(words, name) : undefined;
  return typeof word === 'string' ? word : null;
}
