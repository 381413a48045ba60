import { SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '#party';

const ACT = `${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  subject_id uuid not null`;
const versionOf = (table: string, of = 'subject_id'): string =>
  `create unique index ${table}_version on rvt.${table} (${of}, unit_id, version);`;
const TABLES = [
  'risk_case',
  'risk_triage',
  'risk_assessment',
  'police_assessment',
  'risk_event',
  'risk_told',
  'risk_review',
  'intervention_decision',
];

/** RVT's triage, assessments, reviews and decisions (DESIGN 6.3). */
export class CreateRisk1795354000000 extends SqlMigration {
  readonly name = 'CreateRisk1795354000000';
  readonly sql = `
create table rvt.risk_case (
  id uuid not null,
  matter_id uuid not null,
  incident_id uuid not null,
  subject_id uuid not null,
  unit_id text not null,
  opened_at timestamptz(3) not null,
  constraint risk_case_pk primary key (id)
);
create unique index risk_case_of_matter on rvt.risk_case (matter_id, unit_id);

create table rvt.risk_triage (${ACT},
  outcome text not null,
  triaged_at timestamptz(3) not null,
  constraint risk_triage_pk primary key (id),
  constraint risk_triage_outcome check (outcome in ('ASSESSMENT_NEEDED', 'NOT_NEEDED', 'CANNOT_YET_BE_SAID'))
);
${versionOf('risk_triage')}

create table rvt.risk_assessment (${ACT},
  instrument text not null,
  instrument_version text not null,
  acute text,
  future text,
  severity text,
  assessed_at timestamptz(3) not null,
  replaces uuid,
  in_error boolean not null,
  constraint risk_assessment_pk primary key (id),
  constraint risk_assessment_error check (not in_error or replaces is not null)
);
${versionOf('risk_assessment')}

create table rvt.police_assessment (${ACT},
  state text not null,
  stated_at timestamptz(3) not null,
  constraint police_assessment_pk primary key (id)
);
${versionOf('police_assessment')}

create table rvt.risk_event (${ACT},
  event text not null,
  event_at timestamptz(3) not null,
  constraint risk_event_pk primary key (id)
);
${versionOf('risk_event')}

create table rvt.risk_told (
  id uuid not null,
  matter_id uuid not null,
  subject_id uuid not null,
  unit_id text not null,
  event text not null,
  event_at timestamptz(3) not null,
  constraint risk_told_pk primary key (id)
);
create index risk_told_of_matter on rvt.risk_told (matter_id, unit_id);

create table rvt.risk_review (${ACT},
  outcome text not null,
  reviewed_at timestamptz(3) not null,
  constraint risk_review_pk primary key (id)
);
${versionOf('risk_review')}

create table rvt.intervention_decision (${ACT},
  intervention text not null,
  granted boolean not null,
  by_committee boolean not null,
  decided_at timestamptz(3) not null,
  constraint intervention_decision_pk primary key (id)
);
${versionOf('intervention_decision', 'matter_id')}
${TABLES.map((table) => appendedByUnitsSql('rvt', table)).join('')}
`;
}
