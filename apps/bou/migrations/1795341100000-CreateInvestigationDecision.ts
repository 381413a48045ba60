import { SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '#party';

/** Decisions of BoU to open an investigation or not. */
export class CreateInvestigationDecision1795341100000 extends SqlMigration {
  readonly name = 'CreateInvestigationDecision1795341100000';
  readonly sql = `
create table bou.investigation_decision (${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  opened boolean not null,
  ground text not null,
  decided_at timestamptz(3) not null,
  constraint investigation_decision_pk primary key (id)
);
create unique index investigation_decision_version on bou.investigation_decision (matter_id, version);
${appendedByUnitsSql('bou', 'investigation_decision')}
`;
}
