import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { FindingKind, Observed } from './finding-kinds.js';

const OpenRowsSchema = z.array(
  z.object({
    id: z.string(),
    kind: z.string(),
    place: z.string(),
    since: z.date(),
    last_seen: z.date(),
    count: z.number(),
    oldest_at: z.date().nullable(),
  }),
);
export type OpenFinding = z.infer<typeof OpenRowsSchema>[number];

const COLUMNS = 'id, kind, place, since, last_seen, count, oldest_at';

/** Keeps what was seen; one open row for a kind and a place, cleared when a look at that kind no longer sees it. */
export async function keepFindings(
  manager: EntityManager,
  now: Date,
  lookedFor: readonly FindingKind[],
  observed: readonly Observed[],
): Promise<void> {
  for (const { kind, place, count, oldest } of observed) {
    await manager.query(
      `insert into coordination.finding (id, kind, place, since, last_seen, count, oldest_at)
       values ($1, $2, $3, $4, $4, $5, $6)
       on conflict (kind, place) where cleared_at = 'infinity'
       do update set last_seen = excluded.last_seen, count = excluded.count, oldest_at = excluded.oldest_at`,
      [randomUUID(), kind, place, now, count, oldest],
    );
  }
  await manager.query(
    `update coordination.finding f set cleared_at = $1
     where f.cleared_at = 'infinity' and f.kind = any ($2::text[]) and not exists (
       select 1 from unnest($3::text[], $4::text[]) as o(kind, place) where o.kind = f.kind and o.place = f.place)`,
    [now, lookedFor, observed.map(({ kind }) => kind), observed.map(({ place }) => place)],
  );
}

/** What is found and not yet gone, the oldest first. */
export async function openFindings(manager: EntityManager): Promise<OpenFinding[]> {
  return OpenRowsSchema.parse(
    await manager.query(
      `select ${COLUMNS} from coordination.finding where cleared_at = 'infinity' order by since, id limit 200`,
    ),
  );
}

/** Findings that nobody was told of yet. */
export async function untoldFindings(manager: EntityManager): Promise<OpenFinding[]> {
  return OpenRowsSchema.parse(
    await manager.query(
      `select ${COLUMNS} from coordination.finding
       where cleared_at = 'infinity' and mailed_at is null order by since, id limit 50`,
    ),
  );
}

export async function markTold(manager: EntityManager, ids: readonly string[], now: Date): Promise<void> {
  await manager.query('update coordination.finding set mailed_at = $2 where id = any ($1::uuid[])', [
    ids,
    now,
  ]);
}
