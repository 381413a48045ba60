import { randomBytes } from 'node:crypto';
import type { PartyService, TestDatabase } from '#database';
import { type PartyConfig, readPartyConfig } from '../config/party-config.schema.js';
import { TEST_AUDIENCE, type TestIssuer } from './test-issuer.js';

/** A whole configuration over a test database and issuer; Temporal and Redis are away unless said. */
export function testConfig(
  party: PartyService,
  database: TestDatabase,
  issuer: TestIssuer,
  given: NodeJS.ProcessEnv = {},
): PartyConfig {
  const key = () => randomBytes(32).toString('base64');
  return readPartyConfig({
    DATABASE_URL: database.urlFor(party),
    KEYS_DATABASE_URL: database.urlFor(party),
    REDIS_URL: 'redis://127.0.0.1:1',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    PORT: '0',
    OIDC_ISSUER: issuer.url,
    OIDC_AUDIENCE: TEST_AUDIENCE,
    HANDSLAG_LOCAL: 'true',
    HANDSLAG_MASTER_KEY: key(),
    HANDSLAG_PAYLOAD_KEY: randomBytes(32).toString('base64url'),
    HANDSLAG_ID_KEY: key(),
    HANDSLAG_NOTICE_KEY: key(),
    LOG_LEVEL: 'error',
    ...given,
  });
}
