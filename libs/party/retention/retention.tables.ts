import { type PartyService, SqlMigration, serviceRole } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { DisposalEntity } from './disposal.entity.js';
import { DisposalContentEntity, DisposalItemEntity } from './disposal-item.entity.js';
import { erasureSql } from './erasure-sql.js';
import { RetentionMarkEntity } from './retention-mark.entity.js';
import { RetentionPersonEntity } from './retention-person.entity.js';

/** The tables of retention and erasure in a party's own schema. Coordination holds no file and has none. */
export function retentionTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [
      RetentionPersonEntity,
      RetentionMarkEntity,
      DisposalEntity,
      DisposalItemEntity,
      DisposalContentEntity,
    ],
    migrations: [createRetention(party)],
  };
}

function createRetention(schema: PartyService): new () => SqlMigration {
  const role = serviceRole(schema);
  const ofAuthority = `authority = any ((select ${schema}.my_authorities())::text[])`;
  return class CreateRetention1795340007000 extends SqlMigration {
    readonly name = 'CreateRetention1795340007000';
    readonly sql = `
-- The authorities that the units of this request work for now.
create function ${schema}.my_authorities() returns text[] language sql stable security definer
set search_path = pg_catalog as $$
  select coalesce(array_agg(distinct a.authority_id), '{}') from directory.unit_authority a
  where a.unit_id = any (custody.my_units()) and directory.in_force(a.valid_from, a.valid_to, directory.record_now())
$$;
revoke all on function ${schema}.my_authorities() from public;
grant execute on function ${schema}.my_authorities() to ${role};

create table ${schema}.retention_person (
  authority text not null,
  subject_id uuid not null,
  incident_id uuid not null,
  sample_day text not null,
  person_key text,
  learned_at timestamptz(3) not null,
  constraint retention_person_pk primary key (authority, subject_id),
  constraint retention_person_sample_day check (sample_day in ('yes', 'no', 'unknown'))
);
create index retention_person_by_key on ${schema}.retention_person (authority, person_key);

create table ${schema}.retention_mark (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  mark text not null,
  holds boolean not null,
  until date,
  constraint retention_mark_pk primary key (id)
);
create unique index retention_mark_version on ${schema}.retention_mark (subject_id, unit_id, mark, version);
${appendedByUnitsSql(schema, 'retention_mark')}

create table ${schema}.disposal (
  id uuid not null,
  authority text not null,
  unit_id text not null,
  rule text not null,
  rule_version integer not null,
  cut_off date not null,
  stated_years integer,
  stated_ground text,
  entries_before timestamptz(3) not null,
  state text not null,
  listed_by text not null,
  listed_at timestamptz(3) not null,
  list_digest text not null,
  goes integer not null,
  exempt integer not null,
  not_yet integer not null,
  register_extract text,
  register_extract_digest text,
  proposed_by text,
  proposed_at timestamptz(3),
  decided_by text,
  decided_at timestamptz(3),
  published_at timestamptz(3),
  refused_code text,
  refused_at timestamptz(3),
  erased_at timestamptz(3),
  backups_gone_by date,
  proof jsonb,
  receipt text,
  constraint disposal_pk primary key (id),
  constraint disposal_state check (state in ('listed', 'proposed', 'rejected', 'approved', 'erased', 'refused')),
  constraint disposal_stated check ((stated_years is null) = (stated_ground is null)),
  constraint disposal_proposed check ((proposed_by is null) = (proposed_at is null)
    and (proposed_by is not null or state = 'listed')),
  constraint disposal_decided check ((decided_by is null) = (decided_at is null)
    and (decided_by is not null) = (state in ('rejected', 'approved', 'erased', 'refused'))),
  constraint disposal_two_persons check (decided_by <> proposed_by),
  constraint disposal_receipted check ((erased_at is not null) = (state = 'erased')
    and (receipt is null) = (erased_at is null) and (proof is null) = (erased_at is null)
    and (backups_gone_by is null) = (erased_at is null)),
  constraint disposal_refused check ((refused_code is not null) = (state = 'refused')
    and (refused_at is null) = (refused_code is null))
);
create index disposal_by_authority on ${schema}.disposal (authority, listed_at, id);

create table ${schema}.disposal_item (
  disposal_id uuid not null,
  subject_id uuid not null,
  incident_id uuid not null,
  authority text not null,
  role text not null,
  verdict text not null,
  exemptions text not null,
  arises_on date,
  finish_by date,
  because jsonb not null,
  state text not null default 'listed',
  skipped_code text,
  contents integer not null default 0,
  wraps integer not null default 0,
  rows integer not null default 0,
  leaves integer not null default 0,
  erased_at timestamptz(3),
  constraint disposal_item_pk primary key (disposal_id, subject_id),
  constraint disposal_item_of foreign key (disposal_id) references ${schema}.disposal (id),
  constraint disposal_item_verdict check (verdict in ('goes', 'exempt')),
  constraint disposal_item_state check (state in ('listed', 'erased', 'skipped') and (verdict = 'goes' or state = 'listed')),
  constraint disposal_item_ended check ((state = 'erased') = (erased_at is not null)
    and (state = 'skipped') = (skipped_code is not null))
);
create index disposal_item_left on ${schema}.disposal_item (disposal_id, subject_id)
  where verdict = 'goes' and state = 'listed';

-- What a disposal made unreadable: ids of contents and digests of their ciphertext, for the proof and for backups.
create table ${schema}.disposal_content (
  content_id uuid not null,
  unit_id text not null,
  disposal_id uuid not null,
  authority text not null,
  digest text not null,
  constraint disposal_content_pk primary key (content_id, unit_id),
  constraint disposal_content_of foreign key (disposal_id) references ${schema}.disposal (id)
);
create index disposal_content_by_disposal on ${schema}.disposal_content (disposal_id, content_id, unit_id);

${['retention_person', 'disposal', 'disposal_item', 'disposal_content']
  .map(
    (table) => `
alter table ${schema}.${table} enable row level security;
grant select, insert on ${schema}.${table} to ${role};
create policy of_authority on ${schema}.${table} for all to ${role} using (${ofAuthority}) with check (${ofAuthority});`,
  )
  .join('')}
grant update (sample_day, person_key, learned_at) on ${schema}.retention_person to ${role};
grant update (state, register_extract, register_extract_digest, proposed_by, proposed_at, decided_by, decided_at,
  published_at, refused_code, refused_at, erased_at, backups_gone_by, proof, receipt) on ${schema}.disposal to ${role};
grant update (state, skipped_code, contents, wraps, rows, leaves, erased_at) on ${schema}.disposal_item to ${role};
${erasureSql(schema)}
`;
  };
}
