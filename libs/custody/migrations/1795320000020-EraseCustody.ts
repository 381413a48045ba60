import { PARTY_SERVICES, SqlMigration, serviceRole } from '#database';

const CASE_PARTIES = PARTY_SERVICES.filter((party) => party !== 'coordination').map(serviceRole).join(', ');

/**
 * Erasure in the ledger (domain.md B8). Ids, instants and units stay, so that the line and every chain still hold; ciphertext
 * and the persons in the audit go. Nothing of it is possible without a disposal that two persons decided, published here
 * first. Each authority disposes of its own: ciphertext is gone once every side of it has.
 */
export class EraseCustody1795320000020 extends SqlMigration {
  readonly name = 'EraseCustody1795320000020';
  readonly sql = `
create table custody.disposal (
  id uuid not null,
  party text not null,
  authority text not null,
  unit_id text not null,
  rule text not null,
  list_digest text not null,
  entries_before timestamptz(3) not null,
  proposed_by text not null,
  proposed_at timestamptz(3) not null,
  approved_by text not null,
  approved_at timestamptz(3) not null,
  published_at timestamptz(3) not null,
  constraint disposal_pk primary key (id),
  constraint disposal_two_persons check (approved_by <> proposed_by),
  constraint disposal_forward check (proposed_at <= approved_at),
  -- Whatever period an authority states: nothing of the last year goes (no year is shorter than this).
  constraint disposal_of_the_old check (entries_before <= approved_at - interval '360 days')
);
create table custody.disposed_subject (
  subject_id uuid not null,
  authority text not null,
  party text not null,
  disposal_id uuid not null,
  disposed_at timestamptz(3) not null,
  constraint disposed_subject_pk primary key (subject_id, authority, party),
  constraint disposed_subject_of foreign key (subject_id) references custody.subject (id),
  constraint disposed_subject_by foreign key (disposal_id) references custody.disposal (id)
);
create table custody.disposed_content (
  content_id uuid not null,
  unit_id text not null,
  disposal_id uuid not null,
  disposed_at timestamptz(3) not null,
  constraint disposed_content_pk primary key (content_id, unit_id),
  constraint disposed_content_of foreign key (content_id) references custody.content (id),
  constraint disposed_content_by foreign key (disposal_id) references custody.disposal (id)
);
create index disposed_content_by_disposal on custody.disposed_content (disposal_id);
alter table custody.content
  add column erased_at timestamptz(3),
  add constraint content_erased_is_empty check ((erased_at is not null) = (length(ciphertext) = 0));

${['disposal', 'disposed_subject', 'disposed_content']
  .map(
    (table) => `
create trigger ${table}_append_only before update or delete or truncate on custody.${table}
  for each statement execute function custody.refuse_change();
alter table custody.${table} enable row level security;
grant select on custody.${table} to ${CASE_PARTIES};`,
  )
  .join('')}
create policy of_units on custody.disposed_content for select to handslag_parties
  using (unit_id = any ((select custody.my_line())::text[]));
create policy of_units on custody.disposed_subject for select to handslag_parties
  using (exists (select 1 from custody.disposal d where d.id = disposal_id));

-- What was done stays, with its unit and its hash; who did it goes with the file, and was never part of the chain.
create function custody.only_forget_person() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  forgotten custody.event := old;
begin
  forgotten.person := null;
  if old.person is not null and new is not distinct from forgotten and exists (
      select 1 from custody.matter m join custody.disposed_subject d on d.subject_id = m.subject_id
      join directory.unit_authority a on a.authority_id = d.authority and a.unit_id = old.unit_id
      where m.id = old.matter_id) then
    return new;
  end if;
  raise exception 'custody.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
drop trigger event_append_only on custody.event;
create trigger event_append_only before delete or truncate on custody.event
  for each statement execute function custody.refuse_change();
create trigger event_unchanged before update on custody.event
  for each row execute function custody.only_forget_person();

-- Whether the units of this request work for the authority now.
create function custody.disposes_for(of_authority text) returns boolean language sql stable security definer
set search_path = pg_catalog as $$
  select exists (select 1 from directory.unit_authority a where a.authority_id = of_authority
    and a.unit_id = any (custody.my_units()) and directory.in_force(a.valid_from, a.valid_to, directory.record_now()))
$$;
create policy of_authority on custody.disposal for select to handslag_parties
  using (party = custody.party_of_caller() and custody.disposes_for(authority));
-- The units of this request and those of the same party that they succeeded: another party's wraps are its own to erase.
create function custody.my_own_line() returns text[] language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(u.id), '{}') from directory.unit u
  where u.id = any (custody.my_line()) and u.party = custody.party_of_caller()
$$;
-- Every unit whose entries are the authority's, of whatever party, and those that the units of this request succeeded.
create function custody.units_of_authority(of_authority text) returns text[] language sql stable security definer
set search_path = pg_catalog as $$
  select array_agg(distinct u) from (
    select a.unit_id as u from directory.unit_authority a where a.authority_id = of_authority
    union select unnest(custody.my_line())) x
$$;
-- The persons of an incident that these units have to do with.
create function custody.subjects_known_to(units text[], of_incident uuid) returns setof uuid language sql stable
security definer set search_path = pg_catalog as $$
  select s.id from custody.subject s join custody.incident i on i.id = s.incident_id
    where s.incident_id = of_incident and i.opened_by_unit = any (units)
  union select m.subject_id from custody.matter m join custody.responsibility r on r.matter_id = m.id
    where m.incident_id = of_incident and r.unit_id = any (units)
  union select m.subject_id from custody.matter m join custody.handoff h on h.matter_id = m.id
    where m.incident_id = of_incident and (h.to_unit = any (units) or h.from_unit = any (units))
$$;
/* While it lasts: an open matter of hers that the authority holds, offers or is offered. Somebody without a matter of her own
   (a suspect) lasts as long as anything of the incident does. */
create function custody.is_running(units text[], of_subject uuid) returns boolean language sql stable security definer
set search_path = pg_catalog as $$
  select exists (
    select 1 from custody.subject s join custody.matter m on m.incident_id = s.incident_id and m.closed_at = 'infinity'
    where s.id = of_subject
      and (m.subject_id = s.id or not exists (select 1 from custody.matter own where own.subject_id = s.id))
      and (m.holder_unit = any (units) or exists (select 1 from custody.handoff h where h.matter_id = m.id
        and h.ended_at = 'infinity' and (h.to_unit = any (units) or h.from_unit = any (units)))))
$$;
create function custody.last_entry(units text[], of_subject uuid) returns timestamptz language sql stable
security definer set search_path = pg_catalog as $$
  select max(at) from (
    select e.at from custody.matter m join custody.event e on e.matter_id = m.id
      where m.subject_id = of_subject and e.unit_id = any (units)
    union all select c.created_at from custody.subject s join custody.content c on c.incident_id = s.incident_id
      where s.id = of_subject and (c.subject_id = s.id or c.subject_id is null)
        and (c.from_unit = any (units) or c.to_unit = any (units))
    union all select case when r.ends_at < 'infinity' then r.ends_at else r.starts_at end
      from custody.matter m join custody.responsibility r on r.matter_id = m.id
      where m.subject_id = of_subject and r.unit_id = any (units)
    union all select case when h.ended_at < 'infinity' then h.ended_at else h.sent_at end
      from custody.matter m join custody.handoff h on h.matter_id = m.id
      where m.subject_id = of_subject and (h.to_unit = any (units) or h.from_unit = any (units))
    union all select i.opened_at from custody.subject s join custody.incident i on i.id = s.incident_id
      where s.id = of_subject and i.opened_by_unit = any (units)) x
$$;

/* What the authority's file on each person is like, without any content: by subject id, after one of them. What the service's
   units have to do with and have not disposed of. */
create function custody.retention_facts(of_authority text, after uuid, most integer)
returns table (subject_id uuid, incident_id uuid, role text, last_entry_at timestamptz, ended_at timestamptz,
  is_report_without_investigation boolean, is_placed_child boolean)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  own text[] := custody.my_own_line();
  units text[] := custody.units_of_authority(of_authority);
begin
  if not custody.disposes_for(of_authority) then perform custody.refuse('NOT_YOUR_UNIT'); end if;
  return query
  with known as (
    select m.subject_id as id from custody.responsibility r join custody.matter m on m.id = r.matter_id
      where r.unit_id = any (own)
    union select m.subject_id from custody.handoff h join custody.matter m on m.id = h.matter_id
      where h.to_unit = any (own) or h.from_unit = any (own)
    union select s.id from custody.incident i join custody.subject s on s.incident_id = i.id
      where i.opened_by_unit = any (own)),
  page as (
    -- Who was disposed of and came back since is a file again.
    select k.id from known k where k.id > after and not exists (select 1 from custody.disposed_subject d
      where d.subject_id = k.id and d.authority = of_authority and d.party = custody.party_of_caller()
        and d.disposed_at >= custody.last_entry(units, k.id))
    order by k.id limit most)
  select s.id, s.incident_id, s.role, f.last_entry_at,
    case when custody.is_running(units, s.id) then null else f.last_entry_at end,
    s.role = 'child' and not exists (select 1 from custody.matter m where m.subject_id = s.id and m.kind <> 'child-protection')
      and coalesce((select e.reason = 'NOT_OPENED' from custody.matter m join custody.event e on e.matter_id = m.id
        where m.subject_id = s.id and e.kind = 'duty-met' and e.reason in ('OPENED', 'NOT_OPENED')
          and e.unit_id = any (units)
        order by e.at desc, e.seq desc limit 1), false),
    s.role = 'child' and exists (select 1 from custody.matter m join custody.responsibility r on r.matter_id = m.id
      where m.subject_id = s.id and m.kind = 'protected-housing' and m.outcome is distinct from 'IN_ERROR'
        and r.unit_id = any (units))
  from page p join custody.subject s on s.id = p.id
    cross join lateral (select custody.last_entry(units, s.id) as last_entry_at) f
  order by s.id;
end $$;

/* A disposal that two persons of the authority decided, each with a mandate for it at that instant. d: { id, authority,
   unit, rule, listDigest, entriesBefore, proposedBy, proposedAt, approvedBy, approvedAt }. Publishing it again changes
   nothing. */
create function custody.publish_disposal(d jsonb, audit jsonb) returns void language plpgsql security definer
set search_path = pg_catalog as $$
declare
  wanted custody.disposal;
  known custody.disposal;
  at timestamptz(3) := directory.record_now();
begin
  wanted.id := (d ->> 'id')::uuid; wanted.party := custody.party_of_caller(); wanted.authority := d ->> 'authority';
  wanted.unit_id := d ->> 'unit'; wanted.rule := d ->> 'rule'; wanted.list_digest := d ->> 'listDigest';
  wanted.entries_before := (d ->> 'entriesBefore')::timestamptz;
  wanted.proposed_by := d ->> 'proposedBy'; wanted.proposed_at := (d ->> 'proposedAt')::timestamptz;
  wanted.approved_by := d ->> 'approvedBy'; wanted.approved_at := (d ->> 'approvedAt')::timestamptz;
  wanted.published_at := at;
  if wanted.unit_id is null or wanted.unit_id <> all (custody.my_units())
    or not custody.disposes_for(wanted.authority) then perform custody.refuse('NOT_YOUR_UNIT'); end if;
  perform pg_advisory_xact_lock(hashtextextended('disposal ' || wanted.id, 0));
  select * into known from custody.disposal x where x.id = wanted.id;
  if found then
    wanted.published_at := known.published_at;
    if known is distinct from wanted then perform custody.refuse('ILLEGAL_WRITE'); end if;
    return;
  end if;
  if wanted.approved_by is not distinct from wanted.proposed_by then perform custody.refuse('SECOND_PERSON_REQUIRED'); end if;
  if wanted.approved_at > at or wanted.entries_before > wanted.approved_at - interval '360 days' then
    perform custody.refuse('ILLEGAL_WRITE');
  end if;
  if exists (select 1 from (values (wanted.proposed_by, wanted.proposed_at), (wanted.approved_by, wanted.approved_at))
      as decided(person, instant) where not exists (
    select 1 from directory.roles_of(decided.person, decided.instant) r
    join directory.unit u on u.id = r.unit_id and u.party = wanted.party
    join directory.unit_authority a on a.unit_id = u.id and a.authority_id = wanted.authority
    where r.role in ('unit-head', 'administrator'))) then
    perform custody.refuse('NO_MANDATE');
  end if;
  -- No audit row, no effect (C7).
  if coalesce(jsonb_typeof(audit), 'null') <> 'object' then perform custody.refuse('AUDIT_UNAVAILABLE'); end if;
  insert into custody.disposal select wanted.*;
  insert into custody.audit_leaf select (jsonb_populate_record(null::custody.audit_leaf, audit)).*;
end $$;

/* Disposes of one person's part in the ledger for the units of a published disposal: her content of these units is
   theirs no longer, its ciphertext goes with the last side, and the persons go from the authority's audit of her. The first
   time with the approving leaf of it; again it changes nothing. Refuses STILL_CURRENT when something came after the
   decision. Answers { first, incidentDone, contents: [{ id, unit, digest }], leaves, emptied }. */
create function custody.dispose_subject(disposal uuid, subject uuid, approval jsonb) returns jsonb language plpgsql
security definer set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  d custody.disposal;
  own text[] := custody.my_own_line();
  units text[];
  incident uuid;
  incident_done boolean;
  first integer;
  matters uuid[];
  handoffs uuid[];
  contents uuid[];
  leaf_ids uuid[];
  leaves integer := 0;
  emptied integer;
  at timestamptz(3);
begin
  select * into d from custody.disposal x where x.id = disposal and x.party = custody.party_of_caller()
    and x.unit_id = any (custody.my_units());
  if d.id is null then perform custody.refuse('NOT_FOUND'); end if;
  units := custody.units_of_authority(d.authority);
  select coalesce(array_agg(x.id), '{}') into matters from (
    select m.id from custody.matter m where m.subject_id = subject order by m.id for update) x;
  select s.incident_id into incident from custody.subject s where s.id = subject
    and s.id in (select custody.subjects_known_to(own, s.incident_id));
  if incident is null then perform custody.refuse('NOT_FOUND'); end if;
  -- One at a time for an incident: whoever comes last takes what is about all of them.
  perform 1 from custody.incident i where i.id = incident for update;
  if custody.is_running(units, subject) or custody.last_entry(units, subject) >= d.entries_before then
    perform custody.refuse('STILL_CURRENT');
  end if;
  at := directory.record_now();
  insert into custody.disposed_subject (subject_id, authority, party, disposal_id, disposed_at)
    values (subject, d.authority, d.party, d.id, at) on conflict do nothing;
  get diagnostics first = row_count;
  incident_done := not exists (select 1 from custody.subjects_known_to(own, incident) k
    where not exists (select 1 from custody.disposed_subject x
      where x.subject_id = k and x.authority = d.authority and x.party = d.party));
  select coalesce(array_agg(h.id), '{}') into handoffs from custody.handoff h where h.matter_id = any (matters);
  select coalesce(array_agg(c.id), '{}') into contents from custody.content c
    where c.incident_id = incident and (c.from_unit = any (own) or c.to_unit = any (own))
      and (c.subject_id = subject or c.handoff_id = any (handoffs) or (incident_done and c.subject_id is null));
  insert into custody.disposed_content (content_id, unit_id, disposal_id, disposed_at)
    select distinct c.id, u, d.id, at from custody.content c cross join lateral unnest(array[c.from_unit, c.to_unit]) u
    where c.id = any (contents) and u = any (own) on conflict do nothing;
  update custody.content c set ciphertext = '', erased_at = at
    where c.id = any (contents) and c.erased_at is null and not exists (
      select 1 from unnest(array[c.from_unit, c.to_unit]) side join directory.unit u on u.id = side and u.external = ''
      where not exists (select 1 from custody.disposed_content x where x.content_id = c.id and x.unit_id = side));
  get diagnostics emptied = row_count;
  update custody.matter m set assigned_to = null
    where m.id = any (matters) and m.holder_unit = any (units) and m.assigned_to is not null;
  update custody.event e set person = null
    from directory.unit_authority a
    where e.matter_id = any (matters) and e.person is not null and a.unit_id = e.unit_id and a.authority_id = d.authority;
  select coalesce(array_agg(l.id), '{}') into leaf_ids from custody.audit_leaf l
    where l.authority = d.authority and l.salt is not null and (
      (l.target_kind = 'subject' and l.target_id = subject::text)
      or (l.target_kind = 'matter' and l.target_id = any (matters::text[]))
      or (l.target_kind = 'handoff' and l.target_id = any (handoffs::text[]))
      or (l.target_kind = 'content' and l.target_id = any (contents::text[]))
      or (incident_done and l.target_kind = 'incident' and l.target_id = incident::text)
      or (incident_done and l.target_kind = 'dispatch' and l.target_id in (
        select x.id::text from custody.dispatch x where x.incident_id = incident)));
  if first = 1 or cardinality(leaf_ids) > 0 then
    leaves := custody.erase_audit_person(leaf_ids, approval);
  end if;
  return jsonb_build_object('first', first = 1, 'incidentDone', incident_done, 'incidentId', incident,
    'matters', to_jsonb(matters), 'handoffs', to_jsonb(handoffs), 'leaves', leaves, 'emptied', emptied,
    'contents', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'unit', x.unit_id, 'digest', c.digest)
      order by c.id, x.unit_id) from custody.content c join custody.disposed_content x on x.content_id = c.id
      where c.id = any (contents) and x.unit_id = any (own)), '[]'::jsonb));
end $$;

revoke all on function custody.my_own_line(), custody.disposes_for(text), custody.units_of_authority(text),
  custody.subjects_known_to(text[], uuid), custody.is_running(text[], uuid), custody.last_entry(text[], uuid),
  custody.retention_facts(text, uuid, integer), custody.publish_disposal(jsonb, jsonb),
  custody.dispose_subject(uuid, uuid, jsonb) from public;
grant execute on function custody.retention_facts(text, uuid, integer), custody.publish_disposal(jsonb, jsonb),
  custody.dispose_subject(uuid, uuid, jsonb) to ${CASE_PARTIES};
grant execute on function custody.disposes_for(text) to handslag_parties;
`;
}
