import { chmodSync, existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { closedTo, embeddedPrograms, enterableFolder } from './postgres-folders.js';

const STRANGER = { uid: 54_321, gid: 54_321 };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'handslag-folders-'));
  chmodSync(folder, 0o711);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder on the way that another user may not pass is named', async () => {
  const closed = path.join(folder, 'home');
  mkdirSync(path.join(closed, 'project'), { recursive: true });
  chmodSync(closed, 0o700);
  expect(await closedTo(STRANGER, path.join(closed, 'project', 'data'))).toBe(closed);
  chmodSync(closed, 0o711);
  expect(await closedTo(STRANGER, path.join(closed, 'project', 'data'))).toBeUndefined();
});

test('data move to a folder PostgreSQL may enter, one per project', async () => {
  chmodSync(folder, 0o700);
  const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'handslag-elsewhere-'));
  chmodSync(elsewhere, 0o711);
  try {
    const [one, other] = await Promise.all([
      enterableFolder(STRANGER, path.join(folder, 'one', 'postgres'), elsewhere),
      enterableFolder(STRANGER, path.join(folder, 'other', 'postgres'), elsewhere),
    ]);
    expect(path.dirname(one)).toBe(elsewhere);
    expect(one).not.toBe(other);
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test('where there is no such folder, one sentence says what to do', async () => {
  chmodSync(folder, 0o700);
  await expect(enterableFolder(STRANGER, path.join(folder, 'a'), path.join(folder, 'b'))).rejects.toThrow(
    /may not enter .*: move the project, "chmod o\+x" that folder, or name a folder it may enter with HANDSLAG_POSTGRES_FOLDER/,
  );
});

test('links that the install left out are made again, and closed programs are copied out', async () => {
  const native = path.join(folder, 'closed', 'package', 'native');
  mkdirSync(path.join(native, 'lib'), { recursive: true });
  mkdirSync(path.join(native, 'bin'));
  writeFileSync(path.join(native, 'bin', 'postgres'), '');
  writeFileSync(path.join(native, 'lib', 'libicu.so.60.2'), '');
  const links = [{ source: 'native/lib/libicu.so.60.2', target: 'native/lib/libicu.so.60' }];
  writeFileSync(path.join(native, 'pg-symlinks.json'), JSON.stringify(links));

  expect(await embeddedPrograms(undefined, path.dirname(native))).toBe(path.join(native, 'bin'));
  expect(readlinkSync(path.join(native, 'lib', 'libicu.so.60'))).toBe('libicu.so.60.2');

  chmodSync(path.join(folder, 'closed'), 0o700);
  process.env['HANDSLAG_POSTGRES_FOLDER'] = path.join(folder, 'open');
  const copied = await embeddedPrograms(STRANGER, path.dirname(native)).finally(() => {
    delete process.env['HANDSLAG_POSTGRES_FOLDER'];
  });
  expect(path.dirname(path.dirname(copied))).toBe(path.join(folder, 'open'));
  expect(existsSync(path.join(copied, '..', 'lib', 'libicu.so.60'))).toBe(true);
});
