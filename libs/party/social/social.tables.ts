import { type PartyService, SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '../acts/recorded-act.js';
import type { OwnTables } from '../database/party-schema.js';
import { AttendanceDecisionEntity } from './attendance-decision.entity.js';
import { ProtectionAssessmentEntity } from './protection-assessment.entity.js';

/** The tables of the social parties' night and morning, in the party's own schema. */
export function socialTables(party: PartyService): OwnTables {
  return {
    entities: [AttendanceDecisionEntity, ProtectionAssessmentEntity],
    migrations: [createSocialTables(party)],
  };
}

function createSocialTables(schema: PartyService): new () => SqlMigration {
  return class CreateSocialTables1795340000100 extends SqlMigration {
    readonly name = 'CreateSocialTables1795340000100';
    readonly sql = `
create table ${schema}.attendance_decision (${RECORDED_ACT_COLUMNS},
  attends boolean not null,
  visits_home boolean not null,
  legal_ground text,
  consent text not null,
  constraint attendance_decision_pk primary key (id)
);
create unique index attendance_decision_version on ${schema}.attendance_decision (incident_id, unit_id, version);

create table ${schema}.protection_assessment (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  outcome text not null,
  child_heard text not null,
  assessed_at timestamptz(3) not null,
  constraint protection_assessment_pk primary key (id),
  constraint protection_assessment_outcome check (
    outcome in ('PROTECTION_NEEDED_NOW', 'NO_IMMEDIATE_NEED', 'CANNOT_YET_BE_ASSESSED'))
);
create unique index protection_assessment_version on ${schema}.protection_assessment (subject_id, unit_id, version);

${['attendance_decision', 'protection_assessment'].map((table) => appendedByUnitsSql(schema, table)).join('')}
`;
  };
}
