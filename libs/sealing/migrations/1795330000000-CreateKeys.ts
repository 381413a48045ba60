import { SqlMigration, serviceRole } from '#database';
import { KEY_HOLDERS } from '../key-holders.js';

const holders = KEY_HOLDERS.map(serviceRole).join(', ');

/**
 * The key store. Public and private halves are two tables, because row-level security hides rows and not columns.
 * Whose a unit is, is written by the owner alone: a party that could claim a unit could have content sealed to itself.
 */
export class CreateKeys1795330000000 extends SqlMigration {
  readonly name = 'CreateKeys1795330000000';
  readonly sql = `
create table keys.unit (
  unit_id text not null,
  party text not null,
  constraint unit_pk primary key (unit_id)
);

create table keys.unit_key (
  unit_id text not null,
  kid text not null,
  purpose text not null,
  public_jwk jsonb not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  retired_at timestamptz(3),
  constraint unit_key_pk primary key (unit_id, kid),
  constraint unit_key_unit foreign key (unit_id) references keys.unit (unit_id),
  constraint unit_key_purpose check (purpose in ('wrap', 'sign')),
  constraint unit_key_is_public check (not public_jwk ?| array['d', 'k', 'p', 'q'])
);
create unique index one_current_key on keys.unit_key (unit_id, purpose) where retired_at is null;

create table keys.unit_private_key (
  unit_id text not null,
  kid text not null,
  private_sealed bytea not null,
  constraint unit_private_key_pk primary key (unit_id, kid),
  constraint unit_private_key_of foreign key (unit_id, kid) references keys.unit_key (unit_id, kid)
);

create table keys.wrap (
  content_id uuid not null,
  unit_id text not null,
  kid text not null,
  jwe text not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  constraint wrap_pk primary key (content_id, unit_id),
  constraint wrap_to_key foreign key (unit_id, kid) references keys.unit_key (unit_id, kid)
);
create index wrap_by_unit on keys.wrap (unit_id, content_id);

create table keys.erased_wrap (
  content_id uuid not null,
  unit_id text not null,
  erased_at timestamptz(3) not null default clock_timestamp(),
  constraint erased_wrap_pk primary key (content_id, unit_id),
  constraint erased_wrap_unit foreign key (unit_id) references keys.unit (unit_id)
);

-- What a unit erased is never wrapped for it again, by a succession that is carried out twice for example.
create function keys.stays_erased() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  return case when exists (select 1 from keys.erased_wrap e
    where e.content_id = new.content_id and e.unit_id = new.unit_id) then null else new end;
end $$;
revoke all on function keys.stays_erased() from public;
create trigger wrap_stays_erased before insert on keys.wrap for each row execute function keys.stays_erased();

alter table keys.unit_key enable row level security;
alter table keys.unit_private_key enable row level security;
alter table keys.wrap enable row level security;
alter table keys.erased_wrap enable row level security;

create policy seen_by_all on keys.unit_key for select using (true);
create policy of_own_unit on keys.unit_key for insert with check (${ownUnit('unit_key')});
create policy retired_by_own on keys.unit_key for update using (${ownUnit('unit_key')});
create policy of_own_unit on keys.unit_private_key using (${ownUnit('unit_private_key')});
create policy wrapped_by_all on keys.wrap for insert with check (true);
create policy read_by_own on keys.wrap for select using (${ownUnit('wrap')});
create policy rewrapped_by_own on keys.wrap for update using (${ownUnit('wrap')});
create policy erased_by_own on keys.wrap for delete using (${ownUnit('wrap')});
create policy of_own_unit on keys.erased_wrap using (${ownUnit('erased_wrap')});

grant usage on schema keys to ${holders}, ${serviceRole('coordination')};
grant select on keys.unit, keys.unit_key to ${holders}, ${serviceRole('coordination')};
grant insert (unit_id, kid, purpose, public_jwk), update (retired_at) on keys.unit_key to ${holders};
grant select, insert on keys.unit_private_key to ${holders};
grant select, delete, insert (content_id, unit_id, kid, jwe), update (kid, jwe) on keys.wrap to ${holders};
grant select, insert (content_id, unit_id) on keys.erased_wrap to ${holders};
`;
}

function ownUnit(table: string): string {
  return `exists (select from keys.unit u where u.unit_id = ${table}.unit_id and 'handslag_' || u.party = current_user)`;
}
