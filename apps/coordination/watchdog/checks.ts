import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { verifyQueries } from '#custody';
import { ROUTES } from '#domain';
import type { FindingKind, Observed } from './finding-kinds.js';

const FigureSchema = z.tuple([z.object({ count: z.coerce.number(), oldest: z.date().nullable() })]);
const PlacedSchema = z.array(
  z.object({ place: z.string(), count: z.coerce.number(), oldest: z.date().nullable() }),
);
const SchemasSchema = z.array(z.object({ schema: z.string().regex(/^[a-z]+$/) }));

/** Looked at schema by schema below, since parties have clocks and notices too. */
const LOOKED_AT_BY_SCHEMA: readonly string[] = [
  'ended-unit-still-holds',
  'due-and-nobody-called',
  'not-relayed-in-time',
  'notice-not-handed-over',
];
/** Whom nothing is delivered to: the sender rings and attests. */
const ATTESTED_ROUTES = ROUTES.filter(({ custody }) => custody === 'attested').map(({ id }) => id);

/** Every schema with clocks that this role may see: custody, and each party's own. */
export async function watchedSchemas(manager: EntityManager): Promise<string[]> {
  const rows: unknown = await manager.query(
    `select table_schema as schema from information_schema.tables where table_name = 'stream' order by 1`,
  );
  return SchemasSchema.parse(rows).map(({ schema }) => schema);
}

/**
 * What can be seen in the record at each sweep: indexes only, no Temporal, no Redis, no courier. The time that a relay
 * takes is wall time; due instants and notices are record time (DESIGN 7).
 */
export async function lookAtRecord(manager: EntityManager, graceSeconds: number): Promise<Observed[]> {
  const observed: Observed[] = [];
  for (const schema of await watchedSchemas(manager)) {
    for (const [kind, sql] of Object.entries(perSchema(schema))) {
      const [{ count, oldest }] = FigureSchema.parse(
        await manager.query(sql, sql.includes('$1') ? [graceSeconds] : []),
      );
      if (count > 0 && isPerSchema(kind)) observed.push({ kind, place: schema, count, oldest });
    }
  }
  return [
    ...observed,
    ...(await placed(manager, 'notice-undelivered', UNDELIVERED_NOTICES_SQL, [graceSeconds])),
    ...(await placed(manager, 'dead-letters', DEAD_LETTERS_SQL, [])),
    ...(await placed(manager, 'not-delivered', UNDELIVERED_SQL, [graceSeconds, ATTESTED_ROUTES])),
    ...(await placed(manager, 'ended-unit-holds', ENDED_UNITS_SQL, [])),
  ];
}

/** C1 to C4 over the whole record, as `npm run verify` asks them; slow at a million matters, so not at each sweep. */
export async function lookAtWholeRecord(manager: EntityManager, graceSeconds: number): Promise<Observed[]> {
  const observed: Observed[] = [];
  for (const { name, sql, parameters } of verifyQueries({ seconds: graceSeconds })) {
    if (LOOKED_AT_BY_SCHEMA.includes(name)) continue;
    const rows: unknown[] = await manager.query(sql, [...parameters]);
    if (rows.length > 0)
      observed.push({ kind: 'record-check', place: name, count: rows.length, oldest: null });
  }
  return observed;
}

const PER_SCHEMA = [
  'nobody-called',
  'not-relayed',
  'parked',
  'not-handed-over',
] as const satisfies FindingKind[];
export const LOOKED_FOR_AT_EACH: readonly FindingKind[] = [
  ...PER_SCHEMA,
  'notice-undelivered',
  'dead-letters',
  'not-delivered',
  'ended-unit-holds',
];

function isPerSchema(kind: string): kind is (typeof PER_SCHEMA)[number] {
  return PER_SCHEMA.some((known) => known === kind);
}

function perSchema(schema: string): Record<(typeof PER_SCHEMA)[number], string> {
  return {
    'nobody-called': `
select count(*) as count, min(next_call_at) as oldest from ${schema}.deadline
where ended_at = 'infinity' and next_call_at < (select directory.record_now()) - make_interval(secs => $1)`,
    'not-relayed': `
select count(*) as count, min(wanted_at) as oldest from ${schema}.stream
where wanted > relayed and parked_at is null and wanted_at < clock_timestamp() - make_interval(secs => $1)`,
    parked: `select count(*) as count, min(parked_at) as oldest from ${schema}.stream where wanted > relayed and parked_at is not null`,
    'not-handed-over': `
select count(*) as count, min(created_at) as oldest from ${schema}.notification
where handed_over_at = 'infinity' and created_at < (select directory.record_now()) - make_interval(secs => $1)`,
  };
}

/** Handed over and not arrived, in wall time: the courier, Redis or the receiver's system is down. By channel. */
const UNDELIVERED_NOTICES_SQL = `
select channel as place, count(*) as count, min(noticed_at) as oldest from notice.delivery
where delivered_at = 'infinity' and given_up_at = 'infinity'
  and planned_at > '-infinity' and planned_at < clock_timestamp() - make_interval(secs => $1)
group by channel`;

/** Given up, and nobody has looked yet. */
const DEAD_LETTERS_SQL = `
select channel as place, count(*) as count, min(given_up_at) as oldest from notice.delivery
where given_up_at < 'infinity' and dismissed_at = 'infinity'
group by channel`;

/** Offers that a party's service has not taken in: the one sign from outside that it does not run. */
const UNDELIVERED_SQL = `
select u.party as place, count(distinct s.handoff_id) as count, min(s.sent_at) as oldest
from custody.stalled s join directory.unit u on u.id = s.to_unit
where s.phase = 'sent' and s.sent_at < (select directory.record_now()) - make_interval(secs => $1)
  and s.route <> all ($2::text[])
group by u.party`;

const ENDED_UNITS_SQL = `
select u.id as place, count(*) as count, min(h.opened_at) as oldest
from custody.held h join directory.unit u on u.id = h.holder_unit
where u.valid_to < ((select directory.record_now()) at time zone 'Europe/Stockholm')::date
group by u.id`;

async function placed(
  manager: EntityManager,
  kind: FindingKind,
  sql: string,
  parameters: readonly unknown[],
): Promise<Observed[]> {
  return PlacedSchema.parse(await manager.query(sql, [...parameters])).map((row) => ({ kind, ...row }));
}
