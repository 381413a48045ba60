import { type PartyService, SqlMigration, serviceRole } from '#database';
import type { OwnTables } from '../database/party-schema.js';
import { SOCIAL_ENTITIES } from './social.entities.js';

/** The tables of the social parties' night and morning, in the party's own schema. */
export function socialTables(party: PartyService): OwnTables {
  return { entities: [...SOCIAL_ENTITIES], migrations: [createSocialTables(party)] };
}

const UNIT_TABLES = [
  'attendance_decision',
  'protection_assessment',
  'basis_record',
  'investigation_decision',
  'effect',
] as const;

function createSocialTables(schema: PartyService): new () => SqlMigration {
  return class CreateSocialTables1795340000100 extends SqlMigration {
    readonly name = 'CreateSocialTables1795340000100';
    readonly sql = `
create table ${schema}.attendance_decision (
  id uuid not null,
  incident_id uuid not null,
  unit_id text not null,
  attends boolean not null,
  ciphertext bytea not null,
  decided_at timestamptz(3) not null,
  decided_by text not null,
  constraint attendance_decision_pk primary key (id)
);
create unique index attendance_decision_once on ${schema}.attendance_decision (incident_id, unit_id);

create table ${schema}.protection_assessment (
  id uuid not null,
  incident_id uuid not null,
  subject_id uuid not null,
  unit_id text not null,
  outcome text not null,
  ciphertext bytea not null,
  assessed_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  recorded_by text not null,
  constraint protection_assessment_pk primary key (id),
  constraint protection_assessment_outcome check (
    outcome in ('PROTECTION_NEEDED_NOW', 'NO_IMMEDIATE_NEED', 'CANNOT_YET_BE_ASSESSED'))
);
create index protection_assessment_by_subject on ${schema}.protection_assessment (subject_id, assessed_at);

create table ${schema}.basis_record (
  id uuid not null,
  incident_id uuid not null,
  subject_id uuid not null,
  unit_id text not null,
  basis text not null,
  ciphertext bytea not null,
  recorded_at timestamptz(3) not null,
  recorded_by text not null,
  constraint basis_record_pk primary key (id)
);
create index basis_record_by_subject on ${schema}.basis_record (subject_id);

create table ${schema}.investigation_decision (
  id uuid not null,
  incident_id uuid not null,
  subject_id uuid not null,
  unit_id text not null,
  opened boolean not null,
  decided_at timestamptz(3) not null,
  recorded_by text not null,
  constraint investigation_decision_pk primary key (id)
);
create index investigation_decision_by_subject on ${schema}.investigation_decision (subject_id);

create table ${schema}.effect (
  id uuid not null,
  matter_id uuid not null,
  unit_id text not null,
  rules text not null,
  outcome text not null,
  met_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  done_at timestamptz(3) not null default 'infinity',
  constraint effect_pk primary key (id)
);
create index effect_waiting on ${schema}.effect (created_at, id) where done_at = 'infinity';

${UNIT_TABLES.map((table) => ofUnits(schema, table)).join('\n')}
grant update (done_at) on ${schema}.effect to ${serviceRole(schema)};
`;
  };
}

/** The party's role, and of that role only the units of this request (DESIGN 4). */
function ofUnits(schema: PartyService, table: string): string {
  const mine = `unit_id = any ((select custody.my_units())::text[])`;
  return `
alter table ${schema}.${table} enable row level security;
grant select, insert on ${schema}.${table} to ${serviceRole(schema)};
create policy of_units on ${schema}.${table} for all to ${serviceRole(schema)} using (${mine}) with check (${mine});`;
}
