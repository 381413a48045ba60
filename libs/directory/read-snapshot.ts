import type { DataSource } from 'typeorm';
import type { DirectorySnapshot } from '#domain';
import { buildSnapshot } from './build-snapshot.js';
import { readRecords } from './directory-tables.js';
import { latestLoad } from './load-directory.js';

/** Immutable and named by its content, so every reader of the process may share it. */
const snapshots = new Map<string, DirectorySnapshot>();
const KEPT_VERSIONS = 4;

/**
 * The directory as it is loaded now: one round trip if this process has read the version before. Needs a data source
 * over `DIRECTORY_SCHEMA`; any service's role may read. Throws if nothing was ever loaded.
 */
export async function readSnapshot(dataSource: DataSource): Promise<DirectorySnapshot> {
  const load = await latestLoad(dataSource.manager);
  if (load === null) throw new Error('the directory is empty: load it first (npm start does)');
  const known = snapshots.get(load.version);
  if (known !== undefined) return known;
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    // Read again inside the transaction: a load may have come between.
    const version = (await latestLoad(manager))?.version ?? load.version;
    const snapshot = buildSnapshot(await readRecords(manager), version);
    snapshots.set(version, snapshot);
    for (const old of [...snapshots.keys()].slice(0, -KEPT_VERSIONS)) snapshots.delete(old);
    return snapshot;
  });
}
