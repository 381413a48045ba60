import type { DataSource, EntityManager } from 'typeorm';
import { type LoadChanges, readRecords, writeRecords } from './directory-tables.js';
import type { FileRefusal, LoadResult } from './file-refusal.js';
import { LoadEntity } from './record.entity.js';
import { recordNow } from './record-time.js';
import { type DirectoryFromFiles, recordsFromFiles } from './records-from-files.js';

export interface Loaded extends LoadChanges {
  readonly version: string;
  /** False if the tables already held just this: nothing was written. */
  readonly isNew: boolean;
}

const UNCHANGED: LoadChanges = { added: 0, changed: 0, removed: 0 };

/**
 * Loads the directory from a folder of files, in one transaction, as a user who may write the schema. All or nothing:
 * what is wrong is returned with file and line and nothing is written. The same files twice change nothing; a changed
 * file changes just its rows. A unit never disappears, since matters may name it: it is ended with a date.
 */
export async function loadDirectory(dataSource: DataSource, dataFolder: string): Promise<LoadResult<Loaded>> {
  const read = await recordsFromFiles(dataFolder);
  if (!read.ok) return read;
  return dataSource.transaction(async (manager) => {
    // One loader at a time: the difference is taken against what the other has committed.
    await manager.query(`select pg_advisory_xact_lock(hashtext('handslag directory load'))`);
    const last = await latestLoad(manager);
    const { version } = read.value;
    if (last?.version === version) return { ok: true, value: { version, isNew: false, ...UNCHANGED } };
    const removed = await removedUnits(manager, read.value);
    if (removed.length > 0) return { ok: false, refusals: removed };
    const changes = await writeRecords(manager, read.value.records);
    const loadedAt = await recordNow(manager);
    const number = (last?.number ?? 0) + 1;
    await manager.insert(
      LoadEntity,
      read.value.digests.map((digest) => ({ number, version, loadedAt, ...digest })),
    );
    return { ok: true, value: { version, isNew: true, ...changes } };
  });
}

/** The last load, or null if nothing was ever loaded. */
export async function latestLoad(manager: EntityManager): Promise<LoadEntity | null> {
  const [latest] = await manager.find(LoadEntity, { order: { number: 'DESC' }, take: 1 });
  return latest ?? null;
}

async function removedUnits(manager: EntityManager, { records }: DirectoryFromFiles): Promise<FileRefusal[]> {
  const stored = await readRecords(manager);
  const kept = new Set<string>(records.units.map(({ id }) => id));
  return stored.units
    .filter(({ id }) => !kept.has(id))
    .map(({ id }) => ({
      code: 'UNIT_REMOVED',
      file: 'units.csv',
      line: null,
      text: {
        sv: `${id} saknas men är redan inläst. Ta inte bort raden: sätt valid_to.`,
        en: `${id} is missing but was loaded before. Do not delete the row: set valid_to.`,
      },
    }));
}
