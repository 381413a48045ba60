import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { AccessTokens } from './access-tokens.service.js';

const SETTINGS = { issuer: 'https://issuer.test', audience: 'https://handslag.test' };

async function checkOf(subject: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] });
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'k', typ: 'at+jwt' })
    .setSubject(subject)
    .setIssuer(SETTINGS.issuer)
    .setAudience(SETTINGS.audience)
    .setExpirationTime('5m')
    .sign(privateKey);
  return new AccessTokens(SETTINGS, keys).check(`Bearer ${token}`);
}

describe('a signed token', () => {
  it('proves the person that it names', async () => {
    expect(await checkOf('p-0ea932f0eb8e3226')).toEqual({ outcome: 'person', person: 'p-0ea932f0eb8e3226' });
  });

  it.each(['service:rvt', 'service:', ''])('makes nobody a service: %j', async (subject) => {
    expect((await checkOf(subject)).outcome).toBe('refused');
  });
});
