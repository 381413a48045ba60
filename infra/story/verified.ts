import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Language } from './stage/language.js';
import { expectTold } from './stage/not-as-told.js';
import type { WriteLine } from './stage/timeline.js';

/** What `npm run verify` says of the record that the story was written into. Throws NotAsTold when anything does not hold. */
export async function verified(language: Language, write: WriteLine): Promise<void> {
  const program = path.join(import.meta.dirname, '..', 'verify', 'main.js');
  const child = spawn(process.execPath, [program, '--lang', language], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child, 'close');
  for (const line of said.trimEnd().split('\n')) write(line === '' ? '' : `  ${line}`);
  expectTold(child.exitCode === 0, 'npm run verify to find that all holds', child.exitCode);
}
