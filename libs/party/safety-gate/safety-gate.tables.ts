import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { SafetyDecisionEntity } from './safety-decision.entity.js';

/** The decisions on whom it is safe to reach, in the schema of a party that holds matters. */
export function safetyGateTables(party: PartyService): OwnTables {
  if (party === 'coordination') return { entities: [], migrations: [] };
  return { entities: [SafetyDecisionEntity], migrations: [createSafetyDecisions(party)] };
}

function createSafetyDecisions(schema: PartyService): new () => SqlMigration {
  return class CreateSafetyDecisions1795340002001 extends SqlMigration {
    readonly name = 'CreateSafetyDecisions1795340002001';
    readonly sql = `
create table ${schema}.safety_decision (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  person_id uuid not null,
  is_subject boolean not null,
  relation text not null,
  decision text not null,
  ground text,
  review_at timestamptz(3),
  constraint safety_decision_pk primary key (id),
  constraint safety_decision_is check (decision in ('now', 'postponed')),
  constraint safety_decision_review
    check ((decision = 'postponed') = (ground is not null and review_at is not null))
);
create unique index safety_decision_version
  on ${schema}.safety_decision (subject_id, unit_id, person_id, version);
create index safety_decision_of_subject on ${schema}.safety_decision (subject_id, recorded_at, id);
${appendedByUnitsSql(schema, 'safety_decision')}
`;
  };
}
