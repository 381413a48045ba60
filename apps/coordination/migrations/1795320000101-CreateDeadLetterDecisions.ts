import { SqlMigration } from '#database';

/** Append-only but for the mark that the decision has had its effect. */
export class CreateDeadLetterDecisions1795320000101 extends SqlMigration {
  readonly name = 'CreateDeadLetterDecisions1795320000101';
  readonly sql = `
create table coordination.dead_letter_decision (
  id uuid not null,
  delivery_id uuid not null,
  round integer not null,
  decision text not null,
  reason text,
  unit_id text not null,
  decided_at timestamptz(3) not null,
  decided_by text not null,
  applied_at timestamptz(3) not null default 'infinity',
  constraint dead_letter_decision_pk primary key (id),
  constraint dead_letter_decision_known check (decision in ('retry', 'dismiss')),
  constraint dead_letter_decision_reason check ((decision = 'dismiss') = (reason is not null))
);
create index dead_letter_decision_undone on coordination.dead_letter_decision (decided_at, id) where applied_at = 'infinity';
alter table coordination.dead_letter_decision enable row level security;
create policy of_coordination on coordination.dead_letter_decision for all to handslag_coordination using (true) with check (true);
grant select, insert, update (applied_at) on coordination.dead_letter_decision to handslag_coordination;
`;
}
