import { SqlMigration } from '#database';
import { appendedByUnitsSql, RECORDED_ACT_COLUMNS } from '#party';

/** Support of RVC: how it began, its sessions, and the investigation that lets it go on. */
export class CreateSupport1795356000000 extends SqlMigration {
  readonly name = 'CreateSupport1795356000000';
  readonly sql = `
create table rvc.support_beginning (${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  channel text not null,
  anonymous boolean not null,
  asks_as_couple boolean not null,
  referred_at timestamptz(3) not null,
  constraint support_beginning_pk primary key (id)
);
create unique index support_beginning_version on rvc.support_beginning (matter_id, version);
${appendedByUnitsSql('rvc', 'support_beginning')}

create table rvc.support_session (${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  session_id uuid not null,
  state text not null,
  intervention text not null,
  modality text not null,
  content text,
  starts_at timestamptz(3) not null,
  constraint support_session_pk primary key (id)
);
create unique index support_session_version on rvc.support_session (session_id, version);
create index support_session_of_matter on rvc.support_session (matter_id);
${appendedByUnitsSql('rvc', 'support_session')}

create table rvc.support_investigation (${RECORDED_ACT_COLUMNS},
  matter_id uuid not null,
  step text not null,
  bridged_until timestamptz(3),
  stepped_at timestamptz(3) not null,
  constraint support_investigation_pk primary key (id)
);
create unique index support_investigation_version on rvc.support_investigation (matter_id, version);
${appendedByUnitsSql('rvc', 'support_investigation')}
`;
}
