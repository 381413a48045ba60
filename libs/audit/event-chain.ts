import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from './canonical-json.js';

/**
 * What an event's hash covers: everything stored of it, with instants as ISO strings, sealed content as the digest
 * of its ciphertext and nothing readable. Persons in it are ids.
 */
export interface EventHeader {
  /** The handoff, or the matter, whose chain this is. */
  readonly chainId: string;
  /** 1, 2, 3 … within the chain. */
  readonly seq: number;
  readonly [field: string]: JsonValue;
}

/** An event of a chain as it is stored. */
export interface ChainedEvent {
  readonly header: EventHeader;
  readonly previousHash: string;
  readonly hash: string;
}

/** What the first event of a chain follows: made of the chain's id, so that one chain cannot pass for another. */
export function chainStart(chainId: string): string {
  return createHash('sha256').update(`handslag/event-chain/1\0${chainId}`).digest('hex');
}

/** Hashes an event onto the one before it, or onto the chain's start when `previousHash` is null. */
export function chainEvent(previousHash: string | null, header: EventHeader): ChainedEvent {
  const previous = previousHash ?? chainStart(header.chainId);
  return { header, previousHash: previous, hash: eventHash(previous, header) };
}

export type ChainVerdict =
  | { readonly ok: true; readonly head: string }
  | { readonly ok: false; readonly code: ChainBreak; readonly at: number };

/** `ORDER`: missing, doubled or of another chain; `END`: the head that was witnessed is not there. */
export type ChainBreak = 'ORDER' | 'PREVIOUS_DIFFERS' | 'HASH_DIFFERS' | 'END';

/**
 * Checks a whole chain from its first event and tells the first break by the index of its event. That the end was
 * cut off shows only against a head somebody else kept, as a receipt does: give it as `witnessedHead`.
 */
export function verifyChain(
  chainId: string,
  events: readonly ChainedEvent[],
  witnessedHead?: string,
): ChainVerdict {
  let head = chainStart(chainId);
  let witnessed = witnessedHead === undefined || witnessedHead === head;
  for (const [at, event] of events.entries()) {
    if (event.header.chainId !== chainId || event.header.seq !== at + 1)
      return { ok: false, code: 'ORDER', at };
    if (event.previousHash !== head) return { ok: false, code: 'PREVIOUS_DIFFERS', at };
    if (event.hash !== eventHash(head, event.header)) return { ok: false, code: 'HASH_DIFFERS', at };
    head = event.hash;
    witnessed ||= head === witnessedHead;
  }
  return witnessed ? { ok: true, head } : { ok: false, code: 'END', at: events.length };
}

function eventHash(previousHash: string, header: EventHeader): string {
  return createHash('sha256')
    .update(Buffer.from(previousHash, 'hex'))
    .update(canonicalJson(header))
    .digest('hex');
}
