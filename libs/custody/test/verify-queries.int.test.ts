import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { TestDatabase } from '#database';
import { verifyQueries } from '../queries/index.js';
import {
  acceptedSql,
  closeMatterSql,
  connect,
  createCustodyDatabase,
  endSpellSql,
  id,
  matterRowSql,
  minute,
  NIGHT_SQL,
} from './raw-record.js';
import { SERVERS } from './servers.js';

const QUERIES = verifyQueries({ seconds: 60 });

const deadlineOf = (matter: number) => `
insert into custody.deadline (id, clock_id, rule, rule_version, calendar, ladder, start_event, start_at, due_at, because,
    duty_holder, asked_of, next_call_at)
  values ('${id('deadline', matter)}', '${id('matter', matter)}', 'rule', 1, '', '', '', now(), now() + interval '1 day', '[]',
    'a', 'rvt-a', now() + interval '1 day');`;
const streamOf = (matter: number) => `
insert into custody.stream (kind, id, wanted, relayed, wake_at)
  select 'matter', clock_id, 1, 1, next_call_at from custody.deadline where id = '${id('deadline', matter)}';`;
const receiptOf = (handoff: number) => `
insert into custody.receipt values ('${id('handoff', handoff)}', 'signed', 'jws', now());`;

/** The night of the tests with all that the record promises: armed, relayed, receipted. */
const LAWFUL_SQL = [
  NIGHT_SQL,
  ...[1, 2, 4].flatMap((matter) => [deadlineOf(matter), streamOf(matter)]),
  receiptOf(1),
  receiptOf(2),
].join('');

const drop = (table: string, ...constraints: string[]) =>
  constraints
    .map((constraint) => `alter table custody.${table} drop constraint ${constraint} cascade;`)
    .join('');
const supersedeOffer = `update custody.handoff set phase = 'superseded', ended_at = '${minute(20)}' where id = '${id('handoff', 3)}';`;
const setDeadline = (matter: number, what: string) => `
update custody.deadline set ${what} where id = '${id('deadline', matter)}';`;
const setStream = (matter: number, what: string) => `
update custody.stream set ${what} where id = '${id('matter', matter)}';`;
const setSpell = (matter: number, unit: string, what: string) => `
update custody.responsibility set ${what} where matter_id = '${id('matter', matter)}' and unit_id = '${unit}';`;
const lastDay = (unit: string, day: string) =>
  `update directory.unit set valid_to = ${day} where id = '${unit}';`;
const TODAY = `(directory.record_now() at time zone 'Europe/Stockholm')::date`;
const notice = (ago: string) => `
insert into custody.notification (id, rung, unit_id, function, kind, created_at)
  values ('${id('other', 1)}', 0, 'rvt-a', 'on-duty', 'late', directory.record_now() - interval '${ago}');`;

interface Defect {
  readonly planted: string;
  readonly query: string;
  readonly sql: string;
  readonly found: readonly string[];
}

const DEFECTS: readonly Defect[] = [
  {
    planted: 'a matter that nobody ever held',
    query: 'matter-without-any-spell',
    sql: drop('matter', 'held_from', 'held_until') + matterRowSql(9),
    found: [id('matter', 9)],
  },
  {
    planted: 'a matter held later than it was opened',
    query: 'line-starts-or-ends-elsewhere',
    sql: drop('matter', 'held_from') + setSpell(4, 'jour-b', `starts_at = '${minute(5)}'`),
    found: [id('matter', 4)],
  },
  {
    planted: 'an open matter that was let go',
    query: 'line-starts-or-ends-elsewhere',
    sql: drop('matter', 'held_until') + endSpellSql(4, 20),
    found: [id('matter', 4)],
  },
  {
    planted: 'a matter closed and still held',
    query: 'line-starts-or-ends-elsewhere',
    sql: drop('matter', 'held_until') + drop('responsibility', 'not_after_close') + closeMatterSql(4, 20),
    found: [id('matter', 4)],
  },
  {
    planted: 'a gap',
    query: 'gap-in-the-line',
    sql: drop('responsibility', 'no_gap') + setSpell(1, 'police-a', `ends_at = '${minute(9)}'`),
    found: [id('matter', 1)],
  },
  {
    planted: 'an overlap',
    query: 'overlap-in-the-line',
    sql: drop('responsibility', 'no_gap') + setSpell(1, 'police-a', `ends_at = '${minute(11)}'`),
    found: [id('matter', 1)],
  },
  {
    planted: 'a spell inside another',
    query: 'overlap-in-the-line',
    sql: `${drop('responsibility', 'one_successor', 'end_of_unit', 'moved_lawfully')}
insert into custody.responsibility (matter_id, unit_id, starts_at, ends_at)
  values ('${id('matter', 4)}', 'jour-a', '${minute(2)}', '${minute(3)}');`,
    found: [id('matter', 4)],
  },
  {
    planted: 'a holder who is not of the running spell',
    query: 'holder-is-not-of-the-last-spell',
    sql: `${drop('matter', 'held_until')} update custody.matter set holder_unit = 'jour-a' where id = '${id('matter', 4)}';`,
    found: [id('matter', 4)],
  },
  {
    planted: "a child's matter closed as completed",
    query: 'child-closed-without-successor-or-decision',
    sql:
      drop('matter', 'child_closes_safely') +
      supersedeOffer +
      endSpellSql(2, 20) +
      closeMatterSql(2, 20, 'COMPLETED'),
    found: [id('matter', 2)],
  },
  {
    planted: "a child's matter closed for a successor that was never opened",
    query: 'child-closed-without-successor-or-decision',
    sql: supersedeOffer + endSpellSql(2, 20) + closeMatterSql(2, 20, 'SUCCESSOR'),
    found: [id('matter', 2)],
  },
  {
    planted: 'a move by the handoff of another move',
    query: 'moved-without-acceptance-or-succession',
    sql: drop('responsibility', 'by_handoff') + setSpell(1, 'rvt-a', `handoff_id = '${id('handoff', 1)}'`),
    found: [id('matter', 1)],
  },
  {
    planted: 'a move by nothing',
    query: 'moved-without-acceptance-or-succession',
    sql: drop('responsibility', 'moved_lawfully') + setSpell(1, 'rvt-a', 'handoff_id = null'),
    found: [id('matter', 1)],
  },
  {
    planted: 'an acceptance that moved nothing',
    query: 'accepted-without-holding',
    sql: drop('handoff', 'accepted_holds') + acceptedSql(3, 20),
    found: [id('handoff', 3)],
  },
  {
    planted: 'an ended unit that holds',
    query: 'ended-unit-still-holds',
    sql: lastDay('rvt-a', `${TODAY} - 1`),
    found: [id('matter', 1)],
  },
  {
    planted: 'nothing: it is the last day of the unit',
    query: 'ended-unit-still-holds',
    sql: lastDay('rvt-a', TODAY),
    found: [],
  },
  {
    planted: 'an open matter whose deadlines are all ended',
    query: 'open-matter-without-armed-deadline',
    sql: setDeadline(1, `ended_at = now(), ended_as = 'met'`),
    found: [id('matter', 1)],
  },
  {
    planted: 'an open matter whose deadline never calls',
    query: 'open-matter-without-armed-deadline',
    sql: setDeadline(1, `next_call_at = 'infinity'`),
    found: [id('matter', 1)],
  },
  {
    planted: 'a due instant that passed without a call',
    query: 'due-and-nobody-called',
    sql: setDeadline(1, `next_call_at = directory.record_now() - interval '2 minutes'`),
    found: [id('deadline', 1)],
  },
  {
    planted: 'nothing: the call is late by less than the grace',
    query: 'due-and-nobody-called',
    sql: setDeadline(1, `next_call_at = directory.record_now() - interval '30 seconds'`),
    found: [],
  },
  {
    planted: 'a clock that was closed under an open matter',
    query: 'open-matter-without-open-stream',
    sql: setStream(1, 'open = false'),
    found: [id('matter', 1)],
  },
  {
    planted: 'a clock that was lost',
    query: 'open-matter-without-open-stream',
    sql: `delete from custody.stream where id = '${id('matter', 1)}';`,
    found: [id('matter', 1)],
  },
  {
    planted: 'a clock that was wanted and not relayed',
    query: 'not-relayed-in-time',
    sql: setStream(1, 'wanted = wanted + 1') + setStream(1, `wanted_at = wanted_at - interval '2 minutes'`),
    found: [id('matter', 1)],
  },
  {
    planted: 'a clock that is wanted again and again and never relayed',
    query: 'not-relayed-in-time',
    sql:
      setStream(1, 'wanted = wanted + 1') +
      setStream(1, `wanted_at = wanted_at - interval '2 minutes'`) +
      setStream(1, 'wanted = wanted + 1'),
    found: [id('matter', 1)],
  },
  {
    planted: 'nothing: the clock was wanted just now',
    query: 'not-relayed-in-time',
    sql: setStream(1, `wanted_at = wanted_at - interval '2 minutes'`) + setStream(1, 'wanted = wanted + 1'),
    found: [],
  },
  {
    planted: 'a clock that sleeps longer than its deadline',
    query: 'wakes-at-another-instant',
    sql: setStream(1, `wake_at = wake_at + interval '1 hour'`),
    found: [id('matter', 1)],
  },
  {
    planted: 'a notice that stays behind',
    query: 'notice-not-handed-over',
    sql: notice('2 minutes'),
    found: [id('other', 1)],
  },
  {
    planted: 'nothing: the notice is new',
    query: 'notice-not-handed-over',
    sql: notice('30 seconds'),
    found: [],
  },
  {
    planted: 'an acceptance without a receipt',
    query: 'accepted-without-receipt',
    sql: `alter table custody.receipt disable trigger user; delete from custody.receipt where handoff_id = '${id('handoff', 2)}';`,
    found: [id('handoff', 2)],
  },
];

describe.each(SERVERS)('the sweep of C1 to C4 on $name', ({ url }) => {
  let database: TestDatabase;
  let admin: pg.Client;
  beforeAll(async () => {
    database = await createCustodyDatabase(url);
    admin = await connect(database.adminUrl);
    await admin.query(LAWFUL_SQL);
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await database?.drop();
  });

  /** Plants, and asks as coordination, in a transaction that is rolled back. */
  async function findings(planted: string): Promise<Record<string, string[]>> {
    await admin.query('begin');
    try {
      await admin.query(planted);
      await admin.query('set local role handslag_coordination');
      const found: Record<string, string[]> = {};
      for (const { name, sql, parameters } of QUERIES) {
        const { rows } = await admin.query<{ id: string }>(sql, [...parameters]);
        found[name] = rows.map((row) => row.id);
      }
      return found;
    } finally {
      await admin.query('rollback');
    }
  }

  it('finds nothing in a lawful record', async () => {
    expect(await findings('')).toEqual(Object.fromEntries(QUERIES.map(({ name }) => [name, []])));
  });

  it.each(DEFECTS)('finds $planted by $query', async ({ query, sql, found }) => {
    expect((await findings(sql))[query]).toEqual(found);
  });

  it('has a planted defect for every query', () => {
    const planted = new Set(DEFECTS.filter(({ found }) => found.length > 0).map(({ query }) => query));
    expect([...planted].sort()).toEqual(QUERIES.map(({ name }) => name).sort());
  });
});
