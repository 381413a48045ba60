import { randomUUID } from 'node:crypto';
import { type AuditLeaf, chainEvent, chainStart, type JsonValue } from '#audit';
import type { Actor, ContentId, CustodyChanges, HandoffId, IncidentId, SubjectId, UnitId } from '#domain';
import type { ReceiptPayload, SigningKey } from '#sealing';
import { signReceipt } from '#sealing';
import type { LockedFacts } from './command-facts.schema.js';

/** Content that was sealed before the transaction; only its ciphertext and digest get here. */
export interface SealedContent {
  readonly id: ContentId;
  readonly incidentId: IncidentId;
  readonly subjectId: SubjectId | null;
  readonly handoffId: HandoffId | null;
  readonly kind: 'facts' | 'referral' | 'sealed-apart' | 'answer' | 'note' | 'assessment';
  readonly toUnit: UnitId;
  readonly ciphertext: Buffer;
  readonly digest: string;
}

/** What was locked, as far as the writing needs it: ids and the heads of the chains. */
interface WrittenAbout {
  readonly matters: readonly Pick<LockedFacts['matters'][number], 'id' | 'chain'>[];
  readonly handoffs: LockedFacts['handoffs'];
}

export interface WriteInput {
  readonly command: string;
  readonly actor: Actor;
  readonly at: Date;
  readonly facts: WrittenAbout;
  readonly changes: CustodyChanges;
  readonly contents: readonly SealedContent[];
  readonly previews: readonly { id: string; incidentId: IncidentId; plan: unknown; expiresAt: Date }[];
  readonly idempotency: { scope: string; key: string; bodyHmac: string; response: unknown } | null;
  readonly audit: AuditLeaf;
  readonly signingKey: SigningKey | null;
  /** Hashes of case numbers outside, per attested handoff. */
  readonly caseNumberHash: string | null;
}

/** The second round trip's argument: the decided changes, chained, signed and addressed. */
export async function custodyWrite(input: WriteInput): Promise<Record<string, unknown>> {
  const { actor, at, changes, facts } = input;
  const chained = chain(input);
  return {
    command: input.command,
    actor,
    at,
    matterIds: facts.matters.map(({ id }) => id),
    contents: input.contents.map(({ ciphertext, ...content }) => ({
      ...content,
      ciphertext: ciphertext.toString('base64'),
    })),
    previews: input.previews,
    ...changes,
    handoffsSent: changes.handoffsSent.map((sent) => ({ ...sent, chainHead: chainStart(sent.id) })),
    events: chained.events,
    disclosures: changes.disclosures.map((one) => ({ id: randomUUID(), ...one })),
    notifications: changes.notifications.map((one) => ({ id: randomUUID(), ...one })),
    receipts: await receipts(input, chained.heads),
    idempotency: input.idempotency ?? undefined,
    audit: input.audit,
  };
}

/** Each event is hashed onto the one before it in its handoff's or matter's chain; persons stay outside the hash. */
function chain({ actor, at, changes, facts }: WriteInput) {
  const heads = new Map<string, { seq: number; head: string }>();
  for (const { id, chainSeq, chainHead } of facts.handoffs) heads.set(id, { seq: chainSeq, head: chainHead });
  for (const { id, chain: last } of facts.matters) if (last !== null) heads.set(id, last);
  const events = changes.events.map((event) => {
    const chainId = event.chain === 'handoff' && event.handoffId !== null ? event.handoffId : event.matterId;
    const last = heads.get(chainId);
    const id = randomUUID();
    const header = eventHeader({
      ...event,
      id,
      chainId,
      seq: (last?.seq ?? 0) + 1,
      at,
      unitId: actor.unit,
    });
    const { previousHash, hash } = chainEvent(last?.head ?? null, header);
    heads.set(chainId, { seq: header.seq, head: hash });
    return { ...event, id, chainId, seq: header.seq, previousHash, hash };
  });
  return { events, heads };
}

/** What an event's hash covers, the same when it is written and when it is verified. */
export function eventHeader(event: {
  id: string;
  chainId: string;
  seq: number;
  handoffId: string | null;
  matterId: string;
  kind: string;
  at: Date;
  unitId: string;
  function: string | null;
  reason: string | null;
  data: Readonly<Record<string, JsonValue>>;
  contentDigest: string | null;
}) {
  return {
    chainId: event.chainId,
    seq: event.seq,
    id: event.id,
    handoffId: event.handoffId,
    matterId: event.matterId,
    kind: event.kind,
    at: event.at.toISOString(),
    unitId: event.unitId,
    function: event.function,
    reason: event.reason,
    data: { ...event.data },
    contentDigest: event.contentDigest,
  };
}

async function receipts(input: WriteInput, heads: ReadonlyMap<string, { head: string }>) {
  const { facts, changes, signingKey, at } = input;
  return Promise.all(
    changes.receipts.map(async ({ handoffId, kind, function: takenBy, attestation }) => {
      const handoff = facts.handoffs.find(({ id }) => id === handoffId);
      const head = heads.get(handoffId)?.head;
      if (handoff === undefined || head === undefined)
        throw new Error('a receipt for a handoff that was not locked');
      if (signingKey === null) throw new Error(`unit ${input.actor.unit} has no signing key`);
      const about = {
        handoffId: handoff.id,
        matterId: handoff.matterId,
        dispatchId: handoff.dispatchId,
        fromUnit: handoff.fromUnit,
        contentDigest: handoff.contentDigest,
        chainHead: head,
      };
      const payload: ReceiptPayload =
        kind === 'attested' && attestation !== null
          ? {
              kind: 'attestation',
              iss: handoff.fromUnit,
              ...about,
              toUnit: handoff.toUnit,
              attestedAt: at.toISOString(),
              takenAt: attestation.at.toISOString(),
              takenBy: attestation.function,
              caseNumberHash: input.caseNumberHash ?? '',
            }
          : { kind: 'acceptance', iss: handoff.toUnit, ...about, acceptedAt: at.toISOString(), takenBy };
      return { handoffId, kind, jws: await signReceipt(signingKey, payload) };
    }),
  );
}
