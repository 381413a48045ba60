import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diagramFiles } from '#domain';

/** Writes every drawn document into the folder; answers with the paths written. */
export async function writeDiagrams(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const { name, content } of diagramFiles()) {
    const path = join(folder, name);
    await writeFile(path, content);
    written.push(path);
  }
  return written;
}

/** The documents in the folder that do not read as the domain's data say; a missing one counts. */
export async function staleDiagrams(folder: string): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { name, content } of diagramFiles()) {
    const found = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (found !== content) stale.push(name);
  }
  return stale;
}
