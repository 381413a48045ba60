import { type PartyService, serviceRole } from '#database';

/** The outbox of effects in custody. Coordination sees what waits, and for how long; it has no content to see. */
export function effectTableSql(party: PartyService): string {
  const role = serviceRole(party);
  const mine = 'unit_id = any ((select custody.my_units())::text[])';
  return `
create table ${party}.effect (
  id uuid not null,
  kind text not null,
  cause_id uuid not null,
  matter_id uuid,
  incident_id uuid,
  subject_id uuid,
  about_id uuid not null,
  unit_id text not null,
  rules text not null,
  outcome text not null,
  met_at timestamptz(3) not null,
  until_at timestamptz(3) not null default 'infinity',
  created_at timestamptz(3) not null,
  attempts integer not null default 0,
  try_after timestamptz(3) not null default '-infinity',
  done_at timestamptz(3) not null default 'infinity',
  refused_code text,
  failed_code text,
  constraint effect_pk primary key (id),
  constraint effect_once unique (cause_id, about_id, kind, rules)
);
create index effect_waiting on ${party}.effect (try_after, id) where done_at = 'infinity';
alter table ${party}.effect enable row level security;
grant select, insert, update (attempts, try_after, done_at, refused_code, failed_code) on ${party}.effect to ${role};
create policy of_units on ${party}.effect for all to ${role} using (${mine}) with check (${mine});
grant select on ${party}.effect to ${serviceRole('coordination')};
create policy watched on ${party}.effect for select to ${serviceRole('coordination')} using (true);
`;
}
