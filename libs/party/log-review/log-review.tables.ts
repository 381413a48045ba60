import { type PartyService, SqlMigration, serviceRole } from '#database';
import { appendedByUnitsSql } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import {
  LogReviewAccessEntity,
  LogReviewDrawEntity,
  LogReviewEntity,
  LogReviewJudgementEntity,
  LogReviewResultEntity,
} from './log-review.entities.js';

const TABLES = [
  'log_review',
  'log_review_draw',
  'log_review_access',
  'log_review_judgement',
  'log_review_result',
] as const;

/** Log reviews: of every party that holds matters. */
export function logReviewTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [
      LogReviewEntity,
      LogReviewDrawEntity,
      LogReviewAccessEntity,
      LogReviewJudgementEntity,
      LogReviewResultEntity,
    ],
    migrations: [createLogReview(party)],
  };
}

/**
 * The service writes its audit and cannot read it. What a reviewer may read is what this function gives: leaves of her own unit, of
 * persons, in the party's schema and in custody, and only while she audits or heads that unit.
 */
function createLogReview(schema: PartyService): new () => SqlMigration {
  const leaves = (from: string) => `
    select l.id, l.at, l.kind, l.action, l.target_kind, l.target_id, l.code, l.personal from ${from}.audit_leaf l
    where l.unit_id = unit and l.authority in (select a.authority_id from directory.unit_authority a where a.unit_id = unit)
      and l.at >= from_at and l.at < until_at and (ids is null or l.id = any (ids))
      and (l.personal is null or l.personal::jsonb ->> 'person' not like 'service:%')`;
  return class CreateLogReview1795340005020 extends SqlMigration {
    readonly name = 'CreateLogReview1795340005020';
    readonly sql = `
create table ${schema}.log_review (
  id uuid not null,
  unit_id text not null,
  from_at timestamptz(3) not null,
  opened_at timestamptz(3) not null,
  constraint log_review_pk primary key (id)
);
create unique index log_review_period on ${schema}.log_review (unit_id, from_at);
create table ${schema}.log_review_draw (
  review_id uuid not null,
  unit_id text not null,
  until_at timestamptz(3) not null,
  method text not null,
  seed text not null,
  accesses integer not null,
  drawn_by text not null,
  drawn_at timestamptz(3) not null,
  constraint log_review_draw_pk primary key (review_id),
  constraint log_review_draw_counts check (accesses >= 0)
);
create table ${schema}.log_review_access (
  review_id uuid not null,
  leaf_id uuid not null,
  unit_id text not null,
  position integer not null,
  risks text not null,
  weight integer not null,
  why text not null,
  constraint log_review_access_pk primary key (review_id, leaf_id),
  constraint log_review_access_why check (why in ('every', 'each-risk', 'weighted'))
);
create table ${schema}.log_review_judgement (
  review_id uuid not null,
  leaf_id uuid not null,
  id uuid not null,
  unit_id text not null,
  result text not null,
  judged_by text not null,
  judged_at timestamptz(3) not null,
  ciphertext bytea not null,
  digest text not null,
  constraint log_review_judgement_pk primary key (review_id, leaf_id),
  constraint log_review_judgement_result check (result in ('IN_ORDER', 'TO_BE_ASKED', 'INCIDENT'))
);
create table ${schema}.log_review_result (
  review_id uuid not null,
  part text not null,
  id uuid not null,
  unit_id text not null,
  result text not null,
  recorded_by text not null,
  recorded_at timestamptz(3) not null,
  ciphertext bytea not null,
  digest text not null,
  constraint log_review_result_pk primary key (review_id, part),
  constraint log_review_result_part check (part in ('result', 'follow-up')),
  constraint log_review_result_result check (result in ('IN_ORDER', 'MEASURES'))
);
${TABLES.map((table) => appendedByUnitsSql(schema, table)).join('')}

create function ${schema}.accesses_of_unit(reviewer text, unit text, from_at timestamptz, until_at timestamptz, ids uuid[])
returns table (id uuid, at timestamptz, kind text, action text, target_kind text, target_id text, code text, personal text)
language plpgsql stable security definer set search_path = pg_catalog as $$
#variable_conflict use_variable
begin
  if not unit = any (custody.my_units()) or not exists (select 1 from directory.roles_of(reviewer, directory.record_now()) r
      where r.unit_id = unit and r.role in ('auditor', 'unit-head')) then
    raise exception using errcode = 'HS001', message = 'NO_MANDATE';
  end if;
  return query ${leaves(schema)} union all ${leaves('custody')};
end $$;

/* When the unit's first access since an instant was; null when nothing is to be reviewed. An instant, and nothing else. */
create function ${schema}.first_access(unit text, since timestamptz) returns timestamptz language sql stable security definer
set search_path = pg_catalog as $$
  select min(x.at) from directory.unit_authority a cross join lateral (
    ${['custody', schema]
      .map(
        (
          one,
        ) => `(select l.at from ${one}.audit_leaf l where l.authority = a.authority_id and l.at >= since and l.unit_id = a.unit_id
      and l.personal::jsonb ->> 'person' not like 'service:%' order by l.at, l.id limit 1)`,
      )
      .join(' union all ')}) x
  where a.unit_id = unit and unit = any (custody.my_units())
$$;
revoke all on function ${schema}.accesses_of_unit(text, text, timestamptz, timestamptz, uuid[]),
  ${schema}.first_access(text, timestamptz) from public;
grant execute on function ${schema}.accesses_of_unit(text, text, timestamptz, timestamptz, uuid[]),
  ${schema}.first_access(text, timestamptz) to ${serviceRole(schema)};
`;
  };
}
