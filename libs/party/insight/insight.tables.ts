import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import {
  InsightDecisionEntity,
  InsightMaskEntity,
  InsightReleaseEntity,
  InsightRequestEntity,
} from './insight.entities.js';

const TABLES = ['insight_request', 'insight_mask', 'insight_decision', 'insight_release'] as const;

/** Requests for insight, their masking, decisions and releases: of every party that holds matters. */
export function insightTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [InsightRequestEntity, InsightMaskEntity, InsightDecisionEntity, InsightReleaseEntity],
    migrations: [createInsight(party)],
  };
}

function createInsight(schema: PartyService): new () => SqlMigration {
  return class CreateInsight1795340004000 extends SqlMigration {
    readonly name = 'CreateInsight1795340004000';
    readonly sql = `
create table ${schema}.insight_request (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  capacity text not null,
  is_person uuid,
  identified_by text not null,
  received_at timestamptz(3) not null,
  constraint insight_request_pk primary key (id),
  constraint insight_request_capacity check (capacity in ('subject', 'guardian', 'counsel', 'public'))
);
create index insight_request_by_unit on ${schema}.insight_request (unit_id, received_at, id);

create table ${schema}.insight_mask (${RECORDED_ACT_COLUMNS},
  request_id uuid not null,
  field_key text not null,
  shows boolean not null,
  constraint insight_mask_pk primary key (id)
);
create unique index insight_mask_version on ${schema}.insight_mask (request_id, version);

create table ${schema}.insight_decision (${RECORDED_ACT_COLUMNS},
  request_id uuid not null,
  outcome text not null,
  grounds text not null,
  extract_digest text not null,
  constraint insight_decision_pk primary key (id),
  constraint insight_decision_outcome check (outcome in ('RELEASED', 'RELEASED_IN_PART', 'REFUSED'))
);
create unique index insight_decision_once on ${schema}.insight_decision (request_id);

create table ${schema}.insight_release (${RECORDED_ACT_COLUMNS},
  request_id uuid not null,
  how text not null,
  basis text not null,
  fields text not null,
  extract_digest text not null,
  handed_out_at timestamptz(3) not null,
  appeal_by date,
  constraint insight_release_pk primary key (id)
);
create unique index insight_release_once on ${schema}.insight_release (request_id);
${TABLES.map((table) => appendedByUnitsSql(schema, table)).join('')}
`;
  };
}
