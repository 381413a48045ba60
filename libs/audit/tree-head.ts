import { CompactSign, type CryptoKey, compactVerify, errors } from 'jose';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.js';

const SIGNATURE_ALGORITHM = 'EdDSA';
/** Keeps anything else signed by the same key from passing for a head. */
const TYPE = 'handslag-tree-head+jws';

/** What the sealer states: at this instant the tree of this authority had this many leaves and this root. */
export const TreeHeadSchema = z.strictObject({
  kind: z.literal('tree-head'),
  authority: z.string().min(1),
  size: z.int().min(1),
  root: z.string().regex(/^[0-9a-f]{64}$/),
  /** Wall time (DESIGN 7: signatures are of wall time). */
  sealedAt: z.iso.datetime(),
});
export type TreeHead = z.infer<typeof TreeHeadSchema>;

/** The sealer's key in use. */
export interface TreeSigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

/** A public key of the sealer: an Ed25519 JWK (RFC 8037). */
export const TreePublicKeySchema = z.object({
  kid: z.string().min(1),
  publicJwk: z.strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string().min(1),
    kid: z.string().min(1),
    alg: z.literal(SIGNATURE_ALGORITHM),
  }),
});
export type TreePublicKey = z.infer<typeof TreePublicKeySchema>;

/** Signs a head: a compact JWS (RFC 7515), Ed25519 (RFC 8037). */
export async function signTreeHead({ kid, privateKey }: TreeSigningKey, head: TreeHead): Promise<string> {
  return new CompactSign(Buffer.from(canonicalJson(TreeHeadSchema.parse(head))))
    .setProtectedHeader({ alg: SIGNATURE_ALGORITHM, kid, typ: TYPE })
    .sign(privateKey);
}

export type TreeHeadVerdict =
  | { readonly ok: true; readonly head: TreeHead; readonly kid: string }
  | { readonly ok: false; readonly code: 'NOT_A_HEAD' | 'KEY_UNKNOWN' | 'SIGNATURE_DIFFERS' };

/**
 * Checks a signed head against the sealer's public keys, offline. Valid means that the sealer signed exactly this; that it
 * signed nothing else of that size shows only against heads that somebody else kept.
 */
export async function verifyTreeHead(jws: string, keys: readonly TreePublicKey[]): Promise<TreeHeadVerdict> {
  try {
    const { payload, protectedHeader } = await compactVerify(
      jws,
      ({ kid }) => {
        const key = keys.find((candidate) => candidate.kid === kid);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key.publicJwk;
      },
      { algorithms: [SIGNATURE_ALGORITHM] },
    );
    const head = TreeHeadSchema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')));
    if (!head.success || protectedHeader.typ !== TYPE || protectedHeader.kid === undefined)
      return { ok: false, code: 'NOT_A_HEAD' };
    return { ok: true, head: head.data, kid: protectedHeader.kid };
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return { ok: false, code: 'KEY_UNKNOWN' };
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return { ok: false, code: 'SIGNATURE_DIFFERS' };
    if (error instanceof errors.JOSEError || error instanceof SyntaxError)
      return { ok: false, code: 'NOT_A_HEAD' };
    throw error;
  }
}
