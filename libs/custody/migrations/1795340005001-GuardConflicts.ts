import { SqlMigration } from '#database';

/**
 * Who may not do both, held against the record at the instant of the write (R-007, C-17; DESIGN 6.2, 8): a decider accepts no
 * commission of her own, nobody works for her and for him, nobody investigates and treats, and the two meet at no door. The
 * same rules as libs/domain/authority/work-conflicts.ts; a test holds one against the other. Refusals name no reason.
 */
export class GuardConflicts1795340005001 extends SqlMigration {
  readonly name = 'GuardConflicts1795340005001';
  readonly sql = `
create index matter_by_continued on custody.matter (continues_id);
create index matter_by_merged on custody.matter (merged_into_id);

-- A meeting that is booked, one a matter; gone when it is over. The site is a keyed digest: no place stands here with a time.
create table custody.booking (
  matter_id uuid not null,
  incident_id uuid not null,
  is_his boolean not null,
  unit_id text not null,
  person text not null,
  site text not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null,
  constraint booking_pk primary key (matter_id),
  constraint booking_forward check (starts_at < ends_at),
  constraint booking_matter foreign key (matter_id) references custody.matter (id)
);
create index booking_by_site on custody.booking (site, starts_at);
create index booking_by_person on custody.booking (person, starts_at);
-- Read and written by the guarded functions alone: no role sees who else is booked.
alter table custody.booking enable row level security;

create function custody.work_part(kind text) returns text language sql immutable set search_path = pg_catalog as $$
  select case
    when kind in ('adult-safety', 'child-protection', 'protected-housing') then 'investigates'
    when kind in ('perpetrator-change', 'adult-support', 'child-support') then 'treats'
    else 'neither' end
$$;
create function custody.is_his(role text) returns boolean language sql immutable set search_path = pg_catalog as $$
  select role = 'alleged-perpetrator'
$$;
-- Support that one unit decides and another delivers (DESIGN 2).
create function custody.is_commission(route text) returns boolean language sql immutable set search_path = pg_catalog as $$
  select route in ('adult-support.rvt.rvc', 'child-support.bou.rvc', 'perpetrator-change.socialjouren.rvt',
    'perpetrator-change.rvt.rvt', 'perpetrator-change.rvt.rvc')
$$;

-- Why one person may not work on both matters of linked incidents; null when she may.
create function custody.conflict_between(kind text, role text, other_kind text, other_role text, same_subject boolean)
returns text language sql immutable set search_path = pg_catalog as $$
  select case
    when custody.is_his(role) <> custody.is_his(other_role) then 'other-side'
    when same_subject and array[custody.work_part(kind), custody.work_part(other_kind)] @> array['investigates', 'treats']
      then 'investigates-and-treats'
  end
$$;

-- The incident and those that a continued or merged matter ties to it.
create function custody.linked_incidents(incident uuid) returns uuid[] language sql stable set search_path = pg_catalog as $$
  with recursive linked(id) as (
    select incident
    union
    select x.incident_id from linked l join custody.matter m on m.incident_id = l.id
    cross join lateral (
      select o.incident_id from custody.matter o where o.id in (m.continues_id, m.merged_into_id)
      union all select o.incident_id from custody.matter o where o.continues_id = m.id
      union all select o.incident_id from custody.matter o where o.merged_into_id = m.id) x)
  select array_agg(id) from linked
$$;

-- Whom a person works or has worked with: who was assigned, or met and tried to reach.
create function custody.worked_on(m custody.matter, worker text) returns boolean language sql stable
set search_path = pg_catalog as $$
  select m.assigned_to is not distinct from worker or exists (
    select 1 from custody.event e where e.matter_id = m.id and e.person = worker
      and e.kind in ('take-over', 'contact-attempt', 'contact-made', 'schedule', 'attend', 'no-show'))
$$;

create function custody.conflicting_matters(matter uuid, worker text)
returns table (matter_id uuid, holder_unit text, conflict text) language sql stable set search_path = pg_catalog as $$
  select x.id, x.holder_unit, x.conflict from (
    select o.id, o.holder_unit, custody.conflict_between(m.kind, s.role, o.kind, os.role,
      o.subject_id = m.subject_id or (o.incident_id <> m.incident_id and os.role = s.role)) as conflict,
      custody.worked_on(o, worker) as worked
    from custody.matter m join custody.subject s on s.id = m.subject_id
    join custody.matter o on o.incident_id = any (custody.linked_incidents(m.incident_id)) and o.id <> m.id
    join custody.subject os on os.id = o.subject_id
    where m.id = matter) x
  where x.conflict is not null and x.worked
$$;

-- Who is to work on a matter is somebody with a case role at its unit on that day, and in no conflict.
create function custody.work_conflict(matter uuid, worker text, at timestamptz) returns text language sql stable
set search_path = pg_catalog as $$
  select coalesce(
    (select c.conflict from custody.conflicting_matters(matter, worker) c order by c.conflict desc limit 1),
    case when not exists (select 1 from custody.matter m join directory.mandate d on d.unit_id = m.holder_unit
        where m.id = matter and d.person_id = worker and directory.is_held(d, at) and directory.content_role(d.role))
      then 'no-colleague' end)
$$;

/* The reason, for the head of the unit that holds both; null to everybody else, as where there is none. */
create function custody.explain_work_conflict(matter uuid, worker text) returns text language sql stable security definer
set search_path = pg_catalog as $$
  select case when exists (select 1 from custody.matter m where m.id = matter and m.holder_unit = any (custody.my_units()))
    then coalesce(
      (select c.conflict from custody.conflicting_matters(matter, worker) c
        where c.holder_unit = any (custody.my_units()) order by c.conflict desc limit 1),
      (select w from custody.work_conflict(matter, worker, directory.record_now()) w where w = 'no-colleague')) end
$$;

-- Raises what stands against a write; called by commit_command once it knows the actor, before it writes.
create function custody.refuse_conflicts(w jsonb, person text, at timestamptz) returns void language plpgsql
set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  c record;
  m custody.matter;
  his boolean;
begin
  if exists (select 1 from jsonb_array_elements(coalesce(w -> 'handoffChanges', '[]')) x
      join custody.handoff h on h.id = (x ->> 'id')::uuid
      where x ->> 'action' = 'accept' and custody.is_commission(h.route) and (
        exists (select 1 from custody.dispatch d where d.id = h.dispatch_id and d.sent_by = person)
        or exists (select 1 from custody.event e
          where e.chain_id = h.matter_id and e.kind = 'opened' and e.person = person))) then
    perform custody.refuse('DECIDER_MAY_NOT_ACCEPT');
  end if;

  -- One at a time for one worker and for one site: two commands about her and about him do not pass each other.
  for c in
    select (x ->> 'id')::uuid as matter, x ->> 'assignedTo' as worker, true as assigned
    from jsonb_array_elements(coalesce(w -> 'matterChanges', '[]')) x
    where (x ->> 'setsAssigned')::boolean and x ->> 'assignedTo' is not null
    union all
    select (x ->> 'matterId')::uuid, person, false from jsonb_array_elements(coalesce(w -> 'events', '[]')) x
    where x ->> 'kind' in ('contact-attempt', 'contact-made', 'schedule', 'attend', 'no-show')
    order by 2, 1
  loop
    perform pg_advisory_xact_lock(hashtextextended('worker ' || c.worker, 0));
    if coalesce(custody.work_conflict(c.matter, c.worker, at), 'none') not in ('none',
        case when c.assigned then 'none' else 'no-colleague' end) then
      perform custody.refuse('CANNOT_WORK_ON_MATTER');
    end if;
  end loop;

  for c in select * from jsonb_to_recordset(coalesce(w -> 'bookings', '[]'))
      as x("matterId" uuid, site text, "from" timestamptz, "until" timestamptz) order by x.site loop
    perform pg_advisory_xact_lock(hashtextextended('site ' || c.site, 0));
    select * into m from custody.matter where id = c."matterId";
    his := custody.is_his((select s.role from custody.subject s where s.id = m.subject_id));
    if exists (select 1 from custody.booking b where b.matter_id <> m.id and b.site = c.site and b.is_his <> his
        and b.incident_id = any (custody.linked_incidents(m.incident_id))
        and b.starts_at < c."until" + interval '60 minutes' and c."from" < b.ends_at + interval '60 minutes')
      or exists (select 1 from custody.booking b where b.matter_id <> m.id and b.person = person
        and b.starts_at < c."until" and c."from" < b.ends_at) then
      perform custody.refuse('TIME_NOT_POSSIBLE');
    end if;
  end loop;
end $$;

create function custody.write_bookings(w jsonb, acting_unit text, person text) returns void language plpgsql
set search_path = pg_catalog as $$
#variable_conflict use_column
begin
  delete from custody.booking b using jsonb_to_recordset(coalesce(w -> 'events', '[]')) as x("matterId" uuid, kind text)
    where b.matter_id = x."matterId" and x.kind in ('event-cancelled', 'attend', 'no-show', 'close');
  insert into custody.booking (matter_id, incident_id, is_his, unit_id, person, site, starts_at, ends_at)
    select m.id, m.incident_id, custody.is_his(s.role), write_bookings.acting_unit, write_bookings.person, x.site, x."from", x."until"
    from jsonb_to_recordset(coalesce(w -> 'bookings', '[]'))
      as x("matterId" uuid, site text, "from" timestamptz, "until" timestamptz)
    join custody.matter m on m.id = x."matterId" and m.holder_unit = write_bookings.acting_unit
    join custody.subject s on s.id = m.subject_id
    on conflict (matter_id) do update set unit_id = excluded.unit_id, person = excluded.person, site = excluded.site,
      starts_at = excluded.starts_at, ends_at = excluded.ends_at;
end $$;

revoke all on function custody.work_part(text), custody.is_his(text), custody.is_commission(text),
  custody.conflict_between(text, text, text, text, boolean), custody.linked_incidents(uuid),
  custody.worked_on(custody.matter, text), custody.conflicting_matters(uuid, text),
  custody.work_conflict(uuid, text, timestamptz), custody.explain_work_conflict(uuid, text),
  custody.refuse_conflicts(jsonb, text, timestamptz), custody.write_bookings(jsonb, text, text) from public;
grant execute on function custody.explain_work_conflict(uuid, text) to handslag_parties;
`;
}
