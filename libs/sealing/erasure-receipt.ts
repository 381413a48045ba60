import { CompactSign, compactVerify, errors } from 'jose';
import { z } from 'zod';
import { canonicalJson } from '#audit';
import type { SigningKey } from './receipt.js';

const SIGNATURE_ALGORITHM = 'ES256';
/** Keeps a receipt of a handoff, signed by the same key, from passing for this one. */
const TYPE = 'handslag-erasure+jws';

const HashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const CountSchema = z.int().min(0);

/** What a disposal did, in counts and digests: it names nobody. */
export const ErasureReceiptSchema = z.strictObject({
  kind: z.literal('erasure'),
  /** The unit whose key signs. */
  iss: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  authority: z.string(),
  disposalId: z.guid(),
  rule: z.string(),
  ruleVersion: z.int(),
  cutOff: z.iso.date(),
  /** Of the list that both persons read. */
  listDigest: HashSchema,
  proposedAt: z.iso.datetime(),
  approvedAt: z.iso.datetime(),
  /** Record time. */
  erasedAt: z.iso.datetime(),
  /** The last day on which a backup of the key store may hold what was erased. */
  backupsGoneBy: z.iso.date(),
  persons: CountSchema,
  skipped: CountSchema,
  contents: CountSchema,
  wraps: CountSchema,
  rows: CountSchema,
  leaves: CountSchema,
  /** Over what there was: ids and digests of ciphertext. */
  before: HashSchema,
  /** Over what is left of the same: ids and the state of each. */
  after: HashSchema,
});
export type ErasureReceipt = z.infer<typeof ErasureReceiptSchema>;

/** Signs what a disposal did: a compact JWS (RFC 7515). Throws when the signer is not its issuer: that is a bug. */
export async function signErasure(key: SigningKey, payload: ErasureReceipt): Promise<string> {
  const receipt = ErasureReceiptSchema.parse(payload);
  if (receipt.iss !== key.unitId)
    throw new Error(`an erasure of ${receipt.iss} is not ${key.unitId}'s to sign`);
  return new CompactSign(Buffer.from(canonicalJson(receipt)))
    .setProtectedHeader({ alg: SIGNATURE_ALGORITHM, kid: key.kid, typ: TYPE })
    .sign(key.privateKey);
}

const KeysSchema = z.object({ keys: z.array(z.object({ kid: z.string(), unit: z.string() }).loose()) });

/** Checks it against the units' published keys (`receiptKeys`), offline; null when it is not what its unit signed. */
export async function verifyErasure(jws: string, publicJwks: unknown): Promise<ErasureReceipt | null> {
  const keys = KeysSchema.safeParse(publicJwks);
  if (!keys.success) return null;
  try {
    const { payload, protectedHeader } = await compactVerify(
      jws,
      ({ kid }) => {
        const key = keys.data.keys.find((candidate) => candidate.kid === kid);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      { algorithms: [SIGNATURE_ALGORITHM] },
    );
    const signer = keys.data.keys.find(({ kid }) => kid === protectedHeader.kid);
    const receipt = ErasureReceiptSchema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')));
    const isIts = receipt.success && signer?.unit === receipt.data.iss && protectedHeader.typ === TYPE;
    return isIts ? receipt.data : null;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) return null;
    throw error;
  }
}
