import type { EntityManager } from 'typeorm';
import type { z } from 'zod';

export interface Batches<Row> {
  /** Must order by `key` and take `$1…` as the key after which to go on, and the batch's size last. */
  readonly sql: string;
  readonly rows: z.ZodType<Row[]>;
  readonly first: readonly unknown[];
  readonly key: (row: Row) => readonly unknown[];
  readonly size?: number;
}

const BATCH = 2_000;

/** Reads a table of any size a batch at a time, by keyset: memory stays bounded, and each batch is one index range. */
export async function* inBatches<Row>(
  manager: EntityManager,
  { sql, rows, first, key, size = BATCH }: Batches<Row>,
): AsyncGenerator<readonly Row[]> {
  let after = first;
  for (;;) {
    const batch = rows.parse(await manager.query(sql, [...after, size]));
    if (batch.length > 0) yield batch;
    const last = batch.at(-1);
    if (last === undefined || batch.length < size) return;
    after = key(last);
  }
}
