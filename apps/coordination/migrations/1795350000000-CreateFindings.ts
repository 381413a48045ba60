import { SqlMigration } from '#database';

/** Coordination's own tables: what the watchdog has found. */
export class CreateFindings1795350000000 extends SqlMigration {
  readonly name = 'CreateFindings1795350000000';
  readonly sql = `
create table coordination.finding (
  id uuid not null,
  kind text not null,
  place text not null,
  since timestamptz(3) not null,
  last_seen timestamptz(3) not null,
  cleared_at timestamptz(3) not null default 'infinity',
  count integer not null,
  oldest_at timestamptz(3),
  mailed_at timestamptz(3),
  constraint finding_pk primary key (id)
);
create unique index finding_open on coordination.finding (kind, place) where cleared_at = 'infinity';
grant select, insert, update (last_seen, cleared_at, count, oldest_at, mailed_at) on coordination.finding
  to handslag_coordination;
`;
}
