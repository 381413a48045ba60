import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DirectorySnapshot } from '#domain';
import { buildSnapshot } from './build-snapshot.js';
import type { LoadResult } from './file-refusal.js';
import { recordsFromFiles } from './records-from-files.js';

/** The directory as the files in a folder describe it, without a database; refused whole if anything is wrong. */
export async function snapshotFromFiles(dataFolder: string): Promise<LoadResult<DirectorySnapshot>> {
  const read = await recordsFromFiles(dataFolder);
  if (!read.ok) return read;
  return { ok: true, value: buildSnapshot(read.value.records, read.value.version) };
}

/** The folder of the files that ship with Handslag: beside this file, or in the source tree of a build. */
export async function shippedDataFolder(): Promise<string> {
  const candidates = ['./data/', '../../../libs/directory/data/'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  for (const folder of candidates) {
    const isThere = await access(folder).then(
      () => true,
      () => false,
    );
    if (isThere) return folder;
  }
  throw new Error(
    'the files of the directory (libs/directory/data) are missing: the installation is incomplete',
  );
}
