import { OWNER_ROLE, serviceRole } from './service-roles.js';

/**
 * The same small set of tables in custody and in every party's schema (DESIGN 4), so that opening something
 * writes its row, its deadline, its audit and its wake-up in one transaction. `audit_leaf` is added by the
 * caller from #audit. Only `handed_over_at` and the relay columns are ever changed by the courier.
 */
export function commonTablesSql(schema: string): string {
  return `
create table ${schema}.deadline (
  id uuid not null,
  clock_id uuid not null,
  handoff_id uuid,
  rule text not null,
  rule_version integer not null,
  calendar text not null,
  ladder text not null,
  start_event text not null,
  start_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  because jsonb not null,
  duty_holder text not null,
  asked_of text not null,
  version integer not null default 1,
  rung integer not null default 0,
  next_call_at timestamptz(3) not null,
  ended_at timestamptz(3) not null default 'infinity',
  ended_as text,
  constraint deadline_pk primary key (id),
  constraint deadline_ended_as check (ended_as in ('met', 'lifted')),
  constraint deadline_ends_as_something check ((ended_at = 'infinity') = (ended_as is null))
);
create index deadline_by_clock on ${schema}.deadline (clock_id, ended_at, next_call_at);
create index deadline_by_asked on ${schema}.deadline (asked_of, ended_at, due_at, id);
create index deadline_by_due on ${schema}.deadline (due_at, id) where ended_at = 'infinity';
create index deadline_by_call on ${schema}.deadline (next_call_at, id) where ended_at = 'infinity';

create table ${schema}.stream (
  kind text not null,
  id uuid not null,
  wanted bigint not null default 1,
  wanted_at timestamptz(3) not null default clock_timestamp(),
  relayed bigint not null default 0,
  open boolean not null default true,
  wake_at timestamptz(3) not null default 'infinity',
  attempts integer not null default 0,
  try_after timestamptz(3) not null default '-infinity',
  parked_at timestamptz(3),
  parked_code text,
  constraint stream_pk primary key (kind, id),
  constraint stream_never_ahead check (relayed <= wanted)
);
create index stream_to_relay on ${schema}.stream (try_after) where wanted > relayed and parked_at is null;
create index stream_open on ${schema}.stream (wake_at, kind, id) where open;

create table ${schema}.step (
  process text not null,
  process_id uuid not null,
  step_key text not null,
  occurrence text not null,
  deadline_id uuid not null,
  outcome text,
  constraint step_pk primary key (process, process_id, step_key, occurrence),
  constraint step_deadline foreign key (deadline_id) references ${schema}.deadline (id)
);
create index step_by_deadline on ${schema}.step (deadline_id);

create table ${schema}.idempotency (
  scope text not null,
  key text not null,
  body_hmac text not null,
  response jsonb not null,
  created_at timestamptz(3) not null,
  constraint idempotency_pk primary key (scope, key)
);
create index idempotency_by_age on ${schema}.idempotency (created_at);

create table ${schema}.reminder (
  deadline_id uuid not null,
  deadline_version integer not null,
  rung integer not null,
  called_at timestamptz(3) not null,
  called_by text not null,
  constraint reminder_pk primary key (deadline_id, deadline_version, rung),
  constraint reminder_deadline foreign key (deadline_id) references ${schema}.deadline (id)
);

create table ${schema}.notification (
  id uuid not null,
  deadline_id uuid,
  rung integer not null,
  unit_id text not null,
  function text not null,
  kind text not null,
  ring_unit text,
  created_at timestamptz(3) not null,
  handed_over_at timestamptz(3) not null default 'infinity',
  constraint notification_pk primary key (id),
  constraint notification_once unique (deadline_id, rung, unit_id, function, created_at)
);
create index notification_waiting on ${schema}.notification (created_at, id) where handed_over_at = 'infinity';

-- The clock as of version N, computed as it is relayed: milliseconds left, deadline, rung, or closed (DESIGN 4).
create view ${schema}.clock as
  select s.kind, s.id, s.wanted as version, not s.open as closed, d.id as deadline_id, coalesce(d.rung, 0) as rung,
    d.next_call_at,
    (extract(epoch from (d.next_call_at - directory.record_now())) * 1000)::bigint as wait_ms
  from ${schema}.stream s
  left join lateral (
    select id, rung, next_call_at from ${schema}.deadline
    where clock_id = s.id and ended_at = 'infinity' and next_call_at < 'infinity'
    order by next_call_at, id limit 1
  ) d on true;

-- Wakes the relay; a poll stands behind it, so a lost notice costs a second and nothing else.
create function ${schema}.tell_relay() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  perform pg_notify('handslag_relay', '${schema}');
  return null;
end $$;
-- Since when the relay is behind, in wall time: what the watchdog measures (C3).
create function ${schema}.mark_wanted() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' or old.wanted = old.relayed then new.wanted_at := clock_timestamp(); end if;
  return new;
end $$;
create trigger stream_wanted_at before insert or update of wanted on ${schema}.stream
  for each row execute function ${schema}.mark_wanted();
create trigger stream_wanted after insert or update of wanted on ${schema}.stream
  for each row when (new.wanted > new.relayed) execute function ${schema}.tell_relay();
create trigger notification_written after insert on ${schema}.notification
  for each statement execute function ${schema}.tell_relay();
alter function ${schema}.tell_relay() owner to ${OWNER_ROLE};
alter function ${schema}.mark_wanted() owner to ${OWNER_ROLE};

grant usage on schema ${schema} to ${serviceRole('courier')}, ${serviceRole('coordination')};
grant select on ${schema}.deadline, ${schema}.stream, ${schema}.reminder, ${schema}.notification, ${schema}.clock
  to ${serviceRole('courier')}, ${serviceRole('coordination')};
grant update (wanted, relayed, attempts, try_after, parked_at, parked_code) on ${schema}.stream to ${serviceRole('courier')};
grant update (handed_over_at) on ${schema}.notification to ${serviceRole('courier')};
`;
}

/** The grants that let a party's service write its own schema's common tables with plain TypeORM. */
export function partyOwnTablesSql(schema: string, role: string): string {
  return `
grant usage on schema ${schema} to ${role};
grant select, insert on ${schema}.deadline, ${schema}.stream, ${schema}.step, ${schema}.idempotency,
  ${schema}.reminder, ${schema}.notification to ${role};
grant update (version, rung, next_call_at, due_at, because, ended_at, ended_as) on ${schema}.deadline to ${role};
grant update (wanted, relayed, open, wake_at) on ${schema}.stream to ${role};
grant update (outcome) on ${schema}.step to ${role};
grant delete on ${schema}.idempotency to ${role};
`;
}
