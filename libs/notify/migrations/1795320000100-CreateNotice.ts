import { SqlMigration, serviceRole } from '#database';

const COURIER = serviceRole('courier');
const COORDINATION = serviceRole('coordination');

/**
 * What became of each notice on each channel. Redis only carries the ids of these rows: wiped, it costs the grace.
 * Codes and ids by shape: words do not fit (C5).
 */
export class CreateNotice1795320000100 extends SqlMigration {
  readonly name = 'CreateNotice1795320000100';
  readonly sql = `
create table notice.delivery (
  id uuid not null,
  notice_id uuid not null,
  channel text not null,
  unit_id text not null,
  function text not null,
  kind text not null,
  rung integer not null,
  ring_unit text,
  noticed_at timestamptz(3) not null,
  planned_at timestamptz(3) not null default clock_timestamp(),
  handed_at timestamptz(3) not null default clock_timestamp(),
  round integer not null default 1,
  attempts integer not null default 0,
  code text,
  delivered_at timestamptz(3) not null default 'infinity',
  given_up_at timestamptz(3) not null default 'infinity',
  dismissed_at timestamptz(3) not null default 'infinity',
  constraint delivery_pk primary key (id),
  constraint delivery_once unique (notice_id, channel),
  constraint delivery_channel check (channel in ('email', 'sms', 'webhook')),
  constraint delivery_is_codes check (unit_id ~ '^[a-z0-9-]{1,80}$' and function ~ '^[a-z-]{1,30}$'
    and kind ~ '^[a-z.-]{1,40}$' and coalesce(ring_unit, 'x') ~ '^[a-z0-9-]{1,80}$' and coalesce(code, 'X') ~ '^[A-Z_]{1,40}$'),
  constraint delivery_ends_once check (delivered_at = 'infinity' or given_up_at = 'infinity'),
  constraint delivery_dismissed_when_dead check (dismissed_at = 'infinity' or given_up_at < 'infinity')
);
create index delivery_waiting on notice.delivery (handed_at, id)
  where delivered_at = 'infinity' and given_up_at = 'infinity';
create index delivery_dead on notice.delivery (given_up_at, id)
  where given_up_at < 'infinity' and dismissed_at = 'infinity';
create index delivery_over on notice.delivery (delivered_at) where delivered_at < 'infinity';

-- Who sends and who looks after what was not sent; no party, whatever it is granted one day.
alter table notice.delivery enable row level security;
create policy of_the_machinery on notice.delivery for all to ${COURIER}, ${COORDINATION} using (true) with check (true);
grant usage on schema notice to ${COURIER}, ${COORDINATION};
grant select, insert on notice.delivery to ${COURIER}, ${COORDINATION};
grant update (handed_at, round, attempts, code, delivered_at, given_up_at) on notice.delivery to ${COURIER}, ${COORDINATION};
grant update (dismissed_at) on notice.delivery to ${COORDINATION};
grant delete on notice.delivery to ${COURIER};

-- What has arrived and what somebody has dismissed may be swept after a while; what is on its way or dead may not.
create function notice.keep_what_waits() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  if old.delivered_at = 'infinity' and old.dismissed_at = 'infinity' then
    raise exception 'a notice on its way is not deleted' using errcode = '42501';
  end if;
  return old;
end $$;
revoke all on function notice.keep_what_waits() from public;
create trigger delivery_kept before delete on notice.delivery for each row execute function notice.keep_what_waits();
`;
}
