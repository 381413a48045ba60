import { CompactSign, compactVerify, errors } from 'jose';
import { z } from 'zod';
import { canonicalJson, type JsonValue } from '#audit';
import type { UnitPrivateKey } from './unit-private-keys.js';

export const SIGNATURE_ALGORITHM = 'ES256';

export const UnitIdSchema = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);

/** The key with which a unit signs now. */
export interface SigningKey {
  readonly unitId: string;
  readonly kid: string;
  readonly privateKey: UnitPrivateKey;
}

/** Public keys as published; `unit` is ours: it ties a key to the only unit whose statements it may sign. */
export const SigningKeysSchema = z.object({
  keys: z.array(z.object({ kid: z.string(), unit: UnitIdSchema }).loose()),
});

/**
 * Signs a statement of a unit: a compact JWS (RFC 7515), whose type keeps one kind of statement from passing for another.
 * Throws when the signer is not its issuer: that is a bug.
 */
export function signAsUnit(
  key: SigningKey,
  type: string,
  statement: JsonValue & { readonly iss: string },
): Promise<string> {
  if (statement.iss !== key.unitId)
    throw new Error(`a statement of ${statement.iss} is not ${key.unitId}'s to sign`);
  return new CompactSign(Buffer.from(canonicalJson(statement)))
    .setProtectedHeader({ alg: SIGNATURE_ALGORITHM, kid: key.kid, typ: type })
    .sign(key.privateKey);
}

/** What was signed, not yet read by a schema, and by whose key. Throws jose's errors, and a SyntaxError for what is no JSON. */
export async function openSignature(jws: string, { keys }: z.infer<typeof SigningKeysSchema>) {
  const { payload, protectedHeader } = await compactVerify(
    jws,
    ({ kid }) => {
      const key = keys.find((candidate) => candidate.kid === kid);
      if (!key) throw new errors.JWKSNoMatchingKey();
      return key;
    },
    { algorithms: [SIGNATURE_ALGORITHM] },
  );
  const statement: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
  const signer = keys.find(({ kid }) => kid === protectedHeader.kid);
  return { statement, type: protectedHeader.typ, signer };
}
