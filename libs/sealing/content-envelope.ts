import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** What an envelope belongs to; authenticated with it, so that it opens nowhere else. */
export interface ContentBinding {
  readonly contentId: string;
  readonly incidentId: string;
  /** Null for facts about the whole incident. */
  readonly subjectId: string | null;
}

/** An envelope as custody stores it. */
export interface Envelope {
  readonly ciphertext: Buffer;
  /** SHA-256 of the ciphertext, hex; what events, receipts and wraps refer to. */
  readonly digest: string;
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES;
/** Lengths are rounded up, so that the size of a row does not tell a short note from a long story. */
const PADDING_BYTES = 512;

/** A content key: 256 random bits, used for one envelope only. */
export function newContentKey(): Buffer {
  return randomBytes(32);
}

/** Encrypts with AES-256-GCM: format ‖ nonce ‖ ciphertext ‖ tag, bound to content, incident and subject. */
export function encryptContent(contentKey: Buffer, binding: ContentBinding, content: object): Envelope {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', contentKey, nonce).setAAD(associatedData(binding));
  const ciphertext = Buffer.concat([
    Buffer.of(FORMAT),
    nonce,
    cipher.update(padded(content)),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { ciphertext, digest: digestOf(ciphertext) };
}

/** The JSON inside, or null when key, binding or a single bit differs. */
export function decryptContent(
  contentKey: Buffer,
  binding: ContentBinding,
  ciphertext: Buffer,
): unknown | null {
  if (ciphertext.length < HEAD_BYTES + TAG_BYTES || ciphertext[0] !== FORMAT) return null;
  const decipher = createDecipheriv('aes-256-gcm', contentKey, ciphertext.subarray(1, HEAD_BYTES))
    .setAAD(associatedData(binding))
    .setAuthTag(ciphertext.subarray(-TAG_BYTES));
  const plaintext = decipher.update(ciphertext.subarray(HEAD_BYTES, -TAG_BYTES));
  try {
    decipher.final();
  } catch {
    return null;
  }
  return JSON.parse(plaintext.toString('utf8'));
}

/** SHA-256 of a ciphertext, hex. */
export function digestOf(ciphertext: Buffer): string {
  return createHash('sha256').update(ciphertext).digest('hex');
}

function associatedData({ contentId, incidentId, subjectId }: ContentBinding): Buffer {
  return Buffer.from(JSON.stringify(['handslag/content', FORMAT, contentId, incidentId, subjectId]));
}

/** JSON may end in spaces, so the padding needs no length of its own. */
function padded(content: object): Buffer {
  const json = Buffer.from(JSON.stringify(content));
  const whole = Buffer.alloc(Math.ceil(json.length / PADDING_BYTES) * PADDING_BYTES, ' ');
  json.copy(whole);
  return whole;
}
