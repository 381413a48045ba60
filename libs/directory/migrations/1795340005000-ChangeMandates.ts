import { SqlMigration } from '#database';

/**
 * When a mandate counts: in its days, from an instant no more once it is revoked, and one on shift only while the rota has its
 * holder on duty. `roles_of` is asked at every request and by every write, so that a revocation counts at once.
 */
const HOURS = `
alter table directory.mandate
  add column hours text not null default 'always',
  add column revoked_at timestamptz(3),
  add constraint mandate_hours check (hours in ('always', 'on-shift'));
create index mandate_of_unit on directory.mandate (unit_id, id);

create function directory.is_held(m directory.mandate, at timestamptz) returns boolean language sql stable as $$
  select directory.in_force(m.valid_from, m.valid_until, at) and (m.revoked_at is null or at < m.revoked_at)
$$;
create function directory.on_rota(person text, unit text, wanted text, at timestamptz) returns boolean language sql stable as $$
  select exists (select 1 from directory.rota r where r.person_id = person and r.unit_id = unit and r.duty = wanted
    and r.from_at <= at and at < r.until_at)
$$;

create or replace function directory.roles_of(person text, at timestamptz)
returns table (unit_id text, role text) language sql stable as $$
  select m.unit_id, m.role from directory.mandate m
  where m.person_id = person and directory.is_held(m, at)
    and (m.hours = 'always' or directory.on_rota(person, m.unit_id, 'on-duty', at))
  union
  -- Nobody stands in who no longer works there: an ended mandate ends the standing in with it.
  select r.unit_id, 'unit-head' from directory.rota r
  where r.person_id = person and r.duty = 'deputy-head' and r.from_at <= at and at < r.until_at
    and exists (select 1 from directory.mandate m where m.person_id = person and m.unit_id = r.unit_id
      and directory.is_held(m, at))
$$;

-- What rests outside the shift: only an emergency opens with it.
create function directory.resting_roles_of(person text, at timestamptz)
returns table (unit_id text, role text) language sql stable as $$
  select m.unit_id, m.role from directory.mandate m
  where m.person_id = person and m.hours = 'on-shift' and directory.is_held(m, at)
    and not exists (select 1 from directory.roles_of(person, at) a where a.unit_id = m.unit_id and a.role = m.role)
$$;
`;

/**
 * Mandates are granted, approved and ended by the unit's own service, through this function only: it holds party, role, time,
 * and who may not decide about herself against the record again (the rules of libs/domain/authority/granting.ts).
 */
const CHANGES = `
create table directory.mandate_proposal (
  id uuid not null,
  unit_id text not null,
  person_id text not null,
  role text not null,
  hours text not null,
  valid_from date not null,
  valid_until date,
  proposed_by text not null,
  proposed_as_head boolean not null,
  proposed_at timestamptz(3) not null,
  decided_by text,
  decided_at timestamptz(3),
  constraint mandate_proposal_pk primary key (id),
  constraint mandate_proposal_unit foreign key (unit_id) references directory.unit (id),
  constraint mandate_proposal_hours check (hours in ('always', 'on-shift')),
  constraint mandate_proposal_role check (
    role in ('case-worker', 'unit-head', 'liaison', 'coordinator', 'auditor', 'administrator')),
  constraint mandate_proposal_decided check ((decided_by is null) = (decided_at is null)),
  constraint mandate_proposal_two_persons check (proposed_by <> person_id and decided_by <> person_id
    and decided_by <> proposed_by)
);
create index mandate_proposal_by_unit on directory.mandate_proposal (unit_id, proposed_at, id);

create function directory.content_role(role text) returns boolean language sql immutable as $$
  select role in ('case-worker', 'unit-head', 'liaison')
$$;

create function directory.grant_refusal(wish directory.mandate_proposal, party text, at timestamptz)
returns text language sql stable set search_path = pg_catalog as $$
  select case
    when (wish.role = 'coordinator') <> (party = 'coordination') and (wish.role = 'coordinator'
      or directory.content_role(wish.role)) then 'ROLE_NOT_AT_UNIT'
    when wish.role = 'liaison' and party <> 'police' then 'ROLE_NOT_AT_UNIT'
    when wish.valid_from < (at at time zone 'Europe/Stockholm')::date
      or wish.valid_until < wish.valid_from then 'MANDATE_DAYS'
    when exists (select 1 from directory.mandate m where m.person_id = wish.person_id and m.unit_id = wish.unit_id
        and m.revoked_at is null and daterange(m.valid_from, m.valid_until, '[]') && daterange(wish.valid_from, wish.valid_until, '[]')
        and (directory.content_role(m.role) and wish.role in ('auditor', 'administrator')
          or directory.content_role(wish.role) and m.role in ('auditor', 'administrator'))) then 'ROLES_APART'
    when exists (select 1 from directory.mandate m where m.person_id = wish.person_id and m.unit_id = wish.unit_id
        and m.role = wish.role and m.revoked_at is null
        and daterange(m.valid_from, m.valid_until, '[]') && daterange(wish.valid_from, wish.valid_until, '[]')) then 'MANDATE_EXISTS'
  end
$$;

create function directory.write_mandate(wish directory.mandate_proposal) returns void language sql
set search_path = pg_catalog as $$
  insert into directory.mandate (id, person_id, unit_id, role, valid_from, valid_until, label_sv, label_en, hours)
  values (wish.id, wish.person_id, wish.unit_id, wish.role, wish.valid_from, wish.valid_until, wish.role, wish.role, wish.hours)
$$;

/* change: { change: 'grant', id, unit, person, role, hours, from|null (today), until|null, by }
   | { change: 'approve', id, unit, by } | { change: 'end', id, unit, by }. Answers { refused } or { state }. */
create function directory.change_mandate(change jsonb) returns jsonb language plpgsql security definer
set search_path = pg_catalog as $$
#variable_conflict use_variable
declare
  unit text := change ->> 'unit';
  actor text := change ->> 'by';
  at timestamptz(3);
  party text;
  is_head boolean;
  is_administrator boolean;
  wish directory.mandate_proposal;
  kept directory.mandate;
  refused text;
begin
  perform pg_advisory_xact_lock(hashtextextended('mandates ' || unit, 0));
  at := directory.record_now();
  select u.party into party from directory.unit u where u.id = unit and session_user = 'handslag_' || u.party;
  if party is null then return jsonb_build_object('refused', 'NOT_YOUR_UNIT'); end if;
  select coalesce(bool_or(r.role = 'unit-head'), false), coalesce(bool_or(r.role = 'administrator'), false)
    into is_head, is_administrator from directory.roles_of(actor, at) r where r.unit_id = unit;
  if not is_head and not is_administrator then return jsonb_build_object('refused', 'NO_MANDATE'); end if;

  if change ->> 'change' = 'grant' then
    wish := row((change ->> 'id')::uuid, unit, change ->> 'person', change ->> 'role', change ->> 'hours',
      coalesce((change ->> 'from')::date, (at at time zone 'Europe/Stockholm')::date), (change ->> 'until')::date,
      actor, is_head, at, null, null);
    if wish.person_id = actor then return jsonb_build_object('refused', 'SELF_GRANT'); end if;
    refused := directory.grant_refusal(wish, party, at);
    if refused is not null then return jsonb_build_object('refused', refused); end if;
    if is_head and wish.role in ('case-worker', 'liaison') then
      perform directory.write_mandate(wish);
      return jsonb_build_object('state', 'granted');
    end if;
    insert into directory.mandate_proposal select (wish).*;
    return jsonb_build_object('state', 'proposed');
  end if;

  if change ->> 'change' = 'approve' then
    select * into wish from directory.mandate_proposal p
      where p.id = (change ->> 'id')::uuid and p.unit_id = unit and p.decided_at is null for update;
    if wish.id is null then return jsonb_build_object('refused', 'NOT_FOUND'); end if;
    if wish.person_id = actor then return jsonb_build_object('refused', 'SELF_GRANT'); end if;
    if wish.proposed_by = actor then return jsonb_build_object('refused', 'SECOND_PERSON_REQUIRED'); end if;
    if not (is_head or wish.proposed_as_head) then return jsonb_build_object('refused', 'NO_MANDATE'); end if;
    -- Proposed some days ago, it begins when it is approved.
    wish.valid_from := greatest(wish.valid_from, (at at time zone 'Europe/Stockholm')::date);
    refused := directory.grant_refusal(wish, party, at);
    if refused is not null then return jsonb_build_object('refused', refused); end if;
    update directory.mandate_proposal set decided_by = actor, decided_at = at where id = wish.id;
    perform directory.write_mandate(wish);
    return jsonb_build_object('state', 'granted');
  end if;

  if change ->> 'change' = 'end' then
    select * into kept from directory.mandate m where m.id = (change ->> 'id')::uuid and m.unit_id = unit for update;
    if kept.id is null or kept.revoked_at is not null
        or kept.valid_until < (at at time zone 'Europe/Stockholm')::date then
      return jsonb_build_object('refused', 'NOT_FOUND');
    end if;
    -- An administrator ends nobody's watch over the unit alone, nor the head's place; another head does.
    if not is_head and kept.role in ('unit-head', 'auditor') then return jsonb_build_object('refused', 'NO_MANDATE'); end if;
    if kept.role = 'unit-head' and not exists (select 1 from directory.mandate m where m.unit_id = unit
        and m.role = 'unit-head' and m.id <> kept.id and m.hours = 'always' and directory.is_held(m, at)) then
      return jsonb_build_object('refused', 'LAST_HEAD_STAYS');
    end if;
    update directory.mandate set revoked_at = at where id = kept.id;
    return jsonb_build_object('state', 'ended');
  end if;
  return jsonb_build_object('refused', 'INVALID_INPUT');
end $$;

-- On the rota comes who works there on that day, whatever her shift, and is not revoked.
create or replace function directory.put_on_rota(spell jsonb) returns text language plpgsql security definer
set search_path = pg_catalog as $$
declare
  unit text := spell ->> 'unit';
  person text := spell ->> 'person';
  at timestamptz(3);
  starts timestamptz(3);
  ends timestamptz(3) := (spell ->> 'until')::timestamptz;
  refused text;
begin
  perform pg_advisory_xact_lock(hashtextextended('rota ' || unit, 0));
  at := directory.record_now();
  starts := coalesce((spell ->> 'from')::timestamptz, at);
  refused := directory.heads_unit(spell ->> 'by', unit, at);
  if refused is not null then return refused; end if;
  if starts < at then return 'ROTA_IN_THE_PAST'; end if;
  if ends <= starts then return 'ROTA_BACKWARDS'; end if;
  -- Nobody makes herself head, nor stays it: another head does.
  if person = spell ->> 'by' and spell ->> 'duty' = 'deputy-head' then return 'SECOND_PERSON_REQUIRED'; end if;
  -- Nor does who audits or administers stand in for the head: she would read what she watches over.
  if not exists (select 1 from directory.mandate m where m.person_id = person and m.unit_id = unit
      and directory.is_held(m, starts)
      and (spell ->> 'duty' <> 'deputy-head' or directory.content_role(m.role))) then
    return 'ROTA_NO_COLLEAGUE';
  end if;
  if exists (select 1 from directory.rota r where r.unit_id = unit and r.person_id = person
      and r.duty = spell ->> 'duty' and r.from_at < ends and starts < r.until_at) then
    return 'ROTA_OVERLAPS';
  end if;
  insert into directory.rota (id, unit_id, person_id, duty, from_at, until_at)
    values ((spell ->> 'id')::uuid, unit, person, spell ->> 'duty', starts, ends);
  return null;
end $$;

grant select on directory.mandate_proposal to handslag_parties;
revoke all on function directory.is_held(directory.mandate, timestamptz), directory.on_rota(text, text, text, timestamptz),
  directory.resting_roles_of(text, timestamptz), directory.content_role(text),
  directory.grant_refusal(directory.mandate_proposal, text, timestamptz),
  directory.write_mandate(directory.mandate_proposal), directory.change_mandate(jsonb) from public;
-- roles_of runs as who asks, so what it asks must be open to the same.
grant execute on function directory.is_held(directory.mandate, timestamptz),
  directory.on_rota(text, text, text, timestamptz), directory.resting_roles_of(text, timestamptz)
  to handslag_parties, handslag_courier, handslag_issuer;
grant execute on function directory.change_mandate(jsonb) to handslag_parties;
`;

export class ChangeMandates1795340005000 extends SqlMigration {
  override readonly sql = HOURS + CHANGES;
}
