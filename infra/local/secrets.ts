import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { codeOf } from './error-code.js';
import { Problem } from './problem.js';

const SecretsSchema = z.record(z.string(), z.string().min(1));

/** The secrets of local mode: made on first use, kept in a file that only its owner reads, passed on by environment only. */
export class LocalSecrets {
  readonly #file: string;
  readonly #values: Record<string, string>;

  private constructor(file: string, values: Record<string, string>) {
    this.#file = file;
    this.#values = values;
  }

  static open(folder: string): LocalSecrets {
    const file = path.join(folder, 'secrets.json');
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return new LocalSecrets(file, {});
      throw error;
    }
    const parsed = SecretsSchema.safeParse(parseJson(text));
    if (!parsed.success) {
      throw new Problem(
        `${file} cannot be read as secrets: put its backup back, or delete the folder ${folder} to begin afresh (what is stored there is lost).`,
      );
    }
    return new LocalSecrets(file, parsed.data);
  }

  /** 32 random bytes, base64url, the same for a name ever after. */
  get(name: string): string {
    const known = this.#values[name];
    if (known !== undefined) return known;
    const made = randomBytes(32).toString('base64url');
    this.#values[name] = made;
    this.#write();
    return made;
  }

  /** Without these the data cannot be read, so the old file stays until the new one is on the disk. */
  #write(): void {
    const handle = openSync(`${this.#file}.new`, 'w', 0o600);
    try {
      writeFileSync(handle, `${JSON.stringify(this.#values, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
