import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson, type JsonValue } from './canonical-json.js';

/** C7: every command, every reading of sealed content and every refusal. */
export type AuditKind = 'command' | 'reading' | 'refusal';

/** What is to be remembered, before it is hashed. */
export interface AuditEntry {
  /** Record time (DESIGN 7), in milliseconds: finer parts are not kept. */
  readonly at: Date;
  /** The legal body whose tree the leaf belongs to. */
  readonly authority: string;
  /** Null when nobody's unit could be established, as in a refusal for want of a mandate. */
  readonly unitId: string | null;
  /** The id of the person who acted, in the part that can be erased; null when a service acted by itself. */
  readonly person: string | null;
  readonly kind: AuditKind;
  /** The command or reading by its stable name, such as `accept` or `read-content`. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string } | null;
  /** `OK` or the stable code of the refusal. */
  readonly code: string;
  /** Whatever else is about a person (assigned to whom, break-glass reason); never sealed content. */
  readonly detail?: { readonly [key: string]: JsonValue };
}

/** A leaf as it is stored; the keys are the columns of `audit_leaf`. */
export interface AuditLeaf {
  readonly id: string;
  /** The form of header and hash below, so that it can change without touching what is sealed. */
  readonly format: number;
  readonly at: Date;
  readonly authority: string;
  readonly kind: AuditKind;
  readonly action: string;
  readonly target_kind: string | null;
  readonly target_id: string | null;
  readonly unit_id: string | null;
  readonly code: string;
  /** 32 random bytes as hex; null together with `personal` once the person has been erased. */
  readonly salt: string | null;
  readonly personal: string | null;
  readonly personal_hash: string;
  readonly leaf_hash: string;
}

/** The prefix of a leaf in RFC 6962 2.1; a node of the tree has 0x01, so that neither passes for the other. */
const LEAF_PREFIX = Buffer.of(0x00);
const FORMAT = 1;

/**
 * Makes the leaf that is written in the transaction of what it tells of (a refusal: in a second transaction,
 * before the answer). The person goes into the salted part: leaf = H(0x00 ‖ header ‖ H(salt ‖ personal)),
 * so that erasing salt and person later leaves every hash, and the tree above, as it was (DESIGN 3 C7, RFC 6962).
 */
export function makeLeaf(entry: AuditEntry): AuditLeaf {
  const salt = randomBytes(32).toString('hex');
  const personal = canonicalJson({ ...entry.detail, person: entry.person });
  const unhashed = {
    id: randomUUID(),
    format: FORMAT,
    at: entry.at,
    authority: entry.authority,
    kind: entry.kind,
    action: entry.action,
    target_kind: entry.target?.kind ?? null,
    target_id: entry.target?.id ?? null,
    unit_id: entry.unitId,
    code: entry.code,
    personal_hash: personalHash(salt, personal),
  };
  return { ...unhashed, salt, personal, leaf_hash: leafHash(unhashed) };
}

export type LeafVerdict =
  | { readonly ok: true; readonly person: 'present' | 'erased' }
  | { readonly ok: false; readonly code: 'FORMAT_UNKNOWN' | 'PERSON_DIFFERS' | 'LEAF_DIFFERS' };

/** Checks a stored leaf against its own hashes. An erased person does not make it invalid. */
export function verifyLeaf(leaf: AuditLeaf): LeafVerdict {
  if (leaf.format !== FORMAT) return { ok: false, code: 'FORMAT_UNKNOWN' };
  if (leafHash(leaf) !== leaf.leaf_hash) return { ok: false, code: 'LEAF_DIFFERS' };
  if (leaf.salt === null && leaf.personal === null) return { ok: true, person: 'erased' };
  if (leaf.salt === null || leaf.personal === null) return { ok: false, code: 'PERSON_DIFFERS' };
  return personalHash(leaf.salt, leaf.personal) === leaf.personal_hash
    ? { ok: true, person: 'present' }
    : { ok: false, code: 'PERSON_DIFFERS' };
}

function personalHash(salt: string, personal: string): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(personal).digest('hex');
}

function leafHash(leaf: Omit<AuditLeaf, 'salt' | 'personal' | 'leaf_hash'>): string {
  const header = canonicalJson({
    id: leaf.id,
    format: leaf.format,
    at: leaf.at.toISOString(),
    authority: leaf.authority,
    kind: leaf.kind,
    action: leaf.action,
    targetKind: leaf.target_kind,
    targetId: leaf.target_id,
    unitId: leaf.unit_id,
    code: leaf.code,
  });
  return createHash('sha256')
    .update(LEAF_PREFIX)
    .update(header)
    .update(Buffer.from(leaf.personal_hash, 'hex'))
    .digest('hex');
}
