import type {
  ActRecorded,
  DecideExtract,
  ExtractPage,
  PageQuery,
  RegisterExtract,
  RequestExtract,
} from '#contracts';
import { authorityOf, type DirectorySnapshot, permission, unitId } from '#domain';
import { type ActRecorder, lockFor, said } from '../acts/act-recorder.js';
import type { PartySubjects } from '../acts/party-subjects.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { OwnDeadlines } from '../clock/own-deadlines.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, unitsOf } from '../identity/caller.js';
import type { PartyName } from '../party.port.js';
import { type Keyset, readKeyset, writeKeyset } from '../record/keyset.js';
import { RegisterExtractDecisionEntity, RegisterExtractEntity } from './register-extract.entities.js';
import { accessesOfSubject } from './subject-accesses.js';

export interface RegisterExtractsDeps {
  readonly party: PartyName;
  readonly recorder: ActRecorder;
  readonly subjects: PartySubjects;
  readonly deadlines: OwnDeadlines;
  readonly audit: ReadingAudit;
  readonly snapshot: () => Promise<DirectorySnapshot>;
}

interface LineRow {
  readonly id: string;
  readonly unit_id: string;
  readonly asked_by: RegisterExtractEntity['askedBy'];
  readonly recorded_at: Date;
  readonly due_at: Date;
  readonly decision: 'RELEASE' | 'REFUSE' | null;
  readonly decided_at: Date | null;
}

const LATEST: Keyset = { instants: ['infinity'], id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Constant, whatever was left out: its presence tells nothing. */
const NOTE = {
  sv: 'Personal anges som funktion och enhet. Poster som också rör någon annan kan vara utelämnade med stöd av offentlighets- och sekretesslagen.',
  en: 'Staff are given as function and unit. Entries that also concern somebody else may be left out under the Public Access to Information and Secrecy Act.',
};

/** A person's right to know who saw her data: asked, decided by the head, and read; each step audited (domain.md B8). */
export class RegisterExtracts {
  constructor(private readonly deps: RegisterExtractsDeps) {}

  /** Takes a request down; it is to be answered within the deadline. Refuses NOT_FOUND and UNKNOWN_SUBJECT. */
  request(caller: Caller, idempotency: Idempotency, body: RequestExtract): Promise<ActRecorded> {
    const { recorder, subjects, deadlines } = this.deps;
    const unit = body.actingUnit;
    return recorder.record({ caller, idempotency, unit, action: 'ask-register-extract' }, async (scope) => {
      const { manager, id, at } = scope;
      const incidentId = await subjects.incident(manager, caller, body.incidentId);
      const subject = await subjects.subject(manager, caller, incidentId, body.subjectId);
      const sealed = await recorder.seal({ id, incidentId, subjectId: subject.id, unit }, [
        said('register-extract', { words: body.words }, subject.id),
      ]);
      await manager.insert(RegisterExtractEntity, {
        ...sealed,
        id,
        incidentId,
        unitId: unit,
        version: 1,
        recordedAt: at,
        recordedBy: caller.person,
        subjectId: subject.id,
        askedBy: body.askedBy,
      });
      await deadlines.open(manager, id, {
        rule: 'register-extract',
        ladder: 'heads',
        startEvent: 'asked',
        startAt: at,
        askedOf: unitId(unit),
      });
      return { version: 1, target: { kind: 'subject', id: subject.id } };
    });
  }

  /** By the unit's head, once. Refuses NOT_FOUND, NOT_YOUR_UNIT and ALREADY_DECIDED. */
  async decide(
    caller: Caller,
    idempotency: Idempotency,
    id: string,
    body: DecideExtract,
  ): Promise<ActRecorded> {
    const { recorder, deadlines } = this.deps;
    const { unitId: unit, incidentId, subjectId } = await this.find(caller, id);
    if (!unitsOf(caller, permission('register-extract.decide').roles).includes(unit))
      refuseAtDoor('NOT_YOUR_UNIT');
    return recorder.record(
      { caller, idempotency, unit, action: 'decide-register-extract' },
      async (scope) => {
        const { manager, at } = scope;
        await lockFor(manager, `register-extract ${id}`);
        if (await manager.existsBy(RegisterExtractDecisionEntity, { extractId: id }))
          refuseAtDoor('ALREADY_DECIDED');
        const sealed = await recorder.seal({ id: scope.id, incidentId, subjectId, unit }, [
          said('register-extract-decision', { decision: body.decision, words: body.words }, subjectId),
        ]);
        await manager.insert(RegisterExtractDecisionEntity, {
          ...sealed,
          id: scope.id,
          incidentId,
          unitId: unit,
          version: 1,
          recordedAt: at,
          recordedBy: caller.person,
          extractId: id,
          decision: body.decision,
        });
        await deadlines.end(manager, id, ['register-extract'], { as: 'met', at });
        return { version: 1, target: { kind: 'subject', id: subjectId } };
      },
    );
  }

  /** What was released, as the audit had it when it was decided. Refuses NOT_FOUND until then. The reading is audited. */
  async extract(caller: Caller, id: string): Promise<RegisterExtract> {
    const { recorder, audit } = this.deps;
    const { unitId: unit, subjectId, askedBy } = await this.find(caller, id);
    const decision = await recorder.as(unit, (manager) =>
      manager.findOneBy(RegisterExtractDecisionEntity, { extractId: id }),
    );
    if (decision?.decision !== 'RELEASE') return refuseAtDoor('NOT_FOUND');
    await audit.record({
      caller,
      unit,
      action: 'read-register-extract',
      target: { kind: 'subject', id: subjectId },
      restsOn: 'head-decision',
    });
    const snapshot = await this.deps.snapshot();
    const until = decision.recordedAt;
    const found = await recorder.as(unit, (manager) =>
      accessesOfSubject(manager, snapshot, { unit, subjectId, until, askedBy }),
    );
    return {
      authority: authorityOf(snapshot, unitId(unit), until),
      madeAt: until.toISOString(),
      ...found,
      note: NOTE,
    };
  }

  /** Requests of one unit of the caller, the latest first. */
  async list(caller: Caller, { unit, after, limit }: PageQuery): Promise<ExtractPage> {
    const { party, recorder } = this.deps;
    const mine = unitsOf(caller, permission('register-extract.prepare').roles);
    const asked = unit ?? mine[0];
    if (asked === undefined || !mine.includes(asked)) return refuseAtDoor('NOT_YOUR_UNIT');
    const { instants, id } = readKeyset(after, LATEST);
    const rows = await recorder.as(
      asked,
      (manager): Promise<LineRow[]> =>
        manager.query(
          `select e.id, e.unit_id, e.asked_by, e.recorded_at, d.decision, d.recorded_at as decided_at,
             (select max(q.due_at) from ${party}.deadline q where q.clock_id = e.id) as due_at
           from ${party}.register_extract e left join ${party}.register_extract_decision d on d.extract_id = e.id
           where e.unit_id = $1 and (e.recorded_at, e.id) < ($2::timestamptz, $3::uuid)
           order by e.recorded_at desc, e.id desc limit $4`,
          [asked, instants[0], id, limit],
        ),
    );
    const last = rows.at(-1);
    return {
      items: rows.map((row) => ({
        extractId: row.id,
        unit: row.unit_id,
        askedBy: row.asked_by,
        askedAt: row.recorded_at.toISOString(),
        dueAt: row.due_at.toISOString(),
        decision: row.decision,
        decidedAt: row.decided_at?.toISOString() ?? null,
      })),
      next:
        rows.length === limit && last !== undefined
          ? writeKeyset({ instants: [last.recorded_at.toISOString()], id: last.id })
          : null,
    };
  }

  private async find(caller: Caller, id: string): Promise<RegisterExtractEntity> {
    for (const unit of unitsOf(caller)) {
      const found = await this.deps.recorder.as(unit, (manager) =>
        manager.findOneBy(RegisterExtractEntity, { id, unitId: unit }),
      );
      if (found !== null) return found;
    }
    return refuseAtDoor('NOT_FOUND');
  }
}
