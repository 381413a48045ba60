import type { EntityManager } from 'typeorm';
import type {
  ActRecorded,
  CaseFileExportPage,
  CaseFileExportView,
  ExportMatter,
  PageQuery,
  TransferReceiptView,
} from '#contracts';
import { recordNow } from '#directory';
import type { ActRecorder } from '../acts/act-recorder.js';
import type { ReadingAudit } from '../audit/reading-audit.js';
import type { Idempotency } from '../http/headers.decorator.js';
import { refuseAtDoor } from '../http/refused.exception.js';
import { type Caller, mandateAt, unitsOf } from '../identity/caller.js';
import type { CustodyReader } from '../record/custody-reader.js';
import { matterFacts } from '../record/facts-reader.js';
import { instantText, readKeyset, writeKeyset } from '../record/keyset.js';
import { CaseFileExportEntity } from './case-file.entities.js';
import type { CaseFileExports, ExportPart } from './case-file-export.service.js';
import type { CaseFileRunner } from './case-file-runner.js';

export interface CaseFileRequestsDeps {
  readonly recorder: ActRecorder;
  readonly reader: CustodyReader;
  readonly audit: ReadingAudit;
  readonly exports: CaseFileExports;
  readonly runner: CaseFileRunner;
}

const FIRST = { instants: ['-infinity'], id: '00000000-0000-0000-0000-000000000000' };

/** Exports to the own case file as people ask for them, find them again and fetch them. */
export class CaseFileRequests {
  constructor(private readonly deps: CaseFileRequestsDeps) {}

  /**
   * Asks for one: an audited reading and a recorded command, then work of the service. The unit holds or held the matter;
   * refuses NOT_FOUND, NOT_YOUR_UNIT.
   */
  async ask(
    caller: Caller,
    idempotency: Idempotency,
    matterId: string,
    { actingUnit: unit }: ExportMatter,
  ): Promise<ActRecorded> {
    const { recorder, audit, runner } = this.deps;
    if (mandateAt(caller, unit) === undefined) return refuseAtDoor('NOT_YOUR_UNIT');
    await recorder.as(unit, (manager) => heldMatter(manager, matterId, unit));
    // All that it has is read for it: committed before anything is opened (C7).
    await audit.record({ caller, unit, action: 'read-export', target: { kind: 'matter', id: matterId } });
    const act = { caller, idempotency, unit, action: 'export-matter' };
    const recorded = await recorder.record(act, async ({ manager, id, at, mandate }) => {
      const matter = await heldMatter(manager, matterId, unit);
      await manager.insert(CaseFileExportEntity, {
        id,
        incidentId: matter.incidentId,
        subjectId: matter.subjectId,
        matterId,
        unitId: unit,
        askedBy: caller.person,
        askedAs: mandate.role,
        askedAt: at,
      });
      return { version: 1, target: { kind: 'matter', id: matterId } };
    });
    runner.wake();
    return recorded;
  }

  /** Of the caller's units, the oldest first. */
  async list(caller: Caller, { unit, after, limit }: PageQuery): Promise<CaseFileExportPage> {
    const units = unitsOf(caller).filter((one) => unit === undefined || one === unit);
    const from = readKeyset(after, FIRST);
    const rows = await this.deps.reader.as(units, (manager) =>
      manager
        .createQueryBuilder(CaseFileExportEntity, 'e')
        .where('e.unitId = any (:units)', { units })
        .andWhere('(e.askedAt, e.id) > (:at::timestamptz, :id::uuid)', { at: from.instants[0], id: from.id })
        .orderBy('e.askedAt')
        .addOrderBy('e.id')
        .limit(limit)
        .getMany(),
    );
    const last = rows.at(-1);
    return {
      items: rows.map(viewOf),
      next:
        rows.length === limit && last !== undefined
          ? writeKeyset({ instants: [instantText(last.askedAt)], id: last.id })
          : null,
    };
  }

  /** Where it stands. Refuses NOT_FOUND. */
  async one(caller: Caller, id: string): Promise<CaseFileExportView> {
    return viewOf(await this.find(caller, id));
  }

  /** The receipt stays after the files are gone. Refuses EXPORT_NOT_READY. */
  async receipt(caller: Caller, id: string): Promise<TransferReceiptView> {
    const { receipt, unitId } = await this.find(caller, id);
    if (receipt === null) return refuseAtDoor('EXPORT_NOT_READY');
    return { exportId: id, receipt, keysAt: `/api/v1/units/${unitId}/keys` };
  }

  /** A finished file, piece by piece; the reading is audited first. Refuses EXPORT_NOT_READY and EXPORT_GONE. */
  async file(caller: Caller, id: string, part: ExportPart): Promise<AsyncIterable<Buffer>> {
    const { exports, audit, reader } = this.deps;
    const job = await this.find(caller, id);
    if (job.state === 'gone') return refuseAtDoor('EXPORT_GONE');
    if (job.state !== 'ready' || job.expiresAt === null) return refuseAtDoor('EXPORT_NOT_READY');
    const now = await reader.as([job.unitId], (manager) => recordNow(manager));
    if (job.expiresAt <= now) {
      await exports.remove(job);
      return refuseAtDoor('EXPORT_GONE');
    }
    await audit.record({
      caller,
      unit: job.unitId,
      action: 'fetch-export',
      target: { kind: 'matter', id: job.matterId },
    });
    async function* pieces(): AsyncIterable<Buffer> {
      yield* exports.read(job, part);
      // Only a file that was sent to its end counts as fetched.
      await exports.fetched(job, part);
    }
    return pieces();
  }

  private async find(caller: Caller, id: string): Promise<CaseFileExportEntity> {
    const found = await this.deps.reader.as(unitsOf(caller), (manager) =>
      manager.findOneBy(CaseFileExportEntity, { id }),
    );
    return found ?? refuseAtDoor('NOT_FOUND');
  }
}

/** The matter, where the unit answers or answered for it: what was only offered to it is not in its file. */
async function heldMatter(manager: EntityManager, matterId: string, unit: string) {
  const [matter] = await matterFacts(manager, [matterId]);
  const held: unknown[] = await manager.query(
    `select 1 from custody.responsibility r where r.matter_id = $1
       and r.unit_id = any ((select custody.line_of(array[$2]))::text[]) limit 1`,
    [matterId, unit],
  );
  return matter === undefined || held.length === 0 ? refuseAtDoor('NOT_FOUND') : matter;
}

function viewOf(job: CaseFileExportEntity): CaseFileExportView {
  return {
    exportId: job.id,
    matterId: job.matterId,
    unit: job.unitId,
    askedAt: job.askedAt.toISOString(),
    state: job.state,
    done: job.done,
    total: job.total,
    readyAt: job.readyAt?.toISOString() ?? null,
    expiresAt: job.expiresAt?.toISOString() ?? null,
    fetched: [
      ...(job.pdfFetchedAt === null ? [] : (['pdf'] as const)),
      ...(job.jsonFetchedAt === null ? [] : (['json'] as const)),
    ],
  };
}
