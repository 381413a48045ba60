import { createHash, randomBytes } from 'node:crypto';
import { errors, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { PublicUnitKey } from './key-store.port.js';
import {
  openSignature,
  SIGNATURE_ALGORITHM,
  type SigningKey,
  SigningKeysSchema,
  signAsUnit,
  UnitIdSchema,
} from './unit-signature.js';

/** Keeps a token or anything else signed by the same key from passing for a receipt. */
const TYPE = 'handslag-receipt+jws';

const HashSchema = z.string().regex(/^[0-9a-f]{64}$/);
/** A function by its code; the shape leaves no room for a person's name, which has capitals and a space. */
const FunctionNameSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(60);

const about = {
  handoffId: z.guid(),
  matterId: z.guid(),
  dispatchId: z.guid(),
  fromUnit: UnitIdSchema,
  contentDigest: HashSchema,
  /** The hash of the handoff's last event: with it the chain cannot be cut short or rewritten unseen. */
  chainHead: HashSchema,
};

/** The receiving unit states that it took the matter. */
export const AcceptanceReceiptSchema = z.strictObject({
  kind: z.literal('acceptance'),
  /** The unit that took it, and whose key signs. */
  iss: UnitIdSchema,
  ...about,
  /** Record time. */
  acceptedAt: z.iso.datetime(),
  takenBy: FunctionNameSchema,
});

/** The sending unit states what a unit outside Handslag told it; it stays responsible (DESIGN 2, Receipt). */
export const AttestationReceiptSchema = z.strictObject({
  kind: z.literal('attestation'),
  /** The sender, who attests, and whose key signs. */
  iss: UnitIdSchema,
  ...about,
  toUnit: UnitIdSchema,
  attestedAt: z.iso.datetime(),
  /** When the function outside took it, as told. */
  takenAt: z.iso.datetime(),
  takenBy: FunctionNameSchema,
  /** Of the case number there; the number and its salt are sealed content. */
  caseNumberHash: HashSchema,
});

/** A file that left for the authority's own case file, as it left. */
const TransferredFileSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9.-]{1,80}$/),
  mediaType: z.enum(['application/pdf', 'application/json']),
  bytes: z.int().min(1),
  sha256: HashSchema,
});

/** The unit states which files it took out of a matter for its authority's own case file (personakt). */
export const TransferReceiptSchema = z.strictObject({
  kind: z.literal('transfer'),
  /** The unit that took it out, and whose key signs. */
  iss: UnitIdSchema,
  exportId: z.guid(),
  matterId: z.guid(),
  /** Record time. */
  madeAt: z.iso.datetime(),
  /** By which function; the person is in the audit. */
  madeBy: FunctionNameSchema,
  files: z.array(TransferredFileSchema).min(1).max(10),
});

export const ReceiptPayloadSchema = z.discriminatedUnion('kind', [
  AcceptanceReceiptSchema,
  AttestationReceiptSchema,
  TransferReceiptSchema,
]);
export type ReceiptPayload = z.infer<typeof ReceiptPayloadSchema>;

/** A receipt as `GET /handoffs/{id}/receipt` hands it over. */
export const ReceiptDocumentSchema = z.object({ receipt: z.string() });

/** Signs a receipt: a compact JWS (RFC 7515). Throws when the signer is not its issuer: that is a bug. */
export async function signReceipt(key: SigningKey, payload: ReceiptPayload): Promise<string> {
  const receipt = ReceiptPayloadSchema.parse(payload);
  return signAsUnit(key, TYPE, receipt);
}

/** The public keys as a JWK Set (RFC 7517) with the unit of each, for whoever checks receipts offline. */
export function receiptKeys(keys: readonly PublicUnitKey[]): JSONWebKeySet {
  return {
    keys: keys
      .filter(({ purpose }) => purpose === 'sign')
      .map(({ unitId, kid, publicJwk }) => ({
        ...publicJwk,
        kid,
        alg: SIGNATURE_ALGORITHM,
        use: 'sig',
        unit: unitId,
      })),
  };
}

export type ReceiptVerdict =
  | { readonly ok: true; readonly payload: ReceiptPayload; readonly kid: string }
  | {
      readonly ok: false;
      readonly code:
        | 'NOT_A_RECEIPT'
        | 'KEYS_MALFORMED'
        | 'KEY_UNKNOWN'
        | 'SIGNATURE_DIFFERS'
        | 'KEY_OF_ANOTHER_UNIT';
    };

/**
 * Checks a receipt against the units' published keys, offline. Valid means that the unit it names signed exactly
 * this; who may be trusted to publish the keys is for the reader to know.
 */
export async function verifyReceipt(jws: string, publicJwks: unknown): Promise<ReceiptVerdict> {
  const keys = SigningKeysSchema.safeParse(publicJwks);
  if (!keys.success) return { ok: false, code: 'KEYS_MALFORMED' };
  try {
    const { statement, type, signer } = await openSignature(jws, keys.data);
    const receipt = ReceiptPayloadSchema.safeParse(statement);
    if (!signer || !receipt.success || type !== TYPE) return { ok: false, code: 'NOT_A_RECEIPT' };
    if (signer.unit !== receipt.data.iss) return { ok: false, code: 'KEY_OF_ANOTHER_UNIT' };
    return { ok: true, payload: receipt.data, kid: signer.kid };
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) return { ok: false, code: 'KEY_UNKNOWN' };
    if (error instanceof errors.JWSSignatureVerificationFailed)
      return { ok: false, code: 'SIGNATURE_DIFFERS' };
    if (error instanceof errors.JOSEError || error instanceof SyntaxError)
      return { ok: false, code: 'NOT_A_RECEIPT' };
    throw error;
  }
}

/** Hashes the case number at a unit outside; salted, since case numbers can be guessed. Both parts are to be sealed. */
export function hashCaseNumber(caseNumber: string, salt = randomBytes(16).toString('hex')) {
  const hash = createHash('sha256').update(Buffer.from(salt, 'hex')).update(caseNumber.trim()).digest('hex');
  return { salt, hash };
}
