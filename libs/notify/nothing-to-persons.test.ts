import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ROOMS = ['apps', 'libs', 'activities', 'workflows'];

/** The few places that may speak to the world outside, all of them about functions. */
const SENDERS = ['libs/notify/', 'apps/courier/notify/', 'apps/coordination/'];
/** What can carry words out of a process. */
const CARRIES = /from 'nodemailer'|from 'node:(?:https?|tls|dgram)'|\bcreateConnection\(|\bfetch\(/;
/** Not to anybody: an issuer's keys, a port that is knocked on, a health check that is answered. */
const NOT_TO_ANYBODY = [
  'libs/party/identity/access-tokens.service.ts',
  'libs/party/health/',
  'apps/courier/health/',
  'libs/temporal/',
];

function sources(): { file: string; text: string }[] {
  return ROOMS.flatMap((room) =>
    readdirSync(path.join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .map((file) => path.posix.join(room, file.split(path.sep).join('/')))
      .filter(
        (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/\/(?:test|fixtures)\//.test(file),
      )
      .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') })),
  );
}

describe('Handslag itself sends nothing to the persons', () => {
  const all = sources();
  const isSender = ({ file }: { file: string }) => SENDERS.some((folder) => file.startsWith(folder));

  it('has no way out but the senders of notices to functions', () => {
    const others = all
      .filter(
        (source) => !isSender(source) && !NOT_TO_ANYBODY.some((folder) => source.file.startsWith(folder)),
      )
      .filter(({ text }) => CARRIES.test(text))
      .map(({ file }) => file);
    expect(others).toEqual([]);
    expect(all.filter(isSender).some(({ text }) => CARRIES.test(text))).toBe(true);
  });

  it('gives its senders nothing of a person: no content, no safe contact, no identity', () => {
    const reaching = all
      .filter(isSender)
      .filter(({ text }) =>
        /from '#sealing'[^;]*Sealing\b|safe-contact|safeContact|KnownAnswer|ContentVault|custody\.content\b|personal-number/.test(
          text,
        ),
      )
      .map(({ file }) => file);
    expect(reaching).toEqual([]);
  });

  it('has addresses of functions only: the notice has no field that a person could be written in', () => {
    const notice = all.find(({ file }) => file === 'libs/notify/notice.ts')?.text ?? '';
    const [, body = ''] = /export interface Notice \{([\s\S]*?)\n\}/.exec(notice) ?? [];
    const fields = [...body.matchAll(/readonly (\w+): ([^;]+);/g)].map(
      ([, name, type]) => `${name}: ${type}`,
    );
    expect(fields.length).toBeGreaterThan(4);
    expect(fields.filter((field) => /: (?:string|unknown|object|Record)/.test(field))).toEqual([]);
  });
});
