import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { inBatches } from '../operator/batches.js';
import { EXPORT_FORMAT, type ExportLine, LinesDigest } from '../verify/trail/export-lines.js';
import { type LeafRow, LeafSchema, TrailRows } from '../verify/trail/trail-rows.js';

export interface AuditExport {
  readonly record: DataSource;
  /** Whose trees; all when empty. */
  readonly authorities: readonly string[];
  /** Whether salt and person go with each leaf that still has them. Without, the export proves the same and names nobody. */
  readonly persons: boolean;
  readonly write: (line: string) => Promise<void>;
}

const WaitingSchema = z.array(z.object({ seq: z.string(), leaf: LeafSchema }));

/**
 * Writes the audit of these authorities as lines that can be checked anywhere, without a database (`npm run verify -- --export`):
 * keys, heads, heads that the parties kept, leaves in their positions, and what waits. From one snapshot; the record may be
 * in use.
 */
export async function exportAudit({ record, authorities, persons, write }: AuditExport): Promise<void> {
  const digest = new LinesDigest();
  const put = async (line: Exclude<ExportLine, { type: 'end' }>): Promise<void> => {
    const text = JSON.stringify(line);
    digest.add(text);
    await write(text);
  };
  const exported = (leaf: LeafRow) => ({
    ...leaf,
    at: leaf.at.toISOString(),
    salt: persons ? leaf.salt : null,
    personal: persons ? leaf.personal : null,
  });
  await record.transaction('REPEATABLE READ', async (manager) => {
    await manager.query('set transaction read only');
    const rows = new TrailRows(manager);
    const all = await rows.authorities();
    const wanted = authorities.length === 0 ? all : all.filter((one) => authorities.includes(one));
    const isWanted = ({ authority }: { authority: string }) =>
      authorities.length === 0 || authorities.includes(authority);
    const at = new Date().toISOString();
    await put({ type: 'audit-export', format: EXPORT_FORMAT, at, authorities: wanted, persons });
    for (const key of await rows.keys()) await put({ type: 'key', ...key });
    for await (const heads of rows.heads())
      for (const head of heads.filter(isWanted)) await put({ type: 'head', ...head });
    for await (const heads of rows.kept())
      for (const head of heads.filter(isWanted)) await put({ type: 'kept', ...head });
    // What is gone leaves a gap in the positions, which the check finds.
    for (const authority of wanted)
      for await (const places of rows.places(authority))
        for (const { position, schema, leaf } of places)
          if (leaf !== null) await put({ type: 'leaf', position, schema, leaf: exported(leaf) });
    for (const schema of await rows.schemas()) {
      const waiting = inBatches(manager, {
        sql: `select u.seq, to_jsonb(l) as leaf from ${schema}.audit_unsealed u join ${schema}.audit_leaf l on l.id = u.leaf_id
          where u.seq > $1::bigint and not exists (
            select 1 from audit.tree_leaf t where t.leaf_id = l.id and t.schema_name = '${schema}')
          order by u.seq limit $2`,
        rows: WaitingSchema,
        first: ['0'],
        key: ({ seq }) => [seq],
      });
      for await (const batch of waiting)
        for (const { leaf } of batch)
          if (isWanted(leaf)) await put({ type: 'unsealed', schema, leaf: exported(leaf) });
    }
    await write(JSON.stringify(digest.end()));
  });
}
