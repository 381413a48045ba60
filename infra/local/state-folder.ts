import { chmodSync, mkdirSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf } from './error-code.js';
import { diskIsFull, Problem } from './problem.js';

/** The project's root, from dist/infra/local or, under jest, from infra/local. */
export const projectRoot = (): string => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const up = path.resolve(here, '..', '..');
  return path.basename(up) === 'dist' ? path.dirname(up) : up;
};

/** Where local mode keeps everything: HANDSLAG_STATE, else `.handslag` in the project. */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(environment['HANDSLAG_STATE'] ?? path.join(projectRoot(), '.handslag'));
}

/** Makes the folder and its logs; PostgreSQL may pass through (0711), others may not list. */
export function makeStateFolder(folder: string, leastFreeBytes: number): void {
  try {
    mkdirSync(path.join(folder, 'logs'), { recursive: true });
    chmodSync(folder, 0o711);
    chmodSync(path.join(folder, 'logs'), 0o700);
  } catch (error) {
    const code = codeOf(error);
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) throw error;
    throw new Problem(
      `${folder} cannot be written (${code}): run the command as the owner of the project, or name another folder with HANDSLAG_STATE=<folder>.`,
    );
  }
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < leastFreeBytes) throw diskIsFull(folder);
}
