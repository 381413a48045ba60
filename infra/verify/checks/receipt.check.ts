import type { DataSource } from 'typeorm';
import { z } from 'zod';
import {
  PostgresKeyStore,
  type PublicUnitKey,
  type ReceiptPayload,
  receiptKeys,
  verifyReceipt,
} from '#sealing';
import { inBatches } from '../../operator/batches.js';
import type { CheckContext } from './context.js';

const ReceiptsSchema = z.array(
  z.object({
    handoff_id: z.string(),
    kind: z.enum(['signed', 'attested']),
    jws: z.string(),
    matter_id: z.string(),
    dispatch_id: z.string(),
    from_unit: z.string(),
    to_unit: z.string(),
    phase: z.string(),
    accepted_at: z.date().nullable(),
    attested_at: z.date().nullable(),
    digest: z.string(),
    heads: z.array(z.string()),
  }),
);
type ReceiptRow = z.infer<typeof ReceiptsSchema>[number];

/** C7: every receipt is signed by the unit that it names, and says what the record says of an accepted handoff. */
export async function checkReceipts({ manager, defects }: CheckContext, keys: DataSource): Promise<number> {
  const byUnit = new Map<string, PublicUnitKey[]>();
  for (const key of await new PostgresKeyStore(keys).signingKeys()) {
    byUnit.set(key.unitId, [...(byUnit.get(key.unitId) ?? []), key]);
  }
  let receipts = 0;
  const batches = inBatches(manager, {
    sql: `select r.handoff_id, r.kind, r.jws, h.matter_id, h.dispatch_id, h.from_unit, h.to_unit, h.phase, h.accepted_at,
        h.attested_at, c.digest,
        array(select e.hash from custody.event e where e.chain_id = h.id and e.at = r.issued_at) as heads
      from custody.receipt r join custody.handoff h on h.id = r.handoff_id join custody.content c on c.id = h.content_id
      where r.handoff_id > $1 order by r.handoff_id limit $2`,
    rows: ReceiptsSchema,
    first: ['00000000-0000-0000-0000-000000000000'],
    key: ({ handoff_id }) => [handoff_id],
    size: 500,
  });
  for await (const batch of batches) {
    receipts += batch.length;
    for (const row of batch) {
      const issuer = row.kind === 'signed' ? row.to_unit : row.from_unit;
      const verdict = await verifyReceipt(row.jws, receiptKeys(byUnit.get(issuer) ?? []));
      if (!verdict.ok) defects.add('C7', `receipt ${verdict.code}`, 'handoff', row.handoff_id);
      else if (!saysTheSame(verdict.payload, row))
        defects.add('C7', 'receipt says something else than the record', 'handoff', row.handoff_id);
    }
  }
  return receipts;
}

function saysTheSame(receipt: ReceiptPayload, row: ReceiptRow): boolean {
  // A transfer is of files that left, never of a handoff.
  if (receipt.kind === 'transfer') return false;
  const isAboutIt =
    receipt.handoffId === row.handoff_id &&
    receipt.matterId === row.matter_id &&
    receipt.dispatchId === row.dispatch_id &&
    receipt.fromUnit === row.from_unit &&
    receipt.contentDigest === row.digest &&
    row.heads.includes(receipt.chainHead) &&
    row.phase === 'accepted';
  switch (receipt.kind) {
    case 'acceptance':
      return (
        isAboutIt &&
        row.kind === 'signed' &&
        receipt.iss === row.to_unit &&
        receipt.acceptedAt === row.accepted_at?.toISOString()
      );
    case 'attestation':
      return (
        isAboutIt &&
        row.kind === 'attested' &&
        receipt.iss === row.from_unit &&
        receipt.toUnit === row.to_unit &&
        receipt.attestedAt === row.attested_at?.toISOString()
      );
  }
}
