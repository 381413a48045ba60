import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { Service, TestDatabase } from '#database';
import {
  BEFORE_FIRST,
  BEFORE_LATEST_ENDED,
  INBOX_HELD_SQL,
  INBOX_OFFERS_SQL,
  SENT_ENDED_SQL,
  SENT_OPEN_SQL,
  STALLED_OF_UNIT_SQL,
  STALLED_SQL,
} from '../queries/index.js';
import { connect, createCustodyDatabase } from './raw-record.js';
import { SERVERS } from './servers.js';

const HANDOFFS = 100_000;
const PAGE = 51;

/**
 * 100 000 matters of 40 RVT units, each offered once by jour-a or jour-b: one in five of the offers is still open, the
 * others were accepted. Loaded with the triggers asleep, and spells for the open offers only, for speed.
 */
const SEED_SQL = `
begin;
set local session_replication_role = replica;
insert into directory.unit (id, name, kind, form, party, external, tag, source, note)
  select 'rvt-' || n, '', 'rvt', 'rvt', 'rvt', '', 'U', 'test', '' from generate_series(0, 39) n;
create temporary table seed on commit drop as
  select n, ('30000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as matter_id, ('50000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as handoff_id, n % 5 = 0 as open,
    'jour-' || case when n % 3 = 0 then 'a' else 'b' end as from_unit, 'rvt-' || (n / 5) % 40 as to_unit,
    timestamptz '2026-03-01T00:00:00Z' + n * interval '1 second' as at
  from generate_series(1, ${HANDOFFS}) n;
insert into custody.incident values (md5('incident')::uuid, 'call-out', 'jour-a', now(), now());
insert into custody.subject values (md5('subject')::uuid, md5('incident')::uuid, 'victim');
insert into custody.content values (md5('content')::uuid, md5('incident')::uuid, null, null, 'referral', 'jour-a', 'rvt-1', 'x', '', now());
insert into custody.dispatch values (md5('dispatch')::uuid, md5('incident')::uuid, md5('preview')::uuid, 'jour-a', 'sender', now());
insert into custody.matter (id, incident_id, subject_id, kind, opened_at, holder_unit, urgent_at)
  select matter_id, md5('incident')::uuid, md5('subject')::uuid, 'adult-safety', at,
    case when open then from_unit else to_unit end, at + interval '1 day' from seed;
insert into custody.handoff (id, dispatch_id, matter_id, matter_kind, route, from_unit, to_unit, phase, content_id, basis,
    sent_at, accepted_at, ended_at, chain_seq, chain_head, urgent_at)
  select handoff_id, md5('dispatch')::uuid, matter_id, 'adult-safety', 'route', from_unit, to_unit,
    case when open then 'sent' else 'accepted' end, md5('content')::uuid, 'X-01', at,
    case when not open then at + interval '1 hour' end, case when open then 'infinity' else at + interval '1 hour' end,
    1, '', at + interval '1 day' from seed;
insert into custody.responsibility (matter_id, unit_id, starts_at) select matter_id, from_unit, at from seed where open;
insert into custody.deadline (id, clock_id, handoff_id, rule, rule_version, calendar, ladder, start_event, start_at, due_at,
    because, duty_holder, asked_of, next_call_at)
  select ('80000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, matter_id, handoff_id, 'rule', 1, '', '', '', at, at + interval '1 day', '[]', '',
    to_unit, at + interval '1 day' from seed;
commit;
analyze custody.matter; analyze custody.handoff; analyze custody.responsibility; analyze custody.deadline; analyze directory.unit;
`;

/** A late hour: about a tenth of the deadlines is past. */
const NOW = '2026-03-02T02:46:40Z';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

interface ListCase {
  readonly name: string;
  readonly as: Service;
  readonly units: string;
  readonly sql: string;
  readonly first: readonly unknown[];
  readonly relation: string;
  readonly index: string;
  /** The columns of a row after which the next page starts. */
  readonly key: readonly string[];
}

const { instant, id } = BEFORE_FIRST;
const LISTS: readonly ListCase[] = [
  {
    name: 'the offers of an inbox',
    as: 'rvt',
    units: 'rvt-7',
    sql: INBOX_OFFERS_SQL,
    first: ['rvt-7', instant, id, PAGE],
    relation: 'handoff',
    index: 'handoff_inbox',
    key: ['urgent_at', 'id'],
  },
  {
    name: 'what a unit holds',
    as: 'rvt',
    units: 'rvt-7,rvt-8',
    sql: INBOX_HELD_SQL,
    first: ['rvt-7', instant, id, PAGE],
    relation: 'matter',
    index: 'matter_held',
    key: ['urgent_at', 'id'],
  },
  {
    name: 'the open offers that a unit sent',
    as: 'socialjouren',
    units: 'jour-a',
    sql: SENT_OPEN_SQL,
    first: ['jour-a', instant, id, PAGE],
    relation: 'handoff',
    index: 'handoff_sent',
    key: ['urgent_at', 'id'],
  },
  {
    name: 'the ended offers that a unit sent',
    as: 'socialjouren',
    units: 'jour-a',
    sql: SENT_ENDED_SQL,
    first: [
      'jour-a',
      BEFORE_LATEST_ENDED.endedAt,
      BEFORE_LATEST_ENDED.urgentAt,
      BEFORE_LATEST_ENDED.id,
      PAGE,
    ],
    relation: 'handoff',
    index: 'handoff_sent',
    key: ['ended_at', 'urgent_at', 'id'],
  },
  {
    name: 'what is stalled, for coordination',
    as: 'coordination',
    units: '',
    sql: STALLED_SQL,
    first: [NOW, instant, id, PAGE],
    relation: 'deadline',
    index: 'deadline_by_due',
    key: ['due_at', 'deadline_id'],
  },
];

describe.each(SERVERS)('at 100 000 handoffs under row-level security on $name', ({ url }) => {
  let database: TestDatabase;
  const services = new Map<Service, pg.Client>();
  beforeAll(async () => {
    database = await createCustodyDatabase(url);
    const admin = await connect(database.adminUrl);
    await admin.query(SEED_SQL);
    await admin.end();
    for (const { as } of LISTS) if (!services.has(as)) services.set(as, await connect(database.urlFor(as)));
  }, 60_000);
  afterAll(async () => {
    for (const client of services.values()) await client.end();
    await database?.drop();
  });

  async function asService<Row extends pg.QueryResultRow>(
    { as, units }: Pick<ListCase, 'as' | 'units'>,
    sql: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    const client = services.get(as);
    if (client === undefined) throw new Error(`no service ${as}`);
    await client.query('begin');
    try {
      await client.query(`select set_config('handslag.units', $1, true)`, [units]);
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.query('rollback');
    }
  }

  it.each(LISTS)('$name reads one page from $index and nothing more', async (list) => {
    const [explained] = await asService<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(
      list,
      `explain (analyze, format json) ${list.sql}`,
      list.first,
    );
    const plan = explained?.['QUERY PLAN'][0]?.Plan;
    if (plan === undefined) throw new Error('no plan');
    const nodes = nodesOf(plan);
    const scans = nodes.filter((node) => node['Relation Name'] === list.relation);
    expect(scans.map((node) => node['Index Name'])).toEqual([list.index]);
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    expect(nodes.filter((node) => node['Node Type'].endsWith('Sort'))).toEqual([]);
    for (const node of scans) {
      expect((node['Actual Rows'] ?? 0) * (node['Actual Loops'] ?? 1)).toBe(PAGE);
      expect(node['Rows Removed by Filter'] ?? 0).toBe(0);
    }
  });

  it.each(LISTS)('$name goes on where the page before ended', async (list) => {
    const [limit, ...start] = [...list.first].reverse();
    expect(limit).toBe(PAGE);
    const lead = start.reverse().slice(0, start.length - list.key.length);
    const textKey = list.key.map((column) => `${column}::text as key_${column}`).join(', ');
    const page = async (after: readonly unknown[], size: number) =>
      (
        await asService<Record<string, string>>(list, `select ${textKey} from (${list.sql}) page`, [
          ...lead,
          ...after,
          size,
        ])
      ).map((row) => list.key.map((column) => row[`key_${column}`]));
    const whole = await page(start.slice(lead.length), 40);
    expect(whole).toHaveLength(40);
    const first = await page(start.slice(lead.length), 15);
    const second = await page(first.at(-1) ?? [], 25);
    expect([...first, ...second]).toEqual(whole);
    expect(new Set(whole.map((key) => key.join())).size).toBe(40);
  });

  it.each([['of one unit', STALLED_OF_UNIT_SQL, [['route'], true, 'rvt-7']]])(
    'what is stalled %s is read by indexes, whole tables never',
    async (_, sql, filter) => {
      const [explained] = await asService<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>(
        { as: 'coordination', units: '' },
        `explain (analyze, format json) ${sql}`,
        [NOW, instant, id, PAGE, ...filter],
      );
      const plan = explained?.['QUERY PLAN'][0]?.Plan;
      if (plan === undefined) throw new Error('no plan');
      expect(nodesOf(plan).filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      expect(plan['Actual Rows']).toBe(PAGE);
    },
  );

  it("shows nothing of another unit's lists to one that names it", async () => {
    const offers = { as: 'rvt', units: 'rvt-8' } as const;
    expect(await asService(offers, INBOX_OFFERS_SQL, ['rvt-7', instant, id, PAGE])).toEqual([]);
  });
});

function nodesOf(node: PlanNode): readonly PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
