import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { RegisterExtractDecisionEntity, RegisterExtractEntity } from './register-extract.entities.js';

/** Register extracts: of every party that holds matters. */
export function registerExtractTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return {
    entities: [RegisterExtractEntity, RegisterExtractDecisionEntity],
    migrations: [createRegisterExtract(party)],
  };
}

function createRegisterExtract(schema: PartyService): new () => SqlMigration {
  return class CreateRegisterExtract1795340005030 extends SqlMigration {
    readonly name = 'CreateRegisterExtract1795340005030';
    readonly sql = `
create table ${schema}.register_extract (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  asked_by text not null,
  constraint register_extract_pk primary key (id),
  constraint register_extract_asker check (asked_by in ('subject', 'guardian', 'counsel'))
);
create index register_extract_by_unit on ${schema}.register_extract (unit_id, recorded_at, id);

create table ${schema}.register_extract_decision (${RECORDED_ACT_COLUMNS},
  extract_id uuid not null,
  decision text not null,
  constraint register_extract_decision_pk primary key (id),
  constraint register_extract_decision check (decision in ('RELEASE', 'REFUSE'))
);
create unique index register_extract_decided_once on ${schema}.register_extract_decision (extract_id);
${['register_extract', 'register_extract_decision'].map((table) => appendedByUnitsSql(schema, table)).join('')}
`;
  };
}
