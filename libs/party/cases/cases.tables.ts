import { type PartyService, SqlMigration, serviceRole } from '#database';
import type { OwnTables } from '../database/party-schema.js';
import { FactTakenEntity } from '../facts/fact-taken.entity.js';
import { CaseMatterEntity } from './case-matter.entity.js';

/** What the stories of a party's cases follow, and which published facts were taken: of every party that holds matters. */
export function caseTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return { entities: [CaseMatterEntity, FactTakenEntity], migrations: [createCaseTables(party)] };
}

function createCaseTables(schema: PartyService): new () => SqlMigration {
  const role = serviceRole(schema);
  const mine = 'unit_id = any ((select custody.my_units())::text[])';
  return class CreateCaseTables1795350000001 extends SqlMigration {
    readonly name = 'CreateCaseTables1795350000001';
    readonly sql = `
create table ${schema}.case_matter (
  case_id uuid not null,
  matter_id uuid not null,
  process text not null,
  unit_id text not null,
  seen text not null,
  followed boolean not null,
  constraint case_matter_pk primary key (case_id, matter_id)
);
create index case_matter_followed on ${schema}.case_matter (unit_id, matter_id) where followed;
alter table ${schema}.case_matter enable row level security;
grant select, insert, update (seen, followed) on ${schema}.case_matter to ${role};
create policy of_units on ${schema}.case_matter for all to ${role} using (${mine}) with check (${mine});

create table ${schema}.fact_taken (
  fact_id uuid not null,
  unit_id text not null,
  taken_at timestamptz(3) not null,
  constraint fact_taken_pk primary key (fact_id, unit_id)
);
alter table ${schema}.fact_taken enable row level security;
grant select, insert on ${schema}.fact_taken to ${role};
create policy of_units on ${schema}.fact_taken for all to ${role} using (${mine}) with check (${mine});
`;
  };
}
