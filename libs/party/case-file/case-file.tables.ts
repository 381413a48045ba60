import { type PartyService, SqlMigration, serviceRole } from '#database';
import type { OwnTables } from '../database/party-schema.js';
import { CaseFileChunkEntity, CaseFileExportEntity } from './case-file.entities.js';

/** Exports to the authority's own case file: of every party that holds matters. */
export function caseFileTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return { entities: [CaseFileExportEntity, CaseFileChunkEntity], migrations: [createCaseFile(party)] };
}

function createCaseFile(schema: PartyService): new () => SqlMigration {
  const role = serviceRole(schema);
  const mine = 'unit_id = any ((select custody.my_units())::text[])';
  return class CreateCaseFile1795340004010 extends SqlMigration {
    readonly name = 'CreateCaseFile1795340004010';
    readonly sql = `
create table ${schema}.case_file_export (
  id uuid not null,
  incident_id uuid not null,
  subject_id uuid not null,
  matter_id uuid not null,
  unit_id text not null,
  asked_by text not null,
  asked_as text not null,
  asked_at timestamptz(3) not null,
  state text not null default 'waiting',
  done integer not null default 0,
  total integer,
  attempts integer not null default 0,
  try_after timestamptz(3) not null default '-infinity',
  failed_code text,
  receipt text,
  ready_at timestamptz(3),
  expires_at timestamptz(3),
  pdf_fetched_at timestamptz(3),
  json_fetched_at timestamptz(3),
  constraint case_file_export_pk primary key (id),
  constraint case_file_export_state check (state in ('waiting', 'working', 'ready', 'gone', 'failed'))
);
create index case_file_export_by_unit on ${schema}.case_file_export (unit_id, asked_at, id);
create index case_file_export_to_do on ${schema}.case_file_export (try_after, id) where state in ('waiting', 'working');
create index case_file_export_to_remove on ${schema}.case_file_export (expires_at, id) where state = 'ready';

create table ${schema}.case_file_chunk (
  export_id uuid not null,
  part text not null,
  seq integer not null,
  content_id uuid not null,
  unit_id text not null,
  ciphertext bytea not null,
  constraint case_file_chunk_pk primary key (export_id, part, seq),
  constraint case_file_chunk_part check (part in ('pdf', 'json')),
  constraint case_file_chunk_export foreign key (export_id) references ${schema}.case_file_export (id)
);

alter table ${schema}.case_file_export enable row level security;
alter table ${schema}.case_file_chunk enable row level security;
grant select, insert on ${schema}.case_file_export, ${schema}.case_file_chunk to ${role};
-- What was asked for, by whom and when stays as it was written; only how far it has come moves.
grant update (state, done, total, attempts, try_after, failed_code, receipt, ready_at, expires_at, pdf_fetched_at,
  json_fetched_at) on ${schema}.case_file_export to ${role};
grant delete on ${schema}.case_file_chunk to ${role};
create policy of_units on ${schema}.case_file_export for all to ${role} using (${mine}) with check (${mine});
create policy of_units on ${schema}.case_file_chunk for all to ${role} using (${mine}) with check (${mine});
`;
  };
}
