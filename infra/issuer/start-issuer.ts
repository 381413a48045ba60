import { createServer } from 'node:http';
import { answerProblem } from './answers.js';
import { answer } from './front-door.js';
import type { IssuerConfig } from './issuer-config.js';
import { personasOf } from './personas.js';
import { createProvider } from './provider.js';
import { signingKey } from './signing-key.js';

/** Listens on the configured port of 127.0.0.1; resolves with how to close it. */
export async function startIssuer(config: IssuerConfig): Promise<{ close(): Promise<void> }> {
  const personas = await personasOf(config.DATABASE_URL);
  const provider = createProvider({
    issuer: config.OIDC_ISSUER,
    key: await signingKey(config.HANDSLAG_KEYS_FILE),
    cookieKey: config.HANDSLAG_COOKIE_KEY,
    webOrigins: Object.values(config.HANDSLAG_APP_URLS),
    isPerson: async (id) => (await personas.byPersonId(id)) !== undefined,
  });
  const server = createServer((request, response) => {
    answer({ config, provider, personas }, request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else
        answerProblem(
          response,
          503,
          'UNAVAILABLE',
          'The issuer cannot answer now: see .handslag/logs/issuer.log.',
        );
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, '127.0.0.1', resolve);
  });
  return {
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
      await personas.close();
    },
  };
}
