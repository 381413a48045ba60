import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Needles } from './needles.js';
import { Search, type Searched } from './searched.js';

/** Every file in a folder and below, or one file, read to its end. */
export async function searchFiles(
  place: string,
  root: string,
  needles: Needles,
  trace: string,
): Promise<Searched> {
  const search = new Search(place, needles, trace);
  const files = await filesIn(root);
  for (const file of files) {
    let tail = '';
    for await (const piece of createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
      const text = `${tail}${String(piece)}`;
      search.look(path.basename(file), text);
      tail = text.slice(-needles.longest);
    }
  }
  return search.result(`${files.length} ${files.length === 1 ? 'file' : 'files'}`);
}

async function filesIn(root: string): Promise<string[]> {
  if (!(await stat(root)).isDirectory()) return [root];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
