import { type PartyService, SqlMigration, serviceRole } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { IdentityLinkEntity, IdentityLinkEntryEntity } from './identity-link.entity.js';
import { ProtectionRecordEntity, ProtectionWhereaboutsEntity } from './protection-record.entity.js';
import { ProtectionOfficerEntity, UnmaskingEntity } from './unmasking.entity.js';

/** The tables of protected identities, in the schema of a party that holds matters. */
export function protectedIdentityTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [
      ProtectionRecordEntity,
      ProtectionWhereaboutsEntity,
      UnmaskingEntity,
      ProtectionOfficerEntity,
      IdentityLinkEntity,
      IdentityLinkEntryEntity,
    ],
    migrations: [createProtectedIdentityTables(party)],
  };
}

/** The setting that a transaction needs, beside the units', to see who a person was before. */
export const ENTITLED_SETTING = 'handslag.entitled_units';

function createProtectedIdentityTables(schema: PartyService): new () => SqlMigration {
  const role = serviceRole(schema);
  const entitled = `unit_id = any ((select custody.my_units())::text[])
    and unit_id = any (string_to_array(coalesce(current_setting('${ENTITLED_SETTING}', true), ''), ','))`;
  return class CreateProtectedIdentity1795340006001 extends SqlMigration {
    readonly name = 'CreateProtectedIdentity1795340006001';
    readonly sql = `
create table ${schema}.protection_record (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  constraint protection_record_pk primary key (id)
);
create unique index protection_record_version on ${schema}.protection_record (subject_id, unit_id, version);
create index protection_record_of_incident on ${schema}.protection_record (incident_id, unit_id);

create table ${schema}.protection_whereabouts (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  constraint protection_whereabouts_pk primary key (id)
);
create unique index protection_whereabouts_version on ${schema}.protection_whereabouts (subject_id, unit_id, version);

create table ${schema}.unmasking (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  valid_until timestamptz(3) not null,
  constraint unmasking_pk primary key (id)
);
create index unmasking_of_unit on ${schema}.unmasking (unit_id, recorded_at, id);

create table ${schema}.protection_officer (
  id uuid not null,
  unit_id text not null,
  person_id text not null,
  valid_until timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  recorded_by text not null,
  constraint protection_officer_pk primary key (id)
);
create index protection_officer_of_unit on ${schema}.protection_officer (unit_id, person_id, valid_until);
${['protection_record', 'protection_whereabouts', 'unmasking', 'protection_officer'].map((table) => appendedByUnitsSql(schema, table)).join('')}

create table ${schema}.identity_link (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  constraint identity_link_pk primary key (id)
);
create unique index identity_link_version on ${schema}.identity_link (subject_id, unit_id, version);

create table ${schema}.identity_link_entry (
  unit_id text not null,
  tag text not null,
  link_id uuid not null,
  subject_id uuid not null,
  key_version integer not null,
  constraint identity_link_entry_pk primary key (unit_id, tag, link_id)
);
create index identity_link_entry_of_link on ${schema}.identity_link_entry (link_id);

-- Who somebody was before is seen only by the entitled function: the unit of the request is not enough.
alter table ${schema}.identity_link enable row level security;
alter table ${schema}.identity_link_entry enable row level security;
grant select, insert on ${schema}.identity_link to ${role};
grant select, insert, delete on ${schema}.identity_link_entry to ${role};
create policy of_entitled_units on ${schema}.identity_link for all to ${role} using (${entitled}) with check (${entitled});
create policy of_entitled_units on ${schema}.identity_link_entry for all to ${role} using (${entitled}) with check (${entitled});
`;
  };
}
