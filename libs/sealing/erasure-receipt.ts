import { errors } from 'jose';
import { z } from 'zod';
import {
  openSignature,
  type SigningKey,
  SigningKeysSchema,
  signAsUnit,
  UnitIdSchema,
} from './unit-signature.js';

/** Keeps a receipt of a handoff, signed by the same key, from passing for this one. */
const TYPE = 'handslag-erasure+jws';

const HashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const CountSchema = z.int().min(0);

/** What a disposal did, in counts and digests: it names nobody. */
export const ErasureReceiptSchema = z.strictObject({
  kind: z.literal('erasure'),
  /** The unit whose key signs. */
  iss: UnitIdSchema,
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
  return signAsUnit(key, TYPE, receipt);
}

/** Checks it against the units' published keys (`receiptKeys`), offline; null when it is not what its unit signed. */
export async function verifyErasure(jws: string, publicJwks: unknown): Promise<ErasureReceipt | null> {
  const keys = SigningKeysSchema.safeParse(publicJwks);
  if (!keys.success) return null;
  try {
    const { statement, type, signer } = await openSignature(jws, keys.data);
    const receipt = ErasureReceiptSchema.safeParse(statement);
    const isIts = receipt.success && signer?.unit === receipt.data.iss && type === TYPE;
    return isIts ? receipt.data : null;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) return null;
    throw error;
  }
}
