import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { ScreeningEntity } from './screening.entity.js';

/** The ratings, in the schema of a party that makes them: RVT and RVC. */
export function screeningTables(party: PartyService): OwnTables {
  return { entities: [ScreeningEntity], migrations: [createScreening(party)] };
}

function createScreening(schema: PartyService): new () => SqlMigration {
  return class CreateScreening1795354000100 extends SqlMigration {
    readonly name = 'CreateScreening1795354000100';
    readonly sql = `
create table ${schema}.screening (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  instrument text not null,
  instrument_version text not null,
  occasion text not null,
  result text not null,
  screened_at timestamptz(3) not null,
  replaces uuid,
  in_error boolean not null,
  constraint screening_pk primary key (id),
  constraint screening_error check (not in_error or replaces is not null)
);
create unique index screening_version on ${schema}.screening (subject_id, unit_id, version);
${appendedByUnitsSql(schema, 'screening')}
`;
  };
}
