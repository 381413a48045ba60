/** A rule of DESIGN 3 that can be checked over the record in SQL. */
export type VerifiedRule = 'C1' | 'C2' | 'C3' | 'C4';

/** One check. Its rows are what offends, as one column `id`: a matter, handoff, deadline or notification, no more. */
export interface VerifyQuery {
  readonly name: string;
  readonly rule: VerifiedRule;
  /** What the ids are of. */
  readonly offender: 'matter' | 'handoff' | 'deadline' | 'notification' | 'stream';
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** How long the relay and the clock may be behind before it counts. */
export interface Grace {
  readonly seconds: number;
}

/**
 * The sweep of C1 to C4. It computes the unbroken line on its own, with window functions, and trusts no constraint:
 * a constraint that was dropped, or a restored backup that lost one, is what it is for. Reads only views and
 * columns that coordination may read, so that the watchdog and `npm run verify` ask the same. Every answer is one
 * consistent snapshot; run all in one `repeatable read, read only` transaction.
 */
export function verifyQueries({ seconds }: Grace): readonly VerifyQuery[] {
  const grace = [`${seconds} seconds`];
  return [
    {
      name: 'matter-without-any-spell',
      rule: 'C1',
      offender: 'matter',
      parameters: [],
      sql: `
select m.matter_id as id from custody.watched_matter m
where not exists (select 1 from custody.spell s where s.matter_id = m.matter_id)`,
    },
    {
      name: 'line-starts-or-ends-elsewhere',
      rule: 'C1',
      offender: 'matter',
      parameters: [],
      sql: `
select m.matter_id as id
from custody.watched_matter m
join (select matter_id, min(starts_at) as first_start, max(ends_at) as last_end from custody.spell group by matter_id) l
  on l.matter_id = m.matter_id
where l.first_start <> m.opened_at or l.last_end <> m.closed_at`,
    },
    {
      name: 'gap-in-the-line',
      rule: 'C1',
      offender: 'matter',
      parameters: [],
      // The furthest end so far, not the end of the row before: a short spell inside a long one opens no gap.
      sql: `
select distinct matter_id as id from (
  select matter_id, starts_at, max(ends_at) over (partition by matter_id order by starts_at, ends_at
    rows between unbounded preceding and 1 preceding) as held_until
  from custody.spell) s
where s.starts_at > s.held_until`,
    },
    {
      name: 'overlap-in-the-line',
      rule: 'C1',
      offender: 'matter',
      parameters: [],
      sql: `
select distinct matter_id as id from (
  select matter_id, starts_at, ends_at, max(ends_at) over (partition by matter_id order by starts_at, ends_at
    rows between unbounded preceding and 1 preceding) as held_until
  from custody.spell) s
where s.starts_at < s.held_until or s.ends_at <= s.starts_at`,
    },
    {
      name: 'holder-is-not-of-the-last-spell',
      rule: 'C1',
      offender: 'matter',
      parameters: [],
      sql: `
select m.matter_id as id from custody.watched_matter m
where not exists (select 1 from custody.spell s
  where s.matter_id = m.matter_id and s.ends_at = m.closed_at and s.unit_id = m.holder_unit)`,
    },
    {
      name: 'child-closed-without-successor-or-decision',
      rule: 'C1',
      offender: 'matter',
      parameters: [],
      sql: 'select matter_id as id from custody.unsafe_closing',
    },
    {
      name: 'moved-without-acceptance-or-succession',
      rule: 'C2',
      offender: 'matter',
      parameters: [],
      sql: 'select distinct matter_id as id from custody.unlawful_move',
    },
    {
      name: 'accepted-without-holding',
      rule: 'C2',
      offender: 'handoff',
      parameters: [],
      sql: 'select handoff_id as id from custody.unheld_acceptance',
    },
    {
      name: 'ended-unit-still-holds',
      rule: 'C2',
      offender: 'matter',
      parameters: [],
      // The last day of a unit is a local day and still belongs to it.
      sql: `
select m.matter_id as id
from custody.watched_matter m join directory.unit u on u.id = m.holder_unit
where m.closed_at = 'infinity' and u.valid_to < (directory.record_now() at time zone 'Europe/Stockholm')::date`,
    },
    {
      name: 'open-matter-without-armed-deadline',
      rule: 'C3',
      offender: 'matter',
      parameters: [],
      // A ladder calls on after its last rung, so a deadline that will not call again arms nothing.
      sql: `
select m.matter_id as id from custody.watched_matter m
where m.closed_at = 'infinity' and not exists (
  select 1 from custody.deadline d
  where d.clock_id = m.matter_id and d.ended_at = 'infinity' and d.next_call_at < 'infinity')`,
    },
    {
      name: 'due-and-nobody-called',
      rule: 'C3',
      offender: 'deadline',
      parameters: grace,
      sql: `
select d.id from custody.deadline d
where d.ended_at = 'infinity' and d.next_call_at < (select directory.record_now()) - $1::interval`,
    },
    {
      name: 'open-matter-without-open-stream',
      rule: 'C4',
      offender: 'matter',
      parameters: [],
      sql: `
select m.matter_id as id from custody.watched_matter m
where m.closed_at = 'infinity' and not exists (
  select 1 from custody.stream s where s.kind = 'matter' and s.id = m.matter_id and s.open)`,
    },
    {
      name: 'not-relayed-in-time',
      rule: 'C3',
      offender: 'stream',
      parameters: grace,
      // Wall time on both sides: how long the relay takes has nothing to do with the local time machine.
      sql: `
select s.id from custody.stream s
where s.wanted > s.relayed and s.wanted_at < clock_timestamp() - $1::interval`,
    },
    {
      name: 'wakes-at-another-instant',
      rule: 'C3',
      offender: 'matter',
      parameters: [],
      sql: `
select s.id from custody.stream s
left join (select clock_id, min(next_call_at) as next from custody.deadline where ended_at = 'infinity' group by clock_id) d
  on d.clock_id = s.id
where s.kind = 'matter' and s.open and s.wake_at <> coalesce(d.next, 'infinity')`,
    },
    {
      name: 'notice-not-handed-over',
      rule: 'C4',
      offender: 'notification',
      parameters: grace,
      sql: `
select n.id from custody.notification n
where n.handed_over_at = 'infinity' and n.created_at < (select directory.record_now()) - $1::interval`,
    },
    {
      name: 'accepted-without-receipt',
      rule: 'C4',
      offender: 'handoff',
      parameters: [],
      sql: 'select handoff_id as id from custody.unreceipted',
    },
  ];
}
