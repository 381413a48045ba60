import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { receiptKeys, signReceipt } from '#sealing';
import { receiptCommand } from './receipt-command.js';

let folder: string;
let jws: string;
const FILE = 'a file that left';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'handslag-receipt-'));
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const unitId = 'socialjouren-stockholm';
  jws = await signReceipt(
    { unitId, kid: 'sign-1', privateKey },
    {
      kind: 'acceptance',
      iss: unitId,
      handoffId: randomUUID(),
      matterId: randomUUID(),
      dispatchId: randomUUID(),
      fromUnit: 'police-globen',
      acceptedAt: '2026-06-05T21:42:00.000Z',
      takenBy: 'case-worker',
      contentDigest: 'ab'.repeat(32),
      chainHead: 'cd'.repeat(32),
    },
  );
  const transfer = await signReceipt(
    { unitId, kid: 'sign-1', privateKey },
    {
      kind: 'transfer',
      iss: unitId,
      exportId: randomUUID(),
      matterId: randomUUID(),
      madeAt: '2026-06-08T08:00:00.000Z',
      madeBy: 'case-worker',
      files: [
        {
          name: 'personakt.pdf',
          mediaType: 'application/pdf',
          bytes: FILE.length,
          sha256: createHash('sha256').update(FILE).digest('hex'),
        },
      ],
    },
  );
  const publicJwk = await exportJWK(publicKey);
  const keys = receiptKeys([{ unitId, kid: 'sign-1', purpose: 'sign', publicJwk }]);
  const [header, payload, signature] = jws.split('.');
  await write('receipt.json', JSON.stringify({ handoffId: randomUUID(), receipt: jws, isAttested: false }));
  await write('bare.jws', `${jws}\n`);
  await write('changed.json', JSON.stringify({ receipt: [header, `${payload}A`, signature].join('.') }));
  await write('transfer.json', JSON.stringify({ exportId: randomUUID(), receipt: transfer }));
  await write('personakt.pdf', FILE);
  await write('changed.pdf', `${FILE} `);
  await write('other.json', '{"hello": "world"}');
  await write('keys.json', JSON.stringify(keys));
  await write('no-keys.json', '{"keys": []}');

  function write(name: string, text: string) {
    return writeFile(path.join(folder, name), text);
  }
});

afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  const lines: string[] = [];
  const problems: string[] = [];
  const code = await receiptCommand(args, folder, {
    line: (text) => void lines.push(text),
    problem: (sentence) => void problems.push(sentence),
  });
  return { code, text: lines.join('\n'), problem: problems.join('\n') };
}

describe('npm run receipt', () => {
  it.each(['receipt.json', 'bare.jws'])('finds %s valid and tells what it states', async (file) => {
    const { code, text } = await run('verify', file, '--keys', 'keys.json');
    expect(code).toBe(0);
    expect(text).toContain(
      'GILTIGT: socialjouren-stockholm (case-worker) tog över ärendet från police-globen',
    );
    expect(text).toContain('ab'.repeat(32));
  });

  it('finds that a file is what a transfer names, and that another is not', async () => {
    const files = (...names: string[]) => names.flatMap((name) => ['--file', name]);
    const right = await run('verify', 'transfer.json', '--keys', 'keys.json', ...files('personakt.pdf'));
    expect(right.code).toBe(0);
    expect(right.text).toContain('GILTIGT: socialjouren-stockholm (case-worker) tog ut ärendet');
    expect(right.text).toContain('personakt.pdf: stämmer med kvittot');
    const wrong = await run(
      'verify',
      'transfer.json',
      '--keys',
      'keys.json',
      '--lang',
      'en',
      ...files('personakt.pdf', 'changed.pdf'),
    );
    expect(wrong.code).toBe(1);
    expect(wrong.text).toContain('changed.pdf: is NOT what the receipt names');
    // A receipt of a handoff names no file.
    expect((await run('verify', 'receipt.json', '--keys', 'keys.json', ...files('personakt.pdf'))).code).toBe(
      1,
    );
    expect((await run('verify', 'transfer.json', '--keys', 'keys.json', ...files('gone.pdf'))).problem).toBe(
      'gone.pdf cannot be read: check the name.',
    );
  });

  it('answers in English, and for machines', async () => {
    expect((await run('verify', 'receipt.json', '--keys', 'keys.json', '--lang', 'en')).text).toMatch(
      /^VALID: /,
    );
    const { text } = await run('verify', 'receipt.json', '--keys', 'keys.json', '--json');
    expect(JSON.parse(text)).toMatchObject({ ok: true, payload: { kind: 'acceptance' } });
  });

  it.each([
    ['changed.json', 'keys.json', /^EJ GILTIGT: .*ändrat/],
    ['receipt.json', 'no-keys.json', /^EJ GILTIGT: .*ny nyckelfil/],
    ['receipt.json', 'other.json', /^EJ GILTIGT: Nyckelfilen/],
    ['other.json', 'keys.json', /^EJ GILTIGT: .*inte ett kvitto/],
  ])('finds %s with %s not valid, says why, and ends with 1', async (receipt, keys, why) => {
    const { code, text } = await run('verify', receipt, '--keys', keys);
    expect({ code, text }).toEqual({ code: 1, text: expect.stringMatching(why) });
  });

  it('ends with 2 and one sentence when nothing could be checked', async () => {
    expect(await run('verify', 'gone.json', '--keys', 'keys.json')).toEqual({
      code: 2,
      text: '',
      problem: 'gone.json cannot be read: check the name.',
    });
    for (const args of [
      [],
      ['verify'],
      ['verify', 'receipt.json'],
      ['sign', 'a', '--keys', 'b'],
      ['verify', '--x'],
    ])
      expect(await run(...args)).toMatchObject({ code: 2, problem: expect.stringMatching(/^Usage: /) });
  });
});
