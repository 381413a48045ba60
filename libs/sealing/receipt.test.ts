import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign, exportJWK, generateKeyPair, UnsecuredJWT } from 'jose';
import type { PublicUnitKey } from './key-store.port.js';
import { hashCaseNumber, type ReceiptPayload, receiptKeys, signReceipt, verifyReceipt } from './receipt.js';
import type { SigningKey } from './unit-signature.js';

const RECEIVER = 'socialjouren-stockholm';
const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const about = () => ({
  handoffId: randomUUID(),
  matterId: randomUUID(),
  dispatchId: randomUUID(),
  fromUnit: 'police-globen',
  contentDigest: digest('content'),
  chainHead: digest('chain'),
});

function anAcceptance(): Extract<ReceiptPayload, { kind: 'acceptance' }> {
  return {
    kind: 'acceptance',
    iss: RECEIVER,
    ...about(),
    acceptedAt: '2026-06-05T21:42:00.000Z',
    takenBy: 'case-worker',
  };
}

async function aUnit(unitId: string, kid: string): Promise<{ own: SigningKey; published: PublicUnitKey }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256' };
  return { own: { unitId, kid, privateKey }, published: { unitId, kid, purpose: 'sign', publicJwk } };
}
type Unit = Awaited<ReturnType<typeof aUnit>>;

let receiver: Unit;
let old: Unit;
let police: Unit;
let keys: unknown;

beforeAll(async () => {
  receiver = await aUnit(RECEIVER, 'sign-new');
  old = await aUnit(RECEIVER, 'sign-old');
  police = await aUnit('police-globen', 'sign-police');
  // Through JSON, as the file that travels with a receipt.
  keys = JSON.parse(JSON.stringify(receiptKeys([old, receiver, police].map(({ published }) => published))));
});

describe('a receipt', () => {
  it('is valid against the published keys, and says what was signed', async () => {
    const payload = anAcceptance();
    const jws = await signReceipt(receiver.own, payload);
    expect(await verifyReceipt(jws, keys)).toEqual({ ok: true, payload, kid: 'sign-new' });
  });

  it('signed with a key since retired stays valid', async () => {
    const jws = await signReceipt(old.own, anAcceptance());
    expect(await verifyReceipt(jws, keys)).toMatchObject({ ok: true, kid: 'sign-old' });
  });

  it('with any letter of payload or signature changed is not valid', async () => {
    const jws = await signReceipt(receiver.own, anAcceptance());
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const later = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('21:42', '21:12'));
    expect(await verifyReceipt([header, later.toString('base64url'), signature].join('.'), keys)).toEqual({
      ok: false,
      code: 'SIGNATURE_DIFFERS',
    });
    const other = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expect(await verifyReceipt([header, payload, other].join('.'), keys)).toMatchObject({ ok: false });
  });

  it('with an unknown key, without a signature or of another kind is not valid', async () => {
    const stranger = await aUnit(RECEIVER, 'sign-stranger');
    expect(await verifyReceipt(await signReceipt(stranger.own, anAcceptance()), keys)).toEqual({
      ok: false,
      code: 'KEY_UNKNOWN',
    });
    const sign = (payload: object, header: object) =>
      new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'ES256', kid: 'sign-new', ...header })
        .sign(receiver.own.privateKey);
    const notReceipts = [
      new UnsecuredJWT({ ...anAcceptance() }).encode(),
      await sign(anAcceptance(), { typ: 'at+jwt' }),
      await sign({ iss: RECEIVER }, { typ: 'handslag-receipt+jws' }),
      await sign({ ...anAcceptance(), person: 'anna' }, { typ: 'handslag-receipt+jws' }),
      'not.a.jws',
      '',
    ];
    for (const jws of notReceipts) expect(await verifyReceipt(jws, keys)).toMatchObject({ ok: false });
  });

  it('that one unit signed in the name of another is not valid', async () => {
    const jws = await signReceipt({ ...police.own, unitId: RECEIVER }, anAcceptance());
    expect(await verifyReceipt(jws, keys)).toEqual({ ok: false, code: 'KEY_OF_ANOTHER_UNIT' });
    await expect(signReceipt(police.own, anAcceptance())).rejects.toThrow(/not police-globen's to sign/);
  });

  it('names a function: the name of a person is not taken', async () => {
    await expect(
      signReceipt(receiver.own, { ...anAcceptance(), takenBy: 'Anna Andersson' }),
    ).rejects.toThrow();
  });

  it('of a transfer names its files by what they are of, never by whom', async () => {
    const payload: Extract<ReceiptPayload, { kind: 'transfer' }> = {
      kind: 'transfer',
      iss: RECEIVER,
      exportId: randomUUID(),
      matterId: randomUUID(),
      madeAt: '2026-06-08T08:00:00.000Z',
      madeBy: 'case-worker',
      files: [
        { name: 'personakt-1.pdf', mediaType: 'application/pdf', bytes: 9, sha256: digest('a') },
        { name: 'personakt-1.json', mediaType: 'application/json', bytes: 9, sha256: digest('b') },
      ],
    };
    expect(await verifyReceipt(await signReceipt(receiver.own, payload), keys)).toMatchObject({
      ok: true,
      payload,
    });
    const files = payload.files.map((file) => ({ ...file, name: 'Anna Andersson.pdf' }));
    await expect(signReceipt(receiver.own, { ...payload, files })).rejects.toThrow();
  });

  it('is refused when the keys are not keys', async () => {
    const jws = await signReceipt(receiver.own, anAcceptance());
    for (const wrong of [null, {}, { keys: [{}] }, [], 'keys'])
      expect(await verifyReceipt(jws, wrong)).toEqual({ ok: false, code: 'KEYS_MALFORMED' });
  });
});

describe('an attestation for a unit outside', () => {
  it('is signed by the sender and holds the case number only as a salted hash', async () => {
    const { hash, salt } = hashCaseNumber('2026-12345');
    const payload: ReceiptPayload = {
      kind: 'attestation',
      iss: 'police-globen',
      ...about(),
      toUnit: 'huddinge-kommun',
      attestedAt: '2026-06-05T21:50:00.000Z',
      takenAt: '2026-06-05T21:42:00.000Z',
      takenBy: 'duty-officer',
      caseNumberHash: hash,
    };
    const jws = await signReceipt(police.own, payload);
    expect(await verifyReceipt(jws, keys)).toMatchObject({ ok: true, payload });
    expect(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()).not.toContain('12345');
    expect(hashCaseNumber(' 2026-12345 ', salt).hash).toBe(hash);
    expect(hashCaseNumber('2026-12345').hash).not.toBe(hash);
  });
});

describe('the published keys', () => {
  it('hold no private part and no key to wrap to', () => {
    const wrapKey: PublicUnitKey = { ...receiver.published, purpose: 'wrap' };
    expect(receiptKeys([wrapKey]).keys).toEqual([]);
    expect(JSON.stringify(keys)).not.toContain('"d"');
  });
});
