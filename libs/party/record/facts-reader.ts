import type { EntityManager } from 'typeorm';
import { HandoffFactsSchema, MatterFactsSchema } from '#custody';
import type { HandoffFacts, MatterFacts, SubjectRole } from '#domain';

const MATTER_FACTS_SQL = `
select jsonb_build_object(
  'id', m.id, 'incidentId', m.incident_id, 'subjectId', m.subject_id,
  'subjectRole', (select s.role from custody.subject s where s.id = m.subject_id),
  'kind', m.kind, 'openedAt', m.opened_at,
  'closedAt', case when m.closed_at < 'infinity' then m.closed_at end,
  'holderUnit', m.holder_unit, 'phase', m.phase, 'version', m.version, 'outcome', m.outcome,
  'assignedTo', m.assigned_to, 'holdReviewAt', m.hold_review_at, 'cancellationHandoffId', m.cancellation_handoff_id,
  'heldSince', (select r.starts_at from custody.responsibility r where r.matter_id = m.id and r.ends_at = m.closed_at),
  'openHandoffId', (select h.id from custody.handoff h where h.matter_id = m.id and h.ended_at = 'infinity'),
  'acceptedHandoffId', (select r.handoff_id from custody.responsibility r
    where r.matter_id = m.id and r.ends_at = m.closed_at),
  'hasSuccessor', m.merged_into_id is not null or exists (select 1 from custody.matter n where n.continues_id = m.id),
  'taken', (select jsonb_build_object('route', h.route, 'fromUnit', h.from_unit)
    from custody.responsibility r join custody.handoff h on h.id = r.handoff_id
    where r.matter_id = m.id order by r.starts_at desc limit 1),
  'dutiesOpened', (select coalesce(jsonb_agg(distinct d.rule), '[]'::jsonb) from custody.deadline d
    where d.clock_id = m.id and d.rule in ('D-01', 'D-02', 'D-03', 'D-04')),
  'chain', null,
  'deadlines', coalesce((
    select jsonb_agg(jsonb_build_object('id', d.id, 'handoffId', d.handoff_id, 'rule', d.rule, 'ladder', d.ladder,
      'startEvent', d.start_event, 'startAt', d.start_at, 'dueAt', d.due_at, 'dutyHolder', d.duty_holder,
      'askedOf', d.asked_of, 'version', d.version, 'rung', d.rung,
      'nextCallAt', case when d.next_call_at < 'infinity' then d.next_call_at end) order by d.due_at, d.id)
    from custody.deadline d where d.clock_id = m.id and d.ended_at = 'infinity'), '[]'::jsonb)) as facts
from custody.matter m`;

const HANDOFF_FACTS_SQL = `
select jsonb_build_object(
  'id', h.id, 'dispatchId', h.dispatch_id, 'matterId', h.matter_id, 'matterKind', h.matter_kind, 'route', h.route,
  'fromUnit', h.from_unit, 'toUnit', h.to_unit, 'phase', h.phase, 'version', h.version, 'contentId', h.content_id,
  'contentDigest', (select c.digest from custody.content c where c.id = h.content_id), 'basis', h.basis,
  'sentAt', h.sent_at, 'acceptedAt', h.accepted_at, 'neededBefore', h.needed_before, 'handBackOf', h.hand_back_of,
  'reason', h.reason, 'proposedUnit', h.proposed_unit, 'chainSeq', h.chain_seq, 'chainHead', h.chain_head) as facts
from custody.handoff h`;

interface FactsRow {
  readonly facts: unknown;
}

/** The matters with these ids that the units of this transaction may see. */
export async function matterFacts(manager: EntityManager, ids: readonly string[]): Promise<MatterFacts[]> {
  const rows: FactsRow[] = await manager.query(
    `${MATTER_FACTS_SQL} where m.id = any ($1::uuid[]) order by m.id`,
    [ids],
  );
  return rows.map(({ facts }) => MatterFactsSchema.parse(facts));
}

/** The handoffs with these ids that the units of this transaction may see. */
export async function handoffFacts(manager: EntityManager, ids: readonly string[]): Promise<HandoffFacts[]> {
  const rows: FactsRow[] = await manager.query(
    `${HANDOFF_FACTS_SQL} where h.id = any ($1::uuid[]) order by h.id`,
    [ids],
  );
  return rows.map(({ facts }) => HandoffFactsSchema.parse(facts));
}

/** The role of each subject of an incident that the units may see. */
export async function subjectRoles(
  manager: EntityManager,
  incident: string,
): Promise<Map<string, SubjectRole>> {
  const rows: { id: string; role: SubjectRole }[] = await manager.query(
    'select s.id, s.role from custody.subject s where s.incident_id = $1',
    [incident],
  );
  return new Map(rows.map(({ id, role }) => [id, role]));
}
