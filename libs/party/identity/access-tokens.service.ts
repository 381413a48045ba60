import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** What was wrong with a token, for the security log alone: the caller is told nothing of it. */
export type TokenFault =
  | 'no-token'
  | 'malformed'
  | 'expired'
  | 'claims'
  | 'algorithm'
  | 'signature'
  | 'unknown-key';

/** What a bearer token proved, or why it proved nothing. */
export type TokenCheck =
  | { readonly outcome: 'person'; readonly person: string }
  | { readonly outcome: 'refused'; readonly fault: TokenFault }
  | { readonly outcome: 'issuer-away' };

export interface AccessTokenSettings {
  readonly issuer: string;
  readonly audience: string;
}

const BEARER = /^Bearer ([A-Za-z0-9._~+/-]{20,8192}=*)$/i;

/**
 * Checks access tokens of the configured issuer: ES256 only, type `at+jwt`, right issuer and audience, not
 * expired (wall time; ten seconds of leeway). Every bad token gives the same answer, so nothing is learnt by trying.
 */
export class AccessTokens {
  #keys: JWTVerifyGetKey | undefined;

  constructor(
    private readonly settings: AccessTokenSettings,
    keys?: JWTVerifyGetKey,
  ) {
    this.#keys = keys;
  }

  /** Checks the value of an `Authorization` header. Never throws. */
  async check(authorization: string | undefined): Promise<TokenCheck> {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token === undefined)
      return { outcome: 'refused', fault: authorization === undefined ? 'no-token' : 'malformed' };
    try {
      const { payload } = await jwtVerify(token, await this.keys(), {
        issuer: this.settings.issuer,
        audience: this.settings.audience,
        algorithms: ['ES256'],
        typ: 'at+jwt',
        clockTolerance: 10,
        requiredClaims: ['sub', 'exp'],
      });
      return isPerson(payload.sub)
        ? { outcome: 'person', person: payload.sub }
        : { outcome: 'refused', fault: 'claims' };
    } catch (error) {
      return isBadToken(error) ? { outcome: 'refused', fault: faultOf(error) } : { outcome: 'issuer-away' };
    }
  }

  /** Whether the issuer's keys can be had; for readiness. */
  async reachable(): Promise<boolean> {
    try {
      await this.keys();
      return true;
    } catch {
      return false;
    }
  }

  private async keys(): Promise<JWTVerifyGetKey> {
    this.#keys ??= createRemoteJWKSet(await this.jwksUri(), { timeoutDuration: 3000 });
    return this.#keys;
  }

  private async jwksUri(): Promise<URL> {
    const issuer = this.settings.issuer.replace(/\/$/, '');
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(3000),
    });
    const found: unknown = await answer.json();
    if (typeof found !== 'object' || found === null || !('jwks_uri' in found)) {
      throw new Error('the issuer names no keys');
    }
    return new URL(String(found.jwks_uri));
  }
}

/** A service names itself `service:<party>` in the audit; no token makes a person one. */
function isPerson(subject: string | undefined): subject is string {
  return subject !== undefined && subject !== '' && !subject.startsWith('service:');
}

function isBadToken(error: unknown): error is errors.JOSEError {
  return (
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    // A bare JOSEError is what jose throws when the key set answers with another status than 200.
    error.code !== 'ERR_JOSE_GENERIC'
  );
}

function faultOf(error: errors.JOSEError): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return 'claims';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown-key';
  return 'malformed';
}
