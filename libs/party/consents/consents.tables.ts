import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { BasisRecordEntity } from './basis-record.entity.js';
import { ConsentPathEntity } from './consent-path.entity.js';

/** The consents and individual decisions of a party that holds matters, in its own schema. */
export function consentTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [BasisRecordEntity, ConsentPathEntity],
    migrations: [createBasisRecords(party), createConsentPaths(party)],
  };
}

function createBasisRecords(schema: PartyService): new () => SqlMigration {
  return class CreateBasisRecords1795340002000 extends SqlMigration {
    readonly name = 'CreateBasisRecords1795340002000';
    readonly sql = `
create table ${schema}.basis_record (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  kind text not null,
  about uuid,
  basis text not null,
  giver text not null,
  recipient text not null,
  purpose text not null,
  answer text,
  fields text,
  way text not null,
  said_by text not null,
  said_at timestamptz(3) not null,
  valid_until timestamptz(3),
  recorded_as text not null,
  constraint basis_record_pk primary key (id),
  constraint basis_record_of foreign key (about) references ${schema}.basis_record (id),
  constraint basis_record_kind check (kind in ('answer', 'decision', 'withdrawal', 'error-mark')),
  constraint basis_record_answer check (answer in ('GIVEN', 'REFUSED', 'NOT_ASKED')),
  constraint basis_record_is_about check ((about is null) = (kind in ('answer', 'decision'))),
  constraint basis_record_answers check ((answer is not null) = (kind in ('answer', 'decision'))),
  constraint basis_record_basis check ((kind = 'answer') <= (basis = 'X-01'))
);
create unique index basis_record_version
  on ${schema}.basis_record (subject_id, unit_id, basis, giver, recipient, purpose, version);
create index basis_record_about on ${schema}.basis_record (about, kind);
create index basis_record_of_subject on ${schema}.basis_record (subject_id, recorded_at, id);
${appendedByUnitsSql(schema, 'basis_record')}
`;
  };
}

function createConsentPaths(schema: PartyService): new () => SqlMigration {
  return class CreateConsentPaths1795340002002 extends SqlMigration {
    readonly name = 'CreateConsentPaths1795340002002';
    readonly sql = `
create table ${schema}.consent_path (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  measure text not null,
  age_band text not null,
  path text not null,
  row_id text not null,
  table_version integer not null,
  allows text not null,
  constraint consent_path_pk primary key (id)
);
create unique index consent_path_version on ${schema}.consent_path (subject_id, unit_id, measure, version);
${appendedByUnitsSql(schema, 'consent_path')}
`;
  };
}
