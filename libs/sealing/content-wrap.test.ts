import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { newContentKey } from './content-envelope.js';
import { unwrapContentKey, wrapContentKey } from './content-wrap.js';

async function aUnit(unitId: string, kid = `wrap-${unitId}`) {
  const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { crv: 'X25519' });
  return { unitId, kid, publicJwk: await exportJWK(publicKey), privateKey };
}

const aKey = () => ({ contentKey: newContentKey(), digest: 'ab'.repeat(32) });

describe('a wrap', () => {
  it('gives its unit the content key and the digest it was made for', async () => {
    const unit = await aUnit('bou-farsta');
    const key = aKey();
    const wrap = await wrapContentKey(randomUUID(), key, unit);
    expect(await unwrapContentKey(wrap, unit.privateKey)).toEqual(key);
  });

  it('does not open with the key of another unit, nor with a rotated one of the same kid', async () => {
    const wrap = await wrapContentKey(randomUUID(), aKey(), await aUnit('bou-farsta'));
    expect(await unwrapContentKey(wrap, (await aUnit('bou-skarpnack')).privateKey)).toBeNull();
    expect(await unwrapContentKey(wrap, (await aUnit('bou-farsta')).privateKey)).toBeNull();
  });

  it('does not pass for a wrap of another content, unit or key', async () => {
    const unit = await aUnit('bou-farsta');
    const wrap = await wrapContentKey(randomUUID(), aKey(), unit);
    for (const passedFor of [{ contentId: randomUUID() }, { unitId: 'bou-skarpnack' }, { kid: 'wrap-new' }])
      expect(await unwrapContentKey({ ...wrap, ...passedFor }, unit.privateKey)).toBeNull();
  });

  it('does not open when its header was rewritten', async () => {
    const unit = await aUnit('bou-farsta');
    const wrap = await wrapContentKey(randomUUID(), aKey(), unit);
    const [header = '', ...rest] = wrap.jwe.split('.');
    const rewritten = { ...JSON.parse(Buffer.from(header, 'base64url').toString()), digest: 'cd'.repeat(32) };
    const jwe = [Buffer.from(JSON.stringify(rewritten)).toString('base64url'), ...rest].join('.');
    expect(await unwrapContentKey({ ...wrap, jwe }, unit.privateKey)).toBeNull();
  });

  it('that is no wrap at all is refused and not thrown', async () => {
    const unit = await aUnit('bou-farsta');
    for (const jwe of ['', 'x', 'a.b.c.d.e', 'e30.e30.e30.e30.e30'])
      expect(
        await unwrapContentKey(
          { contentId: randomUUID(), unitId: unit.unitId, kid: unit.kid, jwe },
          unit.privateKey,
        ),
      ).toBeNull();
  });
});
