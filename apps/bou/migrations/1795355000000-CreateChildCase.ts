import { SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '#party';

const MINE = 'unit_id = any ((select custody.my_units())::text[])';
const onlyMine = (table: string) => `
alter table bou.${table} enable row level security;
grant select, insert on bou.${table} to handslag_bou;
create policy of_units on bou.${table} for all to handslag_bou using (${MINE}) with check (${MINE});
`;

/** A child's case at BoU: its acts, and what others let it know. */
export class CreateChildCase1795355000000 extends SqlMigration {
  readonly name = 'CreateChildCase1795355000000';
  readonly sql = `
create table bou.child_case (
  id uuid not null,
  incident_id uuid not null,
  subject_id uuid not null,
  matter_id uuid not null,
  unit_id text not null,
  created_at timestamptz(3) not null,
  constraint child_case_pk primary key (id)
);
create unique index child_case_of_matter on bou.child_case (matter_id, unit_id);
create index child_case_of_subject on bou.child_case (subject_id, unit_id);
create index child_case_of_incident on bou.child_case (incident_id, unit_id);
${onlyMine('child_case')}

create table bou.child_act (${RECORDED_ACT_COLUMNS},
  case_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  code text not null,
  about_id uuid,
  effective_at timestamptz(3) not null,
  until_at timestamptz(3),
  constraint child_act_pk primary key (id),
  constraint child_act_kind check (kind in ('notice', 'notices-complete', 'reach', 'plan', 'progress', 'extension', 'move',
    'take-over', 'closing', 'programme', 'support', 'commission', 'delivery', 'undelivered-report', 'follow-up',
    'follow-up-end', 'risk-review', 'young-relationship', 'youth-clinic', 'second-report', 'entered-in-error'))
);
create unique index child_act_version on bou.child_act (case_id, version);
${appendedByUnitsSql('bou', 'child_act')}

create table bou.child_fact (
  fact_id uuid not null,
  case_id uuid not null,
  subject_id uuid not null,
  unit_id text not null,
  code text not null,
  effective_at timestamptz(3) not null,
  known_at timestamptz(3) not null,
  constraint child_fact_pk primary key (fact_id, case_id)
);
create index child_fact_of_case on bou.child_fact (case_id, known_at);
${onlyMine('child_fact')}
`;
}
