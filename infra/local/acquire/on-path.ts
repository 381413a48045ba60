import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Version of a program on the PATH as numbers, or undefined if it is not there or does not say. */
export async function versionOnPath(
  program: string,
  pattern: RegExp,
): Promise<readonly number[] | undefined> {
  const said = await promisify(execFile)(program, ['--version'], { timeout: 10_000 }).catch(() => undefined);
  const found = said && pattern.exec(said.stdout)?.[1];
  return found ? found.split('.').map(Number) : undefined;
}

export function isAtLeast(version: readonly number[], wanted: readonly number[]): boolean {
  for (const [index, least] of wanted.entries()) {
    const part = version[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
