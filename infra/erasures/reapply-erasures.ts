import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { PostgresKeyStore } from '#sealing';
import { inBatches } from '../operator/batches.js';

export interface ReapplyReport {
  /** Contents that disposals made unreadable, each for its unit. */
  readonly disposed: number;
  /** Of these, wraps that are in the key store: a backup from before the erasure brought them back. */
  readonly back: number;
  /** How many of those were erased again; 0 unless asked for. */
  readonly erasedAgain: number;
  /** Disposals that the key store knows and the record does not: the record is the older one, and they are decided anew. */
  readonly unknown: readonly string[];
}

export interface ReapplyOptions {
  /** As a role that may read every schema. */
  readonly record: DataSource;
  /** As a role that may write the key store. */
  readonly keys: DataSource;
  readonly apply: boolean;
}

const SchemasSchema = z.array(z.object({ schema: z.string().regex(/^[a-z]+$/) }));
const DisposedSchema = z.array(
  z.object({ content_id: z.string(), unit_id: z.string(), disposal_id: z.string() }),
);
type Disposed = z.infer<typeof DisposedSchema>[number];
const CountSchema = z.tuple([z.object({ back: z.number() })]);
const IdsSchema = z.array(z.object({ id: z.string() }));

/**
 * Holds the key store against what the record says was erased, as after a restore; with `apply` erases again what came back. Harmless
 * to repeat. Run it before the services start (docs/operating.md).
 */
export async function reapplyErasures({ record, keys, apply }: ReapplyOptions): Promise<ReapplyReport> {
  const store = new PostgresKeyStore(keys);
  let [disposed, back, erasedAgain] = [0, 0, 0];
  for (const table of await tablesOf(record)) {
    const batches = inBatches(record.manager, {
      sql: `select content_id, unit_id, disposal_id from ${table}
        where (content_id, unit_id) > ($1::uuid, $2::text) order by content_id, unit_id limit $3`,
      rows: DisposedSchema,
      first: ['00000000-0000-0000-0000-000000000000', ''],
      key: ({ content_id, unit_id }) => [content_id, unit_id],
    });
    for await (const batch of batches) {
      disposed += batch.length;
      back += await wrapsOf(keys, batch);
      if (apply) erasedAgain += await eraseAgain(store, batch);
    }
  }
  return { disposed, back, erasedAgain, unknown: await unknownToRecord(record, keys) };
}

/** What a party's own features sealed is written down in its schema, beside what was in custody. */
async function tablesOf(record: DataSource): Promise<string[]> {
  const schemas = SchemasSchema.parse(
    await record.query(
      `select table_schema as schema from information_schema.tables where table_name = 'disposal_content' order by 1`,
    ),
  );
  return schemas.map(({ schema }) => `${schema}.disposal_content`);
}

async function wrapsOf(keys: DataSource, batch: readonly Disposed[]): Promise<number> {
  const [{ back }] = CountSchema.parse(
    await keys.query(
      `select count(*)::int as back from keys.wrap w join unnest($1::uuid[], $2::text[]) as d(content_id, unit_id)
       on w.content_id = d.content_id and w.unit_id = d.unit_id`,
      [batch.map(({ content_id }) => content_id), batch.map(({ unit_id }) => unit_id)],
    ),
  );
  return back;
}

async function eraseAgain(store: PostgresKeyStore, batch: readonly Disposed[]): Promise<number> {
  let erased = 0;
  for (const disposalId of new Set(batch.map(({ disposal_id }) => disposal_id))) {
    const pairs = batch
      .filter(({ disposal_id }) => disposal_id === disposalId)
      .map(({ content_id, unit_id }) => ({ contentId: content_id, unitId: unit_id }));
    erased += await store.disposeWraps(pairs, disposalId);
  }
  return erased;
}

async function unknownToRecord(record: DataSource, keys: DataSource): Promise<string[]> {
  const known = IdsSchema.parse(
    await keys.query(
      'select distinct disposal_id::text as id from keys.erased_wrap where disposal_id is not null order by 1',
    ),
  );
  const missing = IdsSchema.parse(
    await record.query(
      `select k.id::text as id from unnest($1::uuid[]) k(id)
       where not exists (select 1 from custody.disposal d where d.id = k.id) order by 1`,
      [known.map(({ id }) => id)],
    ),
  );
  return missing.map(({ id }) => id);
}
