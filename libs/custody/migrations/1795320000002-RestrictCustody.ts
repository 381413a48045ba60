import { PARTY_SERVICES, SqlMigration, serviceRole } from '#database';

/** Coordination acts for people too, but has no case of its own: it reads the views below and nothing else. */
const CASE_PARTIES = PARTY_SERVICES.filter((party) => party !== 'coordination').map(serviceRole).join(', ');

/**
 * Who may read what: a party's role, and of that party only the units of this request (`handslag.units`, set for
 * one transaction). Coordination and courier get views and columns without ciphertext (DESIGN 4).
 * `(select custody.my_units())` is computed once a query, not once a row.
 */
export class RestrictCustody1795320000002 extends SqlMigration {
  readonly name = 'RestrictCustody1795320000002';
  readonly sql = `
grant usage on schema custody to handslag_parties;

${readableBy('incident', 'custody.sees_incident(id)')}
${readableBy('subject', 'custody.sees_subject(id)')}
${readableBy('matter', `holder_unit = any ((select custody.my_units())::text[]) or custody.sees_matter(id)`)}
${readableBy('responsibility', `unit_id = any ((select custody.my_units())::text[]) or custody.sees_matter(matter_id)`)}
${readableBy('handoff', ofMyUnits('from_unit', 'to_unit'))}
${readableBy('dispatch', `from_unit = any ((select custody.my_units())::text[]) or exists (
  select 1 from custody.handoff h where h.dispatch_id = dispatch.id)`)}
${readableBy('content', ofMyUnits('from_unit', 'to_unit'))}
${readableBy('preview', ofMyUnits('unit_id'))}
${readableBy('event', `custody.sees_matter(matter_id)`)}
${readableBy('disclosure', `exists (select 1 from custody.handoff h where h.id = handoff_id)`)}
${readableBy('receipt', `exists (select 1 from custody.handoff h where h.id = handoff_id)`)}
${readableBy('succession', ofMyUnits('from_unit', 'to_unit'))}
${readableBy('deadline', `asked_of = any ((select custody.my_units())::text[]) or custody.sees_matter(clock_id)`)}
${readableBy('step', `exists (select 1 from custody.deadline d where d.id = deadline_id)`)}
grant select on custody.handoff_transition to handslag_parties;

-- The courier relays; it reads due instants and addresses of functions, and never a subject or a ciphertext.
alter table custody.stream enable row level security;
create policy relayed on custody.stream for all to handslag_courier using (true) with check (true);
create policy watched on custody.stream for select to handslag_coordination using (true);
alter table custody.notification enable row level security;
create policy relayed on custody.notification for all to handslag_courier using (true) with check (true);
create policy watched on custody.notification for select to handslag_coordination using (true);
alter table custody.reminder enable row level security;
create policy relayed on custody.reminder for select to handslag_courier, handslag_coordination using (true);
create policy relayed on custody.deadline for select to handslag_courier, handslag_coordination using (true);
alter table custody.idempotency enable row level security;
alter table custody.audit_leaf enable row level security;
-- Its columns without salt and person; a position is assigned by what is read here.
create policy sealed on custody.audit_leaf for select to handslag_sealer using (true);

-- What the coordinator may see: kind of route, unit, lateness, whose move. Never the kind of matter, a subject or a
-- place. The owner reads through the view; coordination sees nothing else of custody. No security_barrier: it hides
-- only ended deadlines, which are no secret, and a barrier keeps the order of the index from the list.
create view custody.stalled as
  select d.id as deadline_id, d.clock_id as matter_id, d.handoff_id, d.rule, d.due_at, d.asked_of, d.duty_holder,
    d.rung, d.because, h.route, h.from_unit, h.to_unit, h.phase, h.sent_at, m.holder_unit
  from custody.deadline d
  join custody.matter m on m.id = d.clock_id
  left join custody.handoff h on h.id = d.handoff_id
  where d.ended_at = 'infinity';
grant select on custody.stalled to handslag_coordination;

create view custody.held with (security_barrier) as
  select m.id as matter_id, m.holder_unit, m.opened_at, m.version from custody.matter m where m.closed_at = 'infinity';
grant select on custody.held to handslag_coordination, handslag_courier;

create view custody.spell with (security_barrier) as
  select r.matter_id, r.unit_id, r.starts_at, r.ends_at from custody.responsibility r;
grant select on custody.spell to handslag_coordination;

-- For the sweep of C1-C4 by the watchdog and verify: ids, units and instants only.
create view custody.watched_matter with (security_barrier) as
  select m.id as matter_id, m.opened_at, m.closed_at, m.holder_unit from custody.matter m;

-- C2: a spell that no accepted handoff and no approved succession accounts for.
create view custody.unlawful_move with (security_barrier) as
  select r.matter_id, r.starts_at from custody.responsibility r
  where exists (select 1 from custody.responsibility p where p.matter_id = r.matter_id and p.starts_at < r.starts_at)
    and not exists (select 1 from custody.handoff h where h.id = r.handoff_id and h.matter_id = r.matter_id
      and h.from_unit = r.previous_unit and h.to_unit = r.unit_id and h.accepted_at = r.starts_at and h.phase = 'accepted')
    and not exists (select 1 from custody.succession s where s.id = r.succession_id and s.from_unit = r.previous_unit
      and s.to_unit = r.unit_id and s.approved_at = r.starts_at and s.approved_by <> s.proposed_by);

-- C1, C2: an acceptance that gave nobody the matter, or whose receipt is missing (C4).
create view custody.unheld_acceptance with (security_barrier) as
  select h.id as handoff_id from custody.handoff h
  where h.accepted_at is not null and not exists (select 1 from custody.responsibility r
    where r.matter_id = h.matter_id and r.unit_id = h.to_unit and r.starts_at = h.accepted_at and r.handoff_id = h.id);
create view custody.unreceipted with (security_barrier) as
  select h.id as handoff_id from custody.handoff h
  where h.phase = 'accepted' and not exists (select 1 from custody.receipt r where r.handoff_id = h.id);

-- C1: a child's matter that was closed with neither a successor nor a recorded decision.
create view custody.unsafe_closing with (security_barrier) as
  select m.id as matter_id from custody.matter m join custody.subject s on s.id = m.subject_id
  where m.closed_at < 'infinity' and (m.kind = 'child-protection' or s.role = 'child')
    and (m.outcome is null or m.outcome not in ('SUCCESSOR', 'MERGED', 'NOTHING_FURTHER', 'CHILD_TAKEN_OUTSIDE')
      or (m.outcome = 'SUCCESSOR' and not exists (select 1 from custody.matter n where n.continues_id = m.id)));
grant select on custody.watched_matter, custody.unlawful_move, custody.unheld_acceptance, custody.unreceipted,
  custody.unsafe_closing to handslag_coordination;
`;
}

function readableBy(table: string, visible: string): string {
  return `
alter table custody.${table} enable row level security;
grant select on custody.${table} to ${CASE_PARTIES};
create policy of_units on custody.${table} for select to handslag_parties using (${visible});`;
}

function ofMyUnits(...columns: string[]): string {
  return columns.map((column) => `${column} = any ((select custody.my_units())::text[])`).join(' or ');
}
