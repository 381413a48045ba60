import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LocalSecrets } from './secrets.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a secret is made once, of 32 bytes, and only its owner may read the file', () => {
  const first = LocalSecrets.open(folder).get('master.rvt');
  expect(Buffer.from(first, 'base64url')).toHaveLength(32);
  expect(LocalSecrets.open(folder).get('master.rvt')).toBe(first);
  expect(LocalSecrets.open(folder).get('master.bou')).not.toBe(first);
  expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('a damaged file is refused and kept, never replaced by new secrets', () => {
  const file = path.join(folder, 'secrets.json');
  writeFileSync(file, '{"postgres": "abc');
  expect(() => LocalSecrets.open(folder)).toThrow(/cannot be read as secrets: put its backup back/);
  expect(readFileSync(file, 'utf8')).toBe('{"postgres": "abc');
});
