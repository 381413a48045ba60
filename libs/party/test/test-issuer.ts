import { createServer, type Server } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TokenWish {
  readonly audience?: string;
  readonly issuer?: string;
  readonly expiresAt?: number;
  readonly type?: string;
  readonly key?: CryptoKey;
  readonly algorithm?: string;
}

/** An issuer that signs what a test wishes and serves its keys like any other. */
export interface TestIssuer {
  readonly url: string;
  token(person: string, wish?: TokenWish): Promise<string>;
  stop(): Promise<void>;
}

export const TEST_AUDIENCE = 'https://handslag.test/party';

/** Listens on a free port of this machine. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }] };
  let url = '';
  const server: Server = createServer((request, response) => {
    const body = request.url === '/jwks' ? jwks : { issuer: url, jwks_uri: `${url}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    token: (person, wish = {}) =>
      new SignJWT({})
        .setProtectedHeader({ alg: wish.algorithm ?? 'ES256', kid: 'test', typ: wish.type ?? 'at+jwt' })
        .setSubject(person)
        .setIssuer(wish.issuer ?? url)
        .setAudience(wish.audience ?? TEST_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(wish.expiresAt ?? Math.floor(Date.now() / 1000) + 300)
        .sign(wish.key ?? privateKey),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
