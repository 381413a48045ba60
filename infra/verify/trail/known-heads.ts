import { Problem } from '../../local/problem.js';
import { readExport } from './export-lines.js';
import type { SignedHead } from './trail-verifier.js';

/**
 * Heads that somebody kept outside of the record: the lines `head` and `kept` of a file, which may be an earlier export, whole or
 * cut down to them. Throws a Problem when there is none: a check against nothing would look like one that passed.
 */
export async function readKnownHeads(file: string): Promise<SignedHead[]> {
  const heads: SignedHead[] = [];
  for await (const line of readExport(file)) {
    if (line.type === 'head' || (line.type === 'kept' && line.verdict === 'consistent')) {
      const { authority, size, root, jws } = line;
      heads.push({ authority, size, root, jws });
    } else if (line.type === 'broken')
      throw new Problem(`Line ${line.number} of ${file} is not one of an export of the audit.`);
  }
  if (heads.length === 0) throw new Problem(`${file} holds no head: keep the lines "head" of an export.`);
  return heads;
}
