import { SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '#party';

/** Decisions of BoU on what the reporter is told. */
export class CreateReportFeedback1795352000000 extends SqlMigration {
  readonly name = 'CreateReportFeedback1795352000000';
  readonly sql = `
create table bou.report_feedback (${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  tells boolean not null,
  asked_for boolean not null,
  outcome text not null,
  decided_at timestamptz(3) not null,
  constraint report_feedback_pk primary key (id)
);
create unique index report_feedback_version on bou.report_feedback (matter_id, version);
${appendedByUnitsSql('bou', 'report_feedback')}
`;
}
