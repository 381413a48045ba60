import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { PageQuery, SafetyGatePage, SafetyGateWords } from '#contracts';
import { DeadlineEntity, StepEntity } from '#database';
import { recordNow } from '#directory';
import { POSTPONING_GROUNDS, type SubjectRole } from '#domain';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import { DEADLINE_COLUMNS, type DeadlineRow, wireDeadline } from '../dispatches/deadline-view.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { type Keyset, readKeyset, writeKeyset } from '../record/keyset.js';
import { type Outward, sideOf } from '../record/outward.js';
import { SafetyDecisionEntity } from './safety-decision.entity.js';
import type { SafetyGate } from './safety-gate.service.js';
import { reviewStep } from './safety-gate-decisions.service.js';

export interface SafetyGateViewsDeps {
  readonly reader: CustodyReader;
  readonly subjects: PartySubjects;
  readonly outward: Outward;
  readonly gate: SafetyGate;
  readonly recorder: ActRecorder;
  readonly audit: ReadingAudit;
}

const WordsSchema = z.object({
  /** Empty once they were erased. */
  reasons: z.string().default(''),
  person: z.string().nullable().default(null),
});

type Line = SafetyGatePage['items'][number];

const NEWEST: Keyset = { instants: ['infinity'], id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** The decisions about whom it is safe to reach, with what the gate says now. */
export class SafetyGateViews {
  constructor(private readonly deps: SafetyGateViewsDeps) {}

  /** Those that the caller's units made about a person, the newest first; no sealed word. */
  async list(caller: Caller, outwardSubject: string, query: PageQuery): Promise<SafetyGatePage> {
    const mine = unitsOf(caller);
    const units = query.unit === undefined ? mine : mine.filter((unit) => unit === query.unit);
    if (units.length === 0) return refuseAtDoor('NOT_YOUR_UNIT');
    const from = readKeyset(query.after, NEWEST);
    return this.deps.reader.as(units, async (manager) => {
      const subject = await this.deps.subjects.known(manager, caller, outwardSubject);
      const shown = await manager
        .createQueryBuilder(SafetyDecisionEntity, 'd')
        .where('d.subjectId = :subject', { subject: subject.id })
        .andWhere('(d.recordedAt, d.id) < (cast(:at as timestamptz), cast(:id as uuid))', {
          at: from.instants[0],
          id: from.id,
        })
        .orderBy('d.recordedAt', 'DESC')
        .addOrderBy('d.id', 'DESC')
        .limit(query.limit)
        .getMany();
      const now = await recordNow(manager);
      const items: Line[] = [];
      for (const decision of shown) items.push(await this.line(manager, caller, decision, now));
      const last = shown.at(-1);
      return {
        items,
        next:
          last === undefined || shown.length < query.limit
            ? null
            : writeKeyset({ instants: [last.recordedAt.toISOString()], id: last.id }),
      };
    });
  }

  /** The sealed words of one decision, for the unit that made it; audited before they are opened (C7). */
  async words(caller: Caller, outwardSubject: string, recordId: string): Promise<SafetyGateWords> {
    const decision = await this.deps.reader.as(unitsOf(caller), async (manager) => {
      const subject = await this.deps.subjects.known(manager, caller, outwardSubject);
      return manager.findOneBy(SafetyDecisionEntity, { id: recordId, subjectId: subject.id });
    });
    if (decision === null) return refuseAtDoor('NOT_FOUND');
    const { id, incidentId, subjectId, unitId: unit, ciphertext } = decision;
    await this.deps.audit.record({
      caller,
      unit,
      action: 'read-safety-decision',
      target: { kind: 'safety-decision', id },
    });
    const [opened] = await this.deps.recorder.open({ id, incidentId, subjectId, unit }, ciphertext);
    const { reasons, person } = WordsSchema.parse(opened?.value ?? {});
    return { recordId: id, reasons, person };
  }

  private async line(
    manager: EntityManager,
    caller: Caller,
    decision: SafetyDecisionEntity,
    now: Date,
  ): Promise<Line> {
    const { subjectId, personId, unitId: unit } = decision;
    const newer = await manager.countBy(SafetyDecisionEntity, {
      subjectId,
      personId,
      unitId: unit,
      version: decision.version + 1,
    });
    const answer = await this.deps.gate.answer(
      { unit, subjectId, personId, contact: 'notice', isAutomatic: false },
      manager,
    );
    return {
      recordId: decision.id,
      actingUnit: unit,
      person: decision.isSubject
        ? { subjectId: await this.outwardOf(manager, caller, decision) }
        : { personRef: personId },
      relation: decision.relation,
      decision: decision.decision,
      ground:
        decision.ground === null
          ? null
          : { code: decision.ground, label: POSTPONING_GROUNDS[decision.ground] },
      isNewest: newer === 0,
      recordedAt: decision.recordedAt.toISOString(),
      version: decision.version,
      gate: { open: answer.open, because: answer.open ? null : answer.because },
      review: await reviewOf(manager, decision, now),
    };
  }

  private async outwardOf(
    manager: EntityManager,
    caller: Caller,
    { personId, unitId: unit }: SafetyDecisionEntity,
  ): Promise<string> {
    const rows: { role: SubjectRole }[] = await manager.query(
      'select s.role from custody.subject s where s.id = $1',
      [personId],
    );
    const role = rows[0]?.role ?? refuseAtDoor('NOT_FOUND');
    const authority = mandateAt(caller, unit)?.authority ?? refuseAtDoor('NOT_FOUND');
    return this.deps.outward.out(personId, { authority, side: sideOf(role) });
  }
}

/** The work that a postponed decision left, as long as it is open. */
async function reviewOf(
  manager: EntityManager,
  decision: SafetyDecisionEntity,
  now: Date,
): Promise<Line['review']> {
  const step = await manager.findOneBy(StepEntity, { ...reviewStep(decision) });
  if (step === null || step.outcome !== null) return null;
  const { tablePath } = manager.dataSource.getMetadata(DeadlineEntity);
  const [row]: DeadlineRow[] = await manager.query(
    `select ${DEADLINE_COLUMNS} from ${tablePath} d where d.id = $1`,
    [step.deadlineId],
  );
  if (row === undefined) return null;
  const { dueAt, isBreached, because } = wireDeadline(row, now);
  return { dueAt, isPast: isBreached, because };
}
