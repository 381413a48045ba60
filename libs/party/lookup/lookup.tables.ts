import { type PartyService, SqlMigration, serviceRole } from '#database';
import { LOOKUPS_KEPT } from '#domain';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import {
  CaseNumberEntity,
  LookupEntryEntity,
  LookupMadeEntity,
  LookupMarkEntity,
} from './lookup.entities.js';

/** The tables of lookups, in the schema of a party that holds matters. */
export function lookupTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [LookupEntryEntity, LookupMarkEntity, LookupMadeEntity, CaseNumberEntity],
    migrations: [createLookupTables(party)],
  };
}

function createLookupTables(schema: PartyService): new () => SqlMigration {
  const role = serviceRole(schema);
  return class CreateLookups1795340006002 extends SqlMigration {
    readonly name = 'CreateLookups1795340006002';
    readonly sql = `
create table ${schema}.lookup_entry (
  unit_id text not null,
  tag text not null,
  matter_id uuid not null,
  key_version integer not null,
  constraint lookup_entry_pk primary key (unit_id, tag, matter_id)
);
create index lookup_entry_of_matter on ${schema}.lookup_entry (unit_id, matter_id);

create table ${schema}.lookup_mark (
  unit_id text not null,
  matter_id uuid not null,
  incident_id uuid not null,
  authority_id text not null,
  key_version integer not null,
  learned_at timestamptz(3) not null,
  constraint lookup_mark_pk primary key (unit_id, matter_id)
);
create index lookup_mark_of_incident on ${schema}.lookup_mark (unit_id, incident_id);

create table ${schema}.lookup_made (
  id uuid not null,
  unit_id text not null,
  person_id text not null,
  purpose text not null,
  made_at timestamptz(3) not null,
  ciphertext bytea not null,
  digest text not null,
  constraint lookup_made_pk primary key (id)
);
create index lookup_made_by on ${schema}.lookup_made (person_id, made_at);

create table ${schema}.case_number (${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  constraint case_number_pk primary key (id)
);
create unique index case_number_of_matter on ${schema}.case_number (matter_id, unit_id, version);
${['lookup_entry', 'lookup_mark', 'lookup_made', 'case_number'].map((table) => appendedByUnitsSql(schema, table)).join('')}

-- An index is made of what is known, and made anew; what was looked for is only added to.
grant delete on ${schema}.lookup_entry, ${schema}.lookup_mark to ${role};

-- ... until it is old (LOOKUPS_KEPT): no role deletes one that is not.
create index lookup_made_old on ${schema}.lookup_made (made_at);
create function ${schema}.forget_lookups(made uuid[]) returns integer
language sql security definer set search_path = pg_catalog as $$
  with gone as (
    delete from ${schema}.lookup_made where id = any (made)
      and unit_id = any ((select custody.my_units())::text[])
      and made_at < directory.record_now() - interval '${LOOKUPS_KEPT.years} years'
    returning 1)
  select count(*)::integer from gone
$$;
revoke all on function ${schema}.forget_lookups(uuid[]) from public;
grant execute on function ${schema}.forget_lookups(uuid[]) to ${role};
`;
  };
}
