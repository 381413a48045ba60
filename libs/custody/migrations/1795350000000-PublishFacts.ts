import { PARTY_SERVICES, SqlMigration, serviceRole } from '#database';

/** Coordination has no case: it is told of none. */
const CASE_PARTIES = PARTY_SERVICES.filter((party) => party !== 'coordination')
  .map(serviceRole)
  .join(', ');

/**
 * What a party lets others know without content (DESIGN 4): published by the unit whose act it was, told to the units
 * that its audience names at that instant, and to whoever comes to hold such a matter later, since a fact that the former
 * holder knew must not be lost in the handing over. A unit that let go is told nothing more.
 */
export class PublishFacts1795350000000 extends SqlMigration {
  readonly name = 'PublishFacts1795350000000';
  readonly sql = `
create table custody.published_fact (
  id uuid not null,
  code text not null,
  incident_id uuid not null,
  subject_id uuid,
  matter_id uuid,
  from_unit text not null,
  cause_id uuid not null,
  effective_at timestamptz(3) not null,
  until_at timestamptz(3) not null default 'infinity',
  published_at timestamptz(3) not null,
  constraint published_fact_pk primary key (id),
  constraint published_fact_once unique (cause_id, code),
  constraint published_fact_of foreign key (incident_id) references custody.incident (id),
  constraint published_fact_about foreign key (subject_id) references custody.subject (id),
  constraint published_fact_in foreign key (matter_id) references custody.matter (id)
);
create index published_fact_by_incident on custody.published_fact (incident_id, published_at, id);
create index published_fact_by_subject on custody.published_fact (subject_id) where subject_id is not null;
create table custody.published_fact_audience (
  fact_id uuid not null,
  holder_of text not null,
  same_person boolean not null,
  constraint published_fact_audience_pk primary key (fact_id, holder_of),
  constraint published_fact_audience_of foreign key (fact_id) references custody.published_fact (id)
);
create table custody.published_fact_recipient (
  fact_id uuid not null,
  unit_id text not null,
  told_at timestamptz(3) not null,
  taken_at timestamptz(3) not null default 'infinity',
  constraint published_fact_recipient_pk primary key (fact_id, unit_id),
  constraint published_fact_recipient_of foreign key (fact_id) references custody.published_fact (id)
);
create index published_fact_waiting on custody.published_fact_recipient (unit_id, fact_id) where taken_at = 'infinity';

create trigger published_fact_stays before update or delete or truncate on custody.published_fact
  for each statement execute function custody.refuse_change();
create trigger published_fact_audience_stays before update or delete or truncate on custody.published_fact_audience
  for each statement execute function custody.refuse_change();

/* Tells a fact to whoever its audience is now, each unit once. */
create function custody.tell_fact(fact uuid, at timestamptz) returns void language plpgsql security definer
set search_path = pg_catalog as $$
declare
  told text;
begin
  for told in
    insert into custody.published_fact_recipient (fact_id, unit_id, told_at)
      select distinct f.id, side.unit, at
      from custody.published_fact f
      join custody.published_fact_audience a on a.fact_id = f.id
      cross join lateral (
        select i.opened_by_unit as unit from custody.incident i where i.id = f.incident_id and a.holder_of = 'incident'
        union select m.holder_unit from custody.matter m
          where m.incident_id = f.incident_id and m.kind = a.holder_of and m.closed_at = 'infinity'
            and (not a.same_person or m.subject_id = f.subject_id)) side
      where f.id = fact and side.unit <> f.from_unit
      on conflict do nothing returning unit_id
  loop
    perform pg_notify('handslag_live', told);
  end loop;
end $$;

/* fact: { id, code, incidentId, subjectId, matterId, unit, causeId, effectiveAt, untilAt, audience: [{ holderOf, samePerson }] }.
   By a unit that has a part in the person, or in the incident where it is about nobody. Publishing it again changes nothing. */
create function custody.publish_fact(fact jsonb, audit jsonb) returns void language plpgsql security definer
set search_path = pg_catalog as $$
declare
  at timestamptz(3) := directory.record_now();
  wanted uuid := (fact ->> 'id')::uuid;
  unit text := fact ->> 'unit';
  incident uuid := (fact ->> 'incidentId')::uuid;
  subject uuid := (fact ->> 'subjectId')::uuid;
begin
  if unit is null or unit <> all (custody.my_units()) then perform custody.refuse('NOT_YOUR_UNIT'); end if;
  if not custody.sees_incident(incident) or (subject is not null and not (custody.sees_subject(subject)
      and exists (select 1 from custody.subject s where s.id = subject and s.incident_id = incident))) then
    perform custody.refuse('NOT_FOUND');
  end if;
  -- No audit row, no effect (C7).
  if coalesce(jsonb_typeof(audit), 'null') <> 'object' then perform custody.refuse('AUDIT_UNAVAILABLE'); end if;
  insert into custody.published_fact (id, code, incident_id, subject_id, matter_id, from_unit, cause_id, effective_at,
      until_at, published_at)
    values (wanted, fact ->> 'code', incident, subject, (fact ->> 'matterId')::uuid, unit, (fact ->> 'causeId')::uuid,
      (fact ->> 'effectiveAt')::timestamptz, coalesce((fact ->> 'untilAt')::timestamptz, 'infinity'), at)
    on conflict do nothing;
  if not found then return; end if;
  insert into custody.published_fact_audience (fact_id, holder_of, same_person)
    select wanted, x."holderOf", x."samePerson"
    from jsonb_to_recordset(fact -> 'audience') as x("holderOf" text, "samePerson" boolean);
  insert into custody.audit_leaf select (jsonb_populate_record(null::custody.audit_leaf, audit)).*;
  perform custody.tell_fact(wanted, at);
end $$;

/* Whoever comes to hold a matter is told what its holder was told, and what came while nobody of the audience held one. */
create function custody.tell_new_holder() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$
begin
  perform custody.tell_fact(f.id, new.starts_at)
    from custody.matter m join custody.published_fact f on f.incident_id = m.incident_id
    where m.id = new.matter_id;
  return null;
end $$;
create constraint trigger responsibility_is_told after insert on custody.responsibility deferrable initially deferred
  for each row execute function custody.tell_new_holder();

/* The unit's service has done what follows from a fact in its own schema. */
create function custody.take_fact(fact uuid, unit text) returns void language plpgsql security definer
set search_path = pg_catalog as $$
begin
  if unit <> all (custody.my_units()) then perform custody.refuse('NOT_YOUR_UNIT'); end if;
  update custody.published_fact_recipient r set taken_at = directory.record_now()
    where r.fact_id = fact and r.unit_id = unit and r.taken_at = 'infinity';
end $$;

create function custody.was_told(fact uuid) returns boolean language sql stable security definer
set search_path = pg_catalog as $$
  select exists (select 1 from custody.published_fact_recipient r
    where r.fact_id = fact and r.unit_id = any (custody.my_units()))
$$;

/* Who was told a fact about a person has a part in that person, as who was offered her matter has. */
create or replace function custody.sees_subject(subject uuid) returns boolean language sql stable security definer
set search_path = pg_catalog as $$
  select exists (
    select 1 from custody.subject s join custody.incident i on i.id = s.incident_id
    where s.id = subject and i.opened_by_unit = any (custody.my_units()))
  or exists (
    select 1 from custody.matter m join custody.responsibility r on r.matter_id = m.id
    where m.subject_id = subject and r.unit_id = any (custody.my_units()))
  or exists (
    select 1 from custody.matter m join custody.handoff h on h.matter_id = m.id
    where m.subject_id = subject and h.to_unit = any (custody.my_units()))
  or exists (
    select 1 from custody.published_fact f join custody.published_fact_recipient r on r.fact_id = f.id
    where f.subject_id = subject and r.unit_id = any (custody.my_units()))
$$;

alter table custody.published_fact enable row level security;
alter table custody.published_fact_audience enable row level security;
alter table custody.published_fact_recipient enable row level security;
grant select on custody.published_fact, custody.published_fact_recipient to ${CASE_PARTIES};
create policy told on custody.published_fact for select to ${CASE_PARTIES}
  using (from_unit = any ((select custody.my_units())::text[]) or custody.was_told(id));
create policy told on custody.published_fact_recipient for select to ${CASE_PARTIES}
  using (unit_id = any ((select custody.my_units())::text[]));

revoke all on function custody.tell_fact(uuid, timestamptz), custody.publish_fact(jsonb, jsonb), custody.tell_new_holder(),
  custody.take_fact(uuid, text), custody.was_told(uuid) from public;
grant execute on function custody.publish_fact(jsonb, jsonb), custody.take_fact(uuid, text), custody.was_told(uuid)
  to ${CASE_PARTIES};
`;
}
