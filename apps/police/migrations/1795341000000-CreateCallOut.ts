import { SqlMigration } from '#database';

/** The call-outs of the police. A row is written from the committed incident, and can be written again. */
export class CreateCallOut1795341000000 extends SqlMigration {
  readonly name = 'CreateCallOut1795341000000';
  readonly sql = `
create table police.call_out (
  incident_id uuid not null,
  unit_id text not null,
  programme text,
  child_count integer not null,
  child_check_recorded boolean not null,
  child_check_at timestamptz(3),
  opened_at timestamptz(3) not null,
  closed_at timestamptz(3) not null default 'infinity',
  constraint call_out_pk primary key (incident_id),
  constraint call_out_child_check check (child_check_recorded = (child_check_at is not null))
);
alter table police.call_out enable row level security;
grant select, insert, update (closed_at) on police.call_out to handslag_police;
create policy of_units on police.call_out for all to handslag_police
  using (unit_id = any ((select custody.my_units())::text[])) with check (unit_id = any ((select custody.my_units())::text[]));
`;
}
