import { createHash, type Hash, randomUUID } from 'node:crypto';
import type { Logger } from '@temporalio/common';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLeafEntity, makeLeaf } from '#audit';
import { recordNow } from '#directory';
import {
  AUTHORITY_LAW,
  authorityOf,
  type DirectorySnapshot,
  insightAuthorityOf,
  instantInWords,
  MATTER_KINDS,
  SUBJECT_ROLES,
  unitId,
  unitWithId,
} from '#domain';
import { type ReceiptPayload, signReceipt } from '#sealing';
import type { PartyName } from '../party.port.js';
import { asUnits } from '../record/as-units.js';
import { matterFacts, subjectRoles } from '../record/facts-reader.js';
import type { PartySealing } from '../sealing/party-sealing.js';
import { CaseFileChunkEntity, CaseFileExportEntity } from './case-file.entities.js';
import { asDocumentSection } from './case-file.js';
import { CaseFileJson } from './case-file-json.js';
import type { CaseFileReader } from './case-file-reader.js';
import type { DocumentHead, DocumentSection } from './paged-document.js';
import { writePdfA } from './pdf-a.js';

export interface CaseFileExportsDeps {
  readonly party: PartyName;
  readonly database: DataSource;
  readonly sealing: PartySealing;
  readonly reader: CaseFileReader;
  readonly directory: {
    snapshot(): Promise<DirectorySnapshot>;
    unitsOf(party: string): Promise<string[]>;
  };
  readonly log: Logger;
}

export type ExportPart = 'pdf' | 'json';

/** Whoever dies over an export leaves it to another after this long; each progress moves it. */
const LEASE_SECONDS = 60;
const MOST_ATTEMPTS = 5;
/** A finished export that nobody fetches is removed (issue 4). */
const KEPT_HOURS = 24;
const CHUNK_BYTES = 256 * 1024;
const PROGRESS_EVERY = 10;

/**
 * Makes the files of exports in this service, one export at a time and a piece at a time: the longest case takes no more
 * memory than a short one but for its pages. Each piece is sealed to the unit under a key of its own.
 */
export class CaseFileExports {
  constructor(private readonly deps: CaseFileExportsDeps) {}

  /** Makes what waits; answers how many it made. */
  async work(): Promise<number> {
    let made = 0;
    for (let job = await this.claim(); job !== null; job = await this.claim()) {
      if (await this.make(job)) made += 1;
    }
    return made;
  }

  /** Removes files that were fetched whole or are older than a day; answers how many exports. */
  async sweep(): Promise<number> {
    const units = await this.deps.directory.unitsOf(this.deps.party);
    const old = await this.as(units, (manager) =>
      manager
        .createQueryBuilder(CaseFileExportEntity, 'e')
        .where(`e.state = 'ready' and e.expiresAt <= directory.record_now()`)
        .getMany(),
    );
    for (const one of old) await this.remove(one);
    return old.length;
  }

  /** The pieces of a file in their order, opened one at a time. */
  async *read(job: CaseFileExportEntity, part: ExportPart): AsyncIterable<Buffer> {
    for (let seq = 0; ; seq += 1) {
      const chunk = await this.as([job.unitId], (manager) =>
        manager.findOneBy(CaseFileChunkEntity, { exportId: job.id, part, seq }),
      );
      if (chunk === null) return;
      const opened = await this.deps.sealing.sealing.open({
        contentId: chunk.contentId,
        incidentId: job.incidentId,
        subjectId: job.subjectId,
        ciphertext: chunk.ciphertext,
        unitId: job.unitId,
      });
      if (!opened.ok) throw new Error(`a piece of export ${job.id} does not open: ${opened.code}`);
      const [field] = opened.value.fields;
      if (typeof field?.value !== 'string') throw new Error(`a piece of export ${job.id} is empty`);
      yield Buffer.from(field.value, 'base64');
    }
  }

  /** After a file was fetched; once both were, they are removed at once. */
  async fetched(job: CaseFileExportEntity, part: ExportPart): Promise<void> {
    const after = await this.as([job.unitId], async (manager) => {
      const at = await recordNow(manager);
      await manager.update(
        CaseFileExportEntity,
        { id: job.id },
        part === 'pdf' ? { pdfFetchedAt: at } : { jsonFetchedAt: at },
      );
      return manager.findOneByOrFail(CaseFileExportEntity, { id: job.id });
    });
    if (after.pdfFetchedAt !== null && after.jsonFetchedAt !== null) await this.remove(after);
  }

  /** Takes the files away: the wraps first, so that nothing opens whatever happens to the rows. */
  async remove(job: CaseFileExportEntity): Promise<void> {
    await this.removePieces(job);
    await this.as([job.unitId], (manager) =>
      manager.update(CaseFileExportEntity, { id: job.id, state: 'ready' }, { state: 'gone' }),
    );
  }

  private async claim(): Promise<CaseFileExportEntity | null> {
    const units = await this.deps.directory.unitsOf(this.deps.party);
    return this.as(units, async (manager) => {
      const table = `${this.deps.party}.case_file_export`;
      const [rows]: [{ id: string }[], number] = await manager.query(
        `update ${table} e set state = 'working', attempts = e.attempts + 1,
           try_after = clock_timestamp() + make_interval(secs => $1)
         where e.id = (select w.id from ${table} w
           where w.state in ('waiting', 'working') and w.try_after <= clock_timestamp()
           order by w.try_after, w.id limit 1 for update skip locked)
         returning e.id`,
        [LEASE_SECONDS],
      );
      const [claimed] = rows;
      return claimed === undefined ? null : manager.findOneByOrFail(CaseFileExportEntity, { id: claimed.id });
    });
  }

  private async make(job: CaseFileExportEntity): Promise<boolean> {
    try {
      await this.removePieces(job);
      await this.write(job);
      return true;
    } catch (error) {
      const isLast = job.attempts >= MOST_ATTEMPTS;
      this.deps.log.warn('export.failed', { exportId: job.id, attempts: job.attempts, error });
      await this.as([job.unitId], (manager) =>
        manager.update(
          CaseFileExportEntity,
          { id: job.id },
          isLast ? { state: 'failed', failedCode: 'UNEXPECTED' } : { state: 'waiting' },
        ),
      );
      return false;
    }
  }

  private async write(job: CaseFileExportEntity): Promise<void> {
    const { reader } = this.deps;
    const of = {
      matterId: job.matterId,
      incidentId: job.incidentId,
      subjectId: job.subjectId,
      unit: job.unitId,
    };
    const { head, persons, madeAt } = await this.headOf(job);
    const total = await reader.count(of);
    let done = 0;
    await this.progress(job, done, total);
    const opened = async () => {
      done += 1;
      if (done % PROGRESS_EVERY === 0) await this.progress(job, done, total);
    };
    const pdf = new SealedPart(job, 'pdf', this.deps);
    const json = new SealedPart(job, 'json', this.deps);
    const text = new CaseFileJson((chunk) => json.write(chunk));
    await text.begin(head, { exportId: job.id, matterId: job.matterId, unit: job.unitId });
    async function* drawn(): AsyncIterable<DocumentSection> {
      for await (const section of reader.sections(of, { persons, madeAt }, opened)) {
        await text.section(section);
        yield asDocumentSection(section, 'sv', (entry) => text.entry(entry));
        await text.endSection();
      }
    }
    await writePdfA(head, drawn(), (chunk) => pdf.write(chunk));
    await text.end();
    const files = [await pdf.end(), await json.end()];
    await this.finish(job, { files, total, madeAt });
  }

  /** The files are whole: the receipt is signed, and the export can be fetched for a day. */
  private async finish(
    job: CaseFileExportEntity,
    { files, total, madeAt }: { files: WrittenFile[]; total: number; madeAt: Date },
  ): Promise<void> {
    const key = await this.deps.sealing.unitKeys.signingKey(job.unitId);
    if (key === null) throw new Error(`${job.unitId} has no key to sign with`);
    const receipt: ReceiptPayload = {
      kind: 'transfer',
      iss: job.unitId,
      exportId: job.id,
      matterId: job.matterId,
      madeAt: madeAt.toISOString(),
      madeBy: job.askedAs,
      files: files.map((file) => ({ ...file })),
    };
    const jws = await signReceipt(key, receipt);
    const snapshot = await this.deps.directory.snapshot();
    await this.as([job.unitId], async (manager) => {
      const at = await recordNow(manager);
      await manager.update(
        CaseFileExportEntity,
        { id: job.id },
        {
          state: 'ready',
          done: total,
          total,
          receipt: jws,
          readyAt: at,
          expiresAt: new Date(at.getTime() + KEPT_HOURS * 3_600_000),
        },
      );
      await manager.insert(
        AuditLeafEntity,
        makeLeaf({
          at,
          authority: authorityOf(snapshot, unitId(job.unitId), at),
          unitId: job.unitId,
          person: job.askedBy,
          kind: 'command',
          action: 'export-made',
          target: { kind: 'matter', id: job.matterId },
          code: 'OK',
        }),
      );
    });
  }

  private async headOf(job: CaseFileExportEntity) {
    const snapshot = await this.deps.directory.snapshot();
    return this.as([job.unitId], async (manager) => {
      const [matter] = await matterFacts(manager, [job.matterId]);
      if (matter === undefined) throw new Error(`matter ${job.matterId} cannot be seen by ${job.unitId}`);
      const roles = await subjectRoles(manager, job.incidentId);
      const madeAt = await recordNow(manager);
      const unit = unitWithId(snapshot, unitId(job.unitId));
      const kind = MATTER_KINDS[matter.kind].label.sv;
      const { section } = AUTHORITY_LAW[insightAuthorityOf(this.deps.party)].secrecy;
      const head: DocumentHead = {
        title: 'Uttag till personakt',
        subtitle: `${kind}, ${SUBJECT_ROLES[matter.subjectRole].sv.toLowerCase()}`,
        facts: [
          ['Enhet', unit?.name ?? job.unitId],
          ['Ärende', job.matterId],
          ['Öppnat', instantInWords(matter.openedAt, 'sv')],
          ['Avslutat', matter.closedAt === null ? 'Nej' : instantInWords(matter.closedAt, 'sv')],
          ['Uttaget', instantInWords(madeAt, 'sv')],
          ['Uttag', job.id],
        ],
        notice:
          `Sekretess kan gälla för uppgifterna (OSL ${section}). Det som ska hållas hemligt för någon är märkt vid ` +
          'uppgiften. Pröva varje uppgift innan den lämnas ut.',
        foot: `Personakt · ${unit?.name ?? job.unitId} · ${job.matterId}`,
        language: 'sv',
        madeAt,
      };
      // Nobody outside reads this: protection decides nothing here, only whose file it is.
      const persons = [...roles].map(([id, role]) => ({
        id,
        role,
        protectedStatus: 'unknown' as const,
        age: null,
      }));
      return { head, persons, madeAt };
    });
  }

  private progress(job: CaseFileExportEntity, done: number, total: number): Promise<unknown> {
    return this.as([job.unitId], (manager) =>
      manager.query(
        `update ${this.deps.party}.case_file_export set done = least($2::int, $3::int), total = $3,
           try_after = clock_timestamp() + make_interval(secs => $4) where id = $1 and state = 'working'`,
        [job.id, done, total, LEASE_SECONDS],
      ),
    );
  }

  private async removePieces(job: CaseFileExportEntity): Promise<void> {
    const pieces = await this.as([job.unitId], (manager) =>
      manager.find(CaseFileChunkEntity, { select: { contentId: true }, where: { exportId: job.id } }),
    );
    if (pieces.length === 0) return;
    const ids = pieces.map(({ contentId }) => contentId);
    await this.deps.sealing.store.eraseWraps(ids, [job.unitId]);
    await this.as([job.unitId], (manager) => manager.delete(CaseFileChunkEntity, { exportId: job.id }));
  }

  private as<Value>(
    units: readonly string[],
    run: (manager: EntityManager) => Promise<Value>,
  ): Promise<Value> {
    return asUnits(this.deps.database, units, run);
  }
}

interface WrittenFile {
  readonly name: string;
  readonly mediaType: 'application/pdf' | 'application/json';
  readonly bytes: number;
  readonly sha256: string;
}

/** One of the files on its way: hashed as it is written, sealed piece by piece. */
class SealedPart {
  readonly #hash: Hash = createHash('sha256');
  #waiting: Buffer[] = [];
  #size = 0;
  #bytes = 0;
  #seq = 0;

  constructor(
    private readonly job: CaseFileExportEntity,
    private readonly part: ExportPart,
    private readonly deps: Pick<CaseFileExportsDeps, 'database' | 'sealing'>,
  ) {}

  async write(chunk: Buffer): Promise<void> {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    this.#waiting.push(chunk);
    this.#size += chunk.length;
    if (this.#size >= CHUNK_BYTES) await this.seal();
  }

  async end(): Promise<WrittenFile> {
    if (this.#size > 0) await this.seal();
    return {
      name: fileName(this.job.id, this.part),
      mediaType: MEDIA_TYPES[this.part],
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
    };
  }

  private async seal(): Promise<void> {
    const { id, incidentId, subjectId, unitId: unit } = this.job;
    const contentId = randomUUID();
    const value = Buffer.concat(this.#waiting).toString('base64');
    this.#waiting = [];
    this.#size = 0;
    const sealed = await this.deps.sealing.sealing.seal({
      contentId,
      incidentId,
      subjectId,
      content: {
        form: 'case-file-piece',
        version: 1,
        fields: [{ field: this.part, value, concerns: [], source: 'handslag', keepFrom: [] }],
      },
      forUnits: [unit],
    });
    if (!sealed.ok) throw new Error(`a piece cannot be sealed to ${unit}: ${sealed.code}`);
    const { ciphertext } = sealed.value;
    await asUnits(this.deps.database, [unit], async (manager) => {
      await manager.insert(CaseFileChunkEntity, {
        exportId: id,
        part: this.part,
        seq: this.#seq,
        contentId,
        unitId: unit,
        ciphertext,
      });
    });
    this.#seq += 1;
  }
}

export const MEDIA_TYPES = { pdf: 'application/pdf', json: 'application/json' } as const;

/** The name of a file tells nothing but which export it is of. */
export function fileName(exportId: string, part: ExportPart): string {
  return `personakt-${exportId}.${part}`;
}
