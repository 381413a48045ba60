import { SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '#party';

/** What the alleged perpetrator was told and said to being contacted. */
export class CreateChangeCondition1795350000010 extends SqlMigration {
  readonly name = 'CreateChangeCondition1795350000010';
  readonly sql = `
create table police.change_condition (${RECORDED_ACT_COLUMNS},
  subject_id uuid not null,
  told boolean not null,
  agrees boolean not null,
  said_at timestamptz(3) not null,
  constraint change_condition_pk primary key (id)
);
create unique index change_condition_version on police.change_condition (subject_id, unit_id, version);
${appendedByUnitsSql('police', 'change_condition')}
`;
}
