import Provider, { type ClientMetadata, type ResourceServer } from 'oidc-provider';
import type { SigningKey } from './signing-key.js';

const CLIENT = 'handslag-web';
const TOKEN_SECONDS = 3_600;
const AUDIENCE = /^https:\/\/handslag\.local\/[a-z]+$/;

/** The audience of a party's service: a token for one is refused by every other. */
export const audienceOf = (party: string): string => `https://handslag.local/${party}`;
export const isAudience = (text: string): boolean => AUDIENCE.test(text);

export interface ProviderOptions {
  readonly issuer: string;
  readonly key: SigningKey;
  readonly cookieKey: string;
  /** Where a browser may be sent back to, by origin. */
  readonly webOrigins: readonly string[];
  readonly isPerson: (id: string) => Promise<boolean>;
}

/** Authorization code with PKCE for browsers; ES256 access tokens (RFC 9068) with one audience each. */
export function createProvider({ issuer, key, cookieKey, webOrigins, isPerson }: ProviderOptions): Provider {
  const client: ClientMetadata = {
    client_id: CLIENT,
    client_name: 'Handslag',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    redirect_uris: webOrigins.map((origin) => `${origin}/callback`),
    post_logout_redirect_uris: webOrigins.map((origin) => `${origin}/`),
  };
  return new Provider(issuer, {
    jwks: { keys: [key] },
    clients: [client],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    cookies: { keys: [cookieKey] },
    scopes: ['openid'],
    acrValues: ['loa3'],
    pkce: { required: () => true },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      IdToken: TOKEN_SECONDS,
      Interaction: 600,
      Grant: 43_200,
      Session: 43_200,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => resourceServer(resource),
        useGrantedResource: () => true,
      },
    },
    findAccount: async (_context, id) =>
      (await isPerson(id)) ? { accountId: id, claims: () => ({ sub: id, acr: 'loa3' }) } : undefined,
    // Who may do what is decided by mandates, not by consent at the issuer: a login grants what the client asked for.
    loadExistingGrant: async ({ oidc }) => {
      if (!oidc.client || !oidc.session?.accountId) return undefined;
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId,
        accountId: oidc.session.accountId,
      });
      grant.addOIDCScope('openid');
      for (const resource of Object.keys(oidc.resourceServers ?? {}))
        grant.addResourceScope(resource, 'openid');
      await grant.save();
      return grant;
    },
    extraTokenClaims: () => ({ acr: 'loa3' }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    clientBasedCORS: (_context, origin) => webOrigins.includes(origin),
  });
}

function resourceServer(audience: string): ResourceServer {
  return {
    scope: 'openid',
    audience,
    accessTokenTTL: TOKEN_SECONDS,
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'ES256' } },
  };
}

/** A person's access token without a browser, for the story, tests and curl. */
export async function issueToken(
  provider: Provider,
  person: string,
  audience: string,
): Promise<{ access_token: string; expires_in: number }> {
  const client = await provider.Client.find(CLIENT);
  if (!client) throw new Error('the issuer lost its only client');
  const token = new provider.AccessToken({
    client,
    accountId: person,
    scope: 'openid',
    extra: { acr: 'loa3' },
    // No grant lies behind it: nobody asked a browser.
    grantId: 'dev-token',
    gty: 'dev-token',
    resourceServer: new provider.ResourceServer(audience, resourceServer(audience)),
  });
  return { access_token: await token.save(), expires_in: TOKEN_SECONDS };
}
