import { PARTY_SERVICES, SqlMigration, serviceRole } from '#database';

const CASE_PARTIES = PARTY_SERVICES.filter((party) => party !== 'coordination').map(serviceRole).join(', ');

/**
 * What has served its purpose goes: keys of commands after 30 days, and previews that nobody sent, with their
 * ciphertext. What is sent, and everything that only grows (events, disclosures, receipts, audit, the line), stays.
 */
export class SweepCustody1795320000005 extends SqlMigration {
  readonly name = 'SweepCustody1795320000005';
  readonly sql = `
create table custody.orphaned_wrap (
  content_id uuid not null,
  unit_id text not null,
  removed_at timestamptz(3) not null,
  constraint orphaned_wrap_pk primary key (content_id, unit_id)
);
-- Whether content may go is asked of both for each that does.
create index handoff_by_content on custody.handoff (content_id);
create index disclosure_by_content on custody.disclosure (content_id);
create index orphaned_wrap_by_unit on custody.orphaned_wrap (unit_id, content_id);
alter table custody.orphaned_wrap enable row level security;
grant select on custody.orphaned_wrap to ${CASE_PARTIES};
create policy of_units on custody.orphaned_wrap for select to handslag_parties
  using (unit_id = any ((select custody.my_units())::text[]));

/* For the courier: removes at most so many of each, and answers how many. A preview goes a day after it expired, so
   that nobody who is just sending it can meet this; two couriers at once take different rows. */
create function custody.sweep_expired(most integer) returns jsonb language plpgsql security definer
set search_path = pg_catalog as $$
declare
  at timestamptz := directory.record_now();
  keys integer;
  swept jsonb;
begin
  if custody.party_of_caller() is distinct from 'courier' then perform custody.refuse('NO_MANDATE'); end if;
  delete from custody.idempotency i using (
      select o.scope, o.key from custody.idempotency o where o.created_at < at - interval '30 days'
      order by o.created_at limit most for update skip locked) old
    where i.scope = old.scope and i.key = old.key;
  get diagnostics keys = row_count;

  with expired as (
    select q.id from custody.preview q where q.expires_at < at - interval '1 day'
      and not exists (select 1 from custody.dispatch d where d.preview_id = q.id)
    order by q.expires_at limit most for update skip locked),
  previews as (
    delete from custody.preview p using expired e where p.id = e.id returning p.plan),
  planned as (
    select (i ->> 'handoffId')::uuid as handoff_id, (i ->> 'contentId')::uuid as content_id
    from previews, jsonb_array_elements(previews.plan -> 'items') i),
  unsent as (
    select c.id from planned p join custody.content c on c.handoff_id = p.handoff_id
    union select p.content_id from planned p),
  contents as (
    delete from custody.content c using unsent u where c.id = u.id
      and not exists (select 1 from custody.handoff h where h.id = c.handoff_id)
      and not exists (select 1 from custody.handoff h where h.content_id = c.id)
      and not exists (select 1 from custody.disclosure x where x.content_id = c.id)
    returning c.id, c.from_unit, c.to_unit),
  wraps as (
    insert into custody.orphaned_wrap (content_id, unit_id, removed_at)
      -- A unit outside Handslag has no key, and so no wrap.
      select distinct c.id, u.id, at from contents c join directory.unit u
        on u.id in (c.from_unit, c.to_unit) and u.external = ''
      on conflict do nothing)
  select jsonb_build_object('previews', (select count(*) from previews), 'contents', (select count(*) from contents))
    into swept;
  return swept || jsonb_build_object('idempotencyKeys', keys);
end $$;

/* For a party, of the units of this request: their wraps of these contents are gone from the key store. */
create function custody.wraps_erased(contents uuid[]) returns void language sql security definer
set search_path = pg_catalog as $$
  delete from custody.orphaned_wrap w where w.content_id = any (contents) and w.unit_id = any (custody.my_units())
$$;

revoke all on function custody.sweep_expired(integer), custody.wraps_erased(uuid[]) from public;
grant execute on function custody.sweep_expired(integer) to handslag_courier;
grant execute on function custody.wraps_erased(uuid[]) to ${CASE_PARTIES};
`;
}
