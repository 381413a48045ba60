import { beforeAll, describe, expect, it } from '@jest/globals';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import {
  signTreeHead,
  type TreeHead,
  type TreePublicKey,
  TreePublicKeySchema,
  type TreeSigningKey,
  verifyTreeHead,
} from './tree-head.js';

const HEAD: TreeHead = {
  kind: 'tree-head',
  authority: 'Farsta stadsdelsnämnd',
  size: 7,
  root: 'ab'.repeat(32),
  sealedAt: '2026-06-05T21:42:00.123Z',
};

async function aKey(kid: string): Promise<TreeSigningKey & { published: TreePublicKey }> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA' };
  return { kid, privateKey, published: TreePublicKeySchema.parse({ kid, publicJwk }) };
}

describe('a signed tree head', () => {
  let ours: Awaited<ReturnType<typeof aKey>>;
  let theirs: Awaited<ReturnType<typeof aKey>>;
  beforeAll(async () => {
    ours = await aKey('one');
    theirs = await aKey('one');
  });

  it('says what was signed, and by which key', async () => {
    const jws = await signTreeHead(ours, HEAD);
    expect(await verifyTreeHead(jws, [ours.published])).toEqual({ ok: true, head: HEAD, kid: 'one' });
  });

  it('is refused of another key, an unknown one, and in another shape', async () => {
    const jws = await signTreeHead(ours, HEAD);
    const code = async (text: string, keys = [ours.published]) => {
      const verdict = await verifyTreeHead(text, keys);
      return verdict.ok ? 'OK' : verdict.code;
    };
    expect(await code(jws, [theirs.published])).toBe('SIGNATURE_DIFFERS');
    expect(await code(jws, [])).toBe('KEY_UNKNOWN');
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const larger = Buffer.from(JSON.stringify({ ...HEAD, size: 8 })).toString('base64url');
    expect(await code([header, larger, signature].join('.'))).toBe('SIGNATURE_DIFFERS');
    expect(await code('nothing')).toBe('NOT_A_HEAD');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', kid: 'one' })).toString('base64url');
    expect(await code(`${unsigned}.${payload}.`)).toBe('NOT_A_HEAD');
    const otherType = await new CompactSign(Buffer.from(JSON.stringify(HEAD)))
      .setProtectedHeader({ alg: 'EdDSA', kid: 'one', typ: 'handslag-receipt+jws' })
      .sign(ours.privateKey);
    expect(await code(otherType)).toBe('NOT_A_HEAD');
  });

  it('is not made of a head that is none', async () => {
    await expect(signTreeHead(ours, { ...HEAD, size: 0 })).rejects.toThrow();
  });
});
