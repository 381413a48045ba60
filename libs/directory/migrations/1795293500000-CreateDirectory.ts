import { SqlMigration } from '#database';

const TABLES = `
create table party (
  name text not null,
  label_sv text not null,
  label_en text not null,
  has_service boolean not null,
  constraint party_pk primary key (name)
);
create table authority (
  id text not null,
  name text not null,
  constraint authority_pk primary key (id)
);
create table unit (
  id text not null,
  name text not null,
  kind text not null,
  form text not null,
  party text not null,
  organised_in text,
  shares_inbox_with text,
  fallback text,
  external text not null,
  valid_from date,
  valid_to date,
  tag text not null,
  source text not null,
  note text not null,
  constraint unit_pk primary key (id),
  constraint unit_days check (valid_from <= valid_to),
  constraint unit_tag check (tag in ('S', 'C', 'CI', 'INF', 'U')),
  constraint unit_party foreign key (party) references party(name)
);
create table unit_authority (
  unit_id text not null,
  authority_id text not null,
  valid_from date,
  valid_to date,
  constraint unit_authority_pk primary key (unit_id, authority_id),
  constraint unit_authority_unit foreign key (unit_id) references unit(id),
  constraint unit_authority_authority foreign key (authority_id) references authority(id)
);
create table unit_area (
  unit_id text not null,
  kind text not null,
  name text not null,
  part text,
  constraint unit_area_pk primary key (unit_id, kind, name),
  constraint unit_area_kind check (kind in ('district', 'municipality', 'police-area', 'county', 'country')),
  constraint unit_area_unit foreign key (unit_id) references unit(id)
);
create table unit_successor (
  unit_id text not null,
  successor text not null,
  from_day date not null,
  tag text not null,
  source text not null,
  constraint unit_successor_pk primary key (unit_id, successor),
  constraint unit_successor_unit foreign key (unit_id) references unit(id),
  constraint unit_successor_successor foreign key (successor) references unit(id)
);
create table district (
  name text not null,
  successors text not null,
  valid_from date,
  valid_to date,
  tag text not null,
  source text not null,
  note text not null,
  constraint district_pk primary key (name)
);
create table subdistrict (
  name text not null,
  tag text not null,
  source text not null,
  note text not null,
  constraint subdistrict_pk primary key (name)
);
create table catchment (
  subdistrict text not null,
  kind text not null,
  value text not null,
  valid_from date,
  valid_to date,
  constraint catchment_pk primary key (subdistrict, kind, value),
  constraint catchment_kind check (kind in ('district', 'lpo')),
  constraint catchment_subdistrict foreign key (subdistrict) references subdistrict(name)
);
create index catchment_by_value on catchment (kind, value);
create table municipality (
  code text not null,
  name text not null,
  police_areas text not null,
  jour text,
  tag text not null,
  source text not null,
  note text not null,
  constraint municipality_pk primary key (code)
);
create table place_alias (
  alias text not null,
  subdistrict text not null,
  kind text not null,
  tag text not null,
  source text not null,
  note text not null,
  constraint place_alias_pk primary key (alias),
  constraint place_alias_kind check (kind in ('synonym', 'locality')),
  constraint place_alias_subdistrict foreign key (subdistrict) references subdistrict(name)
);
create table postal_town (
  name text not null,
  candidates text not null,
  tag text not null,
  source text not null,
  note text not null,
  constraint postal_town_pk primary key (name)
);
create table straddled_place (
  place text not null,
  main_subdistrict text,
  other_districts text not null,
  other_subdistricts text not null,
  valid_from date,
  valid_to date,
  tag text not null,
  source text not null,
  note text not null,
  constraint straddled_place_pk primary key (place)
);
create table office_hours (
  unit_id text not null,
  position integer not null,
  days text not null,
  opens text,
  closes text,
  channel text not null,
  basis text not null,
  valid_from date,
  valid_to date,
  tag text not null,
  source text not null,
  note text not null,
  constraint office_hours_pk primary key (unit_id, position),
  constraint office_hours_both check ((opens is null) = (closes is null)),
  constraint office_hours_basis check (basis in ('known', 'assumed')),
  constraint office_hours_unit foreign key (unit_id) references unit(id)
);
create table office_hours_exception (
  unit_id text not null,
  day date not null,
  position integer not null,
  opens text,
  closes text,
  tag text not null,
  source text not null,
  note text not null,
  constraint office_hours_exception_pk primary key (unit_id, day, position),
  constraint office_hours_exception_both check ((opens is null) = (closes is null)),
  constraint office_hours_exception_unit foreign key (unit_id) references unit(id)
);
create table programme (
  code text not null,
  version integer not null,
  unit_id text not null,
  label_sv text not null,
  label_en text not null,
  end_tag text,
  valid_from date,
  valid_to date,
  tag text not null,
  source text not null,
  note text not null,
  constraint programme_pk primary key (code, version, unit_id),
  constraint programme_unit foreign key (unit_id) references unit(id)
);
create table contact_point (
  unit_id text not null,
  purpose text not null,
  value text not null,
  from_rung integer,
  is_placeholder boolean not null,
  valid_from date,
  valid_to date,
  tag text not null,
  source text not null,
  note text not null,
  constraint contact_point_pk primary key (unit_id, purpose),
  constraint contact_point_purpose check (purpose in ('ring', 'notify', 'sms-on-duty', 'sms-unit-head', 'sms-coordinator')),
  constraint contact_point_unit foreign key (unit_id) references unit(id)
);
create table rota (
  id uuid not null,
  unit_id text not null,
  person_id text not null,
  duty text not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  constraint rota_pk primary key (id),
  constraint rota_forward check (from_at < until_at),
  constraint rota_duty check (duty in ('on-duty', 'deputy-head')),
  constraint rota_unit foreign key (unit_id) references unit(id)
);
create index rota_by_unit on rota (unit_id, from_at);
create index rota_by_person on rota (person_id, from_at);
create table mandate (
  id uuid not null,
  person_id text not null,
  unit_id text not null,
  role text not null,
  valid_until date,
  label_sv text not null,
  label_en text not null,
  valid_from date,
  constraint mandate_pk primary key (id),
  constraint mandate_days check (valid_from <= valid_until),
  constraint mandate_role check (role in ('case-worker', 'unit-head', 'liaison', 'coordinator', 'auditor', 'administrator')),
  constraint mandate_unit foreign key (unit_id) references unit(id)
);
create index mandate_by_unit on mandate (unit_id, role);
create index mandate_by_person on mandate (person_id);
create table load (
  number integer not null,
  file text not null,
  sha256 text not null,
  row_count integer not null,
  version text not null,
  loaded_at timestamptz(3) not null,
  constraint load_pk primary key (number, file)
);
create table clock (
  id integer not null default 1,
  offset_ms bigint not null default 0,
  constraint clock_pk primary key (id),
  constraint clock_is_ahead check (offset_ms >= 0),
  constraint clock_is_one check (id = 1)
);
`;

/**
 * Record time is wall time plus the offset of the local time machine, in whole milliseconds, as every column of an
 * instant stores it. It only ever moves forward (DESIGN 7).
 */
const CLOCK = `
insert into clock default values;

create function record_now() returns timestamptz(3) language sql volatile as $$
  select (date_trunc('milliseconds', clock_timestamp())
          + (select offset_ms from directory.clock) * interval '1 millisecond')::timestamptz(3)
$$;

create function clock_moves_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.offset_ms < old.offset_ms then
    raise exception 'record time only moves forward' using errcode = 'HS001';
  end if;
  return new;
end $$;
create trigger clock_moves_forward before update or delete on clock
  for each row execute function clock_moves_forward();
`;

/**
 * Who may do what, where, at an instant: mandates, whose days are local and inclusive (null is open), and whoever
 * stands in for the head just then. The one place that says so: the door and the guarded functions ask it (ADR 0012).
 */
const ROLES = `
create function in_force(first_day date, last_day date, at timestamptz) returns boolean language sql stable as $$
  select coalesce(first_day <= d.day, true) and coalesce(d.day <= last_day, true)
  from (select (at at time zone 'Europe/Stockholm')::date as day) d
$$;

create function roles_of(person text, at timestamptz) returns table (unit_id text, role text) language sql stable as $$
  select m.unit_id, m.role from directory.mandate m
  where m.person_id = person and directory.in_force(m.valid_from, m.valid_until, at)
  union
  -- Nobody stands in who no longer works there: an ended mandate ends the standing in with it.
  select r.unit_id, 'unit-head' from directory.rota r
  where r.person_id = person and r.duty = 'deputy-head' and r.from_at <= at and at < r.until_at
    and exists (select 1 from directory.mandate m where m.person_id = person and m.unit_id = r.unit_id
      and directory.in_force(m.valid_from, m.valid_until, at))
$$;
`;

/**
 * The rota is written by its units' services, through these functions only: they hold party, role and time against
 * the record again, and answer a refusal's code or null.
 */
const ROTA = `
create function heads_unit(person text, unit text, at timestamptz) returns text language sql stable
set search_path = pg_catalog as $$
  select case
    when not exists (select 1 from directory.unit u where u.id = unit and session_user = 'handslag_' || u.party)
      then 'NOT_YOUR_UNIT'
    when not exists (select 1 from directory.roles_of(person, at) h where h.unit_id = unit and h.role = 'unit-head')
      then 'NO_MANDATE'
  end
$$;

/* spell: { id, unit, person, duty, from|null (now), until, by }. */
create function put_on_rota(spell jsonb) returns text language plpgsql security definer
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
  if not exists (select 1 from directory.mandate m where m.person_id = person and m.unit_id = unit
      and directory.in_force(m.valid_from, m.valid_until, starts)) then
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

/* Ends a spell now, or takes away one that has not begun; what is over stays as it was. spell: { id, unit, by }. */
create function take_off_rota(spell jsonb) returns text language plpgsql security definer
set search_path = pg_catalog as $$
declare
  unit text := spell ->> 'unit';
  at timestamptz(3);
  refused text;
  kept directory.rota;
begin
  perform pg_advisory_xact_lock(hashtextextended('rota ' || unit, 0));
  at := directory.record_now();
  refused := directory.heads_unit(spell ->> 'by', unit, at);
  if refused is not null then return refused; end if;
  select * into kept from directory.rota r where r.id = (spell ->> 'id')::uuid and r.unit_id = unit;
  if kept.id is null or kept.until_at <= at then return 'NOT_FOUND'; end if;
  if kept.from_at >= at then
    delete from directory.rota where id = kept.id;
  else
    update directory.rota set until_at = at where id = kept.id;
  end if;
  return null;
end $$;
`;

/** Every process reads the directory; nobody but its owner writes it. The courier's clock is opened in local mode only. */
const GRANTS = `
grant usage on schema directory to handslag_parties, handslag_courier, handslag_issuer;
grant select on all tables in schema directory to handslag_parties, handslag_courier, handslag_issuer;
revoke all on all functions in schema directory from public;
grant execute on function record_now(), in_force(date, date, timestamptz), roles_of(text, timestamptz)
  to handslag_parties, handslag_courier, handslag_issuer;
grant execute on function put_on_rota(jsonb), take_off_rota(jsonb) to handslag_parties;
`;

export class CreateDirectory1795293500000 extends SqlMigration {
  override readonly sql = TABLES + CLOCK + ROLES + ROTA + GRANTS;
}
