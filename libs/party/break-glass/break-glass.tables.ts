import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { BreakGlassEntity, BreakGlassReviewEntity } from './break-glass.entities.js';

/** Emergency openings and their reviews: of every party that holds matters. */
export function breakGlassTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return { entities: [BreakGlassEntity, BreakGlassReviewEntity], migrations: [createBreakGlass(party)] };
}

function createBreakGlass(schema: PartyService): new () => SqlMigration {
  return class CreateBreakGlass1795340005010 extends SqlMigration {
    readonly name = 'CreateBreakGlass1795340005010';
    readonly sql = `
create table ${schema}.break_glass (${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  subject_id uuid not null,
  because text not null,
  reason text not null,
  expires_at timestamptz(3) not null,
  constraint break_glass_pk primary key (id),
  constraint break_glass_because check (because in ('assigned-to-another', 'off-shift')),
  constraint break_glass_ends check (recorded_at < expires_at)
);
create index break_glass_by_unit on ${schema}.break_glass (unit_id, recorded_at, id);

create table ${schema}.break_glass_review (${RECORDED_ACT_COLUMNS},
  break_glass_id uuid not null,
  opened_by text not null,
  result text not null,
  constraint break_glass_review_pk primary key (id),
  constraint break_glass_review_result check (result in ('JUSTIFIED', 'NOT_JUSTIFIED', 'INCIDENT')),
  constraint break_glass_review_two_persons check (opened_by <> recorded_by)
);
create unique index break_glass_review_once on ${schema}.break_glass_review (break_glass_id);
${['break_glass', 'break_glass_review'].map((table) => appendedByUnitsSql(schema, table)).join('')}
`;
  };
}
