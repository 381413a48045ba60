import { z } from 'zod';
import { type ChainedEvent, type JsonValue, verifyChain } from '#audit';
import { eventHeader } from '#custody';
import { inBatches } from '../../operator/batches.js';
import type { CheckContext } from './context.js';

const EventsSchema = z.array(
  z.object({
    id: z.string(),
    chain_id: z.string(),
    seq: z.number(),
    handoff_id: z.string().nullable(),
    matter_id: z.string(),
    kind: z.string(),
    at: z.date(),
    unit_id: z.string(),
    function: z.string().nullable(),
    reason: z.string().nullable(),
    data: z.record(z.string(), z.json()),
    content_digest: z.string().nullable(),
    previous_hash: z.string(),
    hash: z.string(),
  }),
);
type EventRow = z.infer<typeof EventsSchema>[number];
const IdsSchema = z.array(z.object({ id: z.string() }));

export interface ChainFigures {
  readonly chains: number;
  readonly events: number;
}

/** C7: every chain of events is whole from its first event, and a handoff's ends where the handoff says. */
export async function checkChains({ manager, defects }: CheckContext): Promise<ChainFigures> {
  let chains = 0;
  let events = 0;
  let chainId: string | undefined;
  let chain: ChainedEvent[] = [];
  const close = (): void => {
    if (chainId === undefined) return;
    chains += 1;
    const verdict = verifyChain(chainId, chain);
    if (!verdict.ok) defects.add('C7', `chain ${verdict.code}`, 'chain', chainId);
  };
  const batches = inBatches(manager, {
    sql: `select id, chain_id, seq, handoff_id, matter_id, kind, at, unit_id, function, reason, data, content_digest,
        previous_hash, hash
      from custody.event where (chain_id, seq) > ($1::uuid, $2::integer) order by chain_id, seq limit $3`,
    rows: EventsSchema,
    first: ['00000000-0000-0000-0000-000000000000', 0],
    key: ({ chain_id, seq }) => [chain_id, seq],
  });
  for await (const batch of batches) {
    events += batch.length;
    for (const row of batch) {
      if (row.chain_id !== chainId) {
        close();
        chainId = row.chain_id;
        chain = [];
      }
      chain.push(chained(row));
    }
  }
  close();
  const cut = IdsSchema.parse(
    await manager.query(
      `select h.id from custody.handoff h
       left join lateral (select e.seq, e.hash from custody.event e where e.chain_id = h.id order by e.seq desc limit 1) e on true
       where h.chain_seq <> coalesce(e.seq, 0) or h.chain_head <> coalesce(e.hash, h.chain_head)`,
    ),
  );
  for (const { id } of cut) defects.add('C7', 'chain ends before the handoff does', 'handoff', id);
  return { chains, events };
}

function chained(row: EventRow): ChainedEvent {
  const data: Readonly<Record<string, JsonValue>> = row.data;
  return {
    header: eventHeader({
      id: row.id,
      chainId: row.chain_id,
      seq: row.seq,
      handoffId: row.handoff_id,
      matterId: row.matter_id,
      kind: row.kind,
      at: row.at,
      unitId: row.unit_id,
      function: row.function,
      reason: row.reason,
      data,
      contentDigest: row.content_digest,
    }),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
