/**
 * The lists of custody, each served from one index under row-level security (DESIGN 4, verified.md). The unit is a
 * parameter of its own and not left to the policy, which no index can use; nothing but text, uuid and timestamptz
 * is compared, since other comparisons are not leakproof. A test reads the plans at 100 000 handoffs.
 *
 * Keyset paging: a page starts after the last row of the one before. The first page starts after
 * {@link BEFORE_FIRST}; a page that has `limit` rows may have a next one.
 */
export const BEFORE_FIRST = { instant: '-infinity', id: '00000000-0000-0000-0000-000000000000' } as const;

const HANDOFF_COLUMNS = `h.id, h.dispatch_id, h.matter_id, h.matter_kind, h.route, h.from_unit, h.to_unit, h.phase,
  h.version, h.basis, h.sent_at, h.delivered_at, h.opened_at, h.accepted_at, h.attested_at, h.ended_at,
  h.needed_before, h.reason, h.proposed_unit, h.hand_back_of, h.urgent_at`;

/** Offers that wait for a unit, most urgent first. Parameters: unit, after `urgent_at`, after `id`, limit. */
export const INBOX_OFFERS_SQL = `
select ${HANDOFF_COLUMNS}
from custody.handoff h
where h.to_unit = $1 and h.ended_at = 'infinity' and (h.urgent_at, h.id) > ($2::timestamptz, $3::uuid)
order by h.urgent_at, h.id
limit $4`;

/** Matters that a unit holds, most urgent first. Parameters: unit, after `urgent_at`, after `id`, limit. */
export const INBOX_HELD_SQL = `
select m.id, m.incident_id, m.subject_id, m.kind, m.opened_at, m.phase, m.version, m.assigned_to, m.hold_reason,
  m.hold_review_at, m.cancellation_handoff_id, m.urgent_at
from custody.matter m
where m.holder_unit = $1 and m.closed_at = 'infinity' and (m.urgent_at, m.id) > ($2::timestamptz, $3::uuid)
order by m.urgent_at, m.id
limit $4`;

/** Open offers that a unit has sent, most urgent first. Parameters: unit, after `urgent_at`, after `id`, limit. */
export const SENT_OPEN_SQL = `
select ${HANDOFF_COLUMNS}
from custody.handoff h
where h.from_unit = $1 and h.ended_at = 'infinity' and (h.urgent_at, h.id) > ($2::timestamptz, $3::uuid)
order by h.urgent_at, h.id
limit $4`;

/** What precedes the first page of {@link SENT_ENDED_SQL}, which runs backwards from now. */
export const BEFORE_LATEST_ENDED = {
  endedAt: 'infinity',
  urgentAt: '-infinity',
  id: BEFORE_FIRST.id,
} as const;

/**
 * Answered and ended offers that a unit has sent, the latest first.
 * Parameters: unit, before `ended_at`, before `urgent_at`, before `id`, limit.
 */
export const SENT_ENDED_SQL = `
select ${HANDOFF_COLUMNS}
from custody.handoff h
where h.from_unit = $1 and (h.ended_at, h.urgent_at, h.id) < ($2::timestamptz, $3::timestamptz, $4::uuid)
order by h.ended_at desc, h.urgent_at desc, h.id desc
limit $5`;

const STALLED_COLUMNS = `s.deadline_id, s.matter_id, s.handoff_id, s.rule, s.due_at, s.asked_of, s.duty_holder, s.rung,
  s.because, s.route, s.from_unit, s.to_unit, s.phase, s.sent_at, s.holder_unit, s.move_unit, s.group_route`;

/**
 * Who is late, the latest first, for the coordinator. Parameters: record time now, after `due_at`, after
 * `deadline_id`, limit. `route` names a kind of matter: tell its group and never the id (DESIGN 8, 12).
 */
export const STALLED_SQL = `
select ${STALLED_COLUMNS}
from custody.stalled s
where s.due_at < $1::timestamptz and (s.due_at, s.deadline_id) > ($2::timestamptz, $3::uuid)
order by s.due_at, s.deadline_id
limit $4`;

/**
 * As {@link STALLED_SQL}, where it is the move of one unit. More parameters: route ids, whether what was never offered
 * counts among them, the unit. Two indexes, one for each way that it can be: the unit was asked, or the other side was
 * asked to ring it.
 */
export const STALLED_OF_UNIT_SQL = `
select * from (
  (select ${STALLED_COLUMNS} from custody.stalled s
   where s.asked_of = $7 and s.move_unit = $7 and ${stalledPage()})
  union all
  (select ${STALLED_COLUMNS} from custody.stalled s
   where (s.to_unit = $7 or s.from_unit = $7) and s.offer_ended_at = 'infinity'
     and s.asked_of <> $7 and s.move_unit = $7 and ${stalledPage()})
) s
order by s.due_at, s.deadline_id
limit $4`;

function stalledPage(): string {
  return `s.due_at < $1::timestamptz and (s.due_at, s.deadline_id) > ($2::timestamptz, $3::uuid)
     and (s.group_route = any ($5::text[]) or (s.group_route is null and $6::boolean))
   order by s.due_at, s.deadline_id limit $4`;
}
