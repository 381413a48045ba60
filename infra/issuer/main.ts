// The embedded issuer and front page of local mode, on port 4100. In production any broker at LoA 3 takes its place.
import { createServer } from 'node:http';
import { answerProblem } from './answers.js';
import { answer } from './front-door.js';
import { readIssuerConfig } from './issuer-config.js';
import { personasOf } from './personas.js';
import { createProvider } from './provider.js';
import { signingKey } from './signing-key.js';

const config = readIssuerConfig(process.env);
const personas = personasOf(config.DATABASE_URL);
const provider = createProvider({
  issuer: config.OIDC_ISSUER,
  key: await signingKey(config.HANDSLAG_KEYS_FILE),
  cookieKey: config.HANDSLAG_COOKIE_KEY,
  webOrigins: Object.values(config.HANDSLAG_APP_URLS),
  isPerson: async (id) => (await personas.find(id)) !== undefined,
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
server.listen(config.PORT, '127.0.0.1');

process.once('SIGTERM', () => {
  server.close(() => void personas.close().then(() => process.exit(0)));
  server.closeIdleConnections();
});
