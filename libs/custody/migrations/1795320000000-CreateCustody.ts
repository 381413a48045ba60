import { AUDIT_LEAF_TABLE_SQL } from '#audit';
import { commonTablesSql, SqlMigration } from '#database';

/** Custody holds the leaves of all authorities: the caller's unit, in whose name it is done, must be of that authority. */
const DISPOSES_FOR_ITS_AUTHORITIES = `exists (
    select 1 from directory.unit u join directory.unit_authority a on a.unit_id = u.id
    where u.id = made.unit_id and a.authority_id = made.authority and 'handslag_' || u.party = session_user)`;

/** The tables of custody. C1, C2 and C9 are constraints; what the guarded functions add is who may write. */
export class CreateCustody1795320000000 extends SqlMigration {
  readonly name = 'CreateCustody1795320000000';
  readonly sql = `
${commonTablesSql('custody')}
${AUDIT_LEAF_TABLE_SQL('custody', { mayErase: DISPOSES_FOR_ITS_AUTHORITIES })}

create table custody.incident (
  id uuid not null,
  kind text not null,
  opened_by_unit text not null,
  occurred_at timestamptz(3) not null,
  opened_at timestamptz(3) not null,
  constraint incident_pk primary key (id),
  constraint incident_kind check (kind in ('call-out', 'concern-report', 'self-referral'))
);

create table custody.subject (
  id uuid not null,
  incident_id uuid not null,
  role text not null,
  constraint subject_pk primary key (id),
  constraint subject_in_incident unique (id, incident_id),
  constraint subject_incident foreign key (incident_id) references custody.incident (id),
  constraint subject_role check (role in ('victim', 'child', 'alleged-perpetrator'))
);
create index subject_by_incident on custody.subject (incident_id);

create table custody.matter (
  id uuid not null,
  incident_id uuid not null,
  subject_id uuid not null,
  kind text not null,
  opened_at timestamptz(3) not null,
  closed_at timestamptz(3) not null default 'infinity',
  holder_unit text not null,
  phase text not null default 'held',
  version integer not null default 1,
  outcome text,
  assigned_to text,
  hold_reason text,
  hold_review_at timestamptz(3),
  cancellation_handoff_id uuid,
  continues_id uuid,
  merged_into_id uuid,
  urgent_at timestamptz(3) not null default 'infinity',
  constraint matter_pk primary key (id),
  constraint matter_end unique (id, closed_at),
  constraint matter_of_kind unique (id, kind),
  constraint matter_subject foreign key (subject_id, incident_id) references custody.subject (id, incident_id),
  constraint matter_merged_into foreign key (merged_into_id) references custody.matter (id),
  constraint merged_into_another check (merged_into_id <> id),
  constraint matter_continues foreign key (continues_id) references custody.matter (id),
  constraint closed_with_outcome check ((closed_at = 'infinity') = (outcome is null)),
  constraint matter_phase check (phase in ('held', 'contact-attempted', 'contact-made', 'scheduled', 'attended',
    'no-show', 'event-cancelled', 'closed')),
  constraint closed_is_a_phase check ((closed_at = 'infinity') = (phase <> 'closed')),
  constraint hold_has_review check ((hold_reason is null) = (hold_review_at is null)),
  -- C9: a statutory duty about a child is never cancelled.
  constraint child_never_cancelled check (kind <> 'child-protection' or cancellation_handoff_id is null),
  -- C1: a child's matter closes only with a successor or a recorded decision that nothing further is needed.
  constraint child_closes_safely check (kind <> 'child-protection'
    or outcome in ('SUCCESSOR', 'MERGED', 'NOTHING_FURTHER', 'CHILD_TAKEN_OUTSIDE'))
);
create index matter_held on custody.matter (holder_unit, closed_at, urgent_at, id);
create index matter_by_incident on custody.matter (incident_id, id);
create index matter_by_subject on custody.matter (subject_id);

create table custody.succession (
  id uuid not null,
  from_unit text not null,
  to_unit text not null,
  proposed_by text not null,
  proposed_at timestamptz(3) not null,
  approved_by text,
  approved_at timestamptz(3),
  constraint succession_pk primary key (id),
  constraint succession_units unique (id, from_unit, to_unit, approved_at),
  constraint succession_moves check (from_unit <> to_unit),
  constraint succession_two_persons check (approved_by <> proposed_by),
  constraint succession_approved check ((approved_by is null) = (approved_at is null))
);

create table custody.content (
  id uuid not null,
  incident_id uuid not null,
  subject_id uuid,
  handoff_id uuid,
  kind text not null,
  from_unit text not null,
  to_unit text not null,
  ciphertext bytea not null,
  digest text not null,
  created_at timestamptz(3) not null,
  constraint content_pk primary key (id),
  constraint content_kind check (kind in ('facts', 'referral', 'sealed-apart', 'answer', 'note', 'assessment'))
);
create index content_by_handoff on custody.content (handoff_id, kind);
create index content_by_incident on custody.content (incident_id, kind, created_at);

create table custody.preview (
  id uuid not null,
  incident_id uuid not null,
  unit_id text not null,
  person text not null,
  plan jsonb not null,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint preview_pk primary key (id),
  constraint preview_incident foreign key (incident_id) references custody.incident (id)
);
create index preview_by_age on custody.preview (expires_at);

create table custody.dispatch (
  id uuid not null,
  incident_id uuid not null,
  preview_id uuid not null,
  from_unit text not null,
  sent_by text not null,
  sent_at timestamptz(3) not null,
  constraint dispatch_pk primary key (id),
  constraint one_dispatch_a_preview unique (preview_id),
  constraint dispatch_incident foreign key (incident_id) references custody.incident (id)
);
create index dispatch_by_incident on custody.dispatch (incident_id);

create table custody.handoff (
  id uuid not null,
  dispatch_id uuid not null,
  matter_id uuid not null,
  matter_kind text not null,
  matter_closed_at timestamptz(3) not null default 'infinity',
  route text not null,
  from_unit text not null,
  to_unit text not null,
  phase text not null,
  version integer not null default 1,
  content_id uuid not null,
  basis text not null,
  sent_at timestamptz(3) not null,
  delivered_at timestamptz(3),
  opened_at timestamptz(3),
  accepted_at timestamptz(3),
  attested_at timestamptz(3),
  ended_at timestamptz(3) not null default 'infinity',
  needed_before timestamptz(3),
  reason text,
  proposed_unit text,
  hand_back_of uuid,
  chain_seq integer not null,
  chain_head text not null,
  urgent_at timestamptz(3) not null default 'infinity',
  constraint handoff_pk primary key (id),
  constraint handoff_accepted unique (id, matter_id, from_unit, to_unit, accepted_at),
  constraint handoff_dispatch foreign key (dispatch_id) references custody.dispatch (id),
  constraint handoff_matter foreign key (matter_id, matter_kind) references custody.matter (id, kind),
  constraint handoff_content foreign key (content_id) references custody.content (id),
  constraint handoff_hand_back_of foreign key (hand_back_of) references custody.handoff (id),
  -- A matter cannot be closed while an offer of it is open: the end of the matter reaches its offers.
  constraint of_open_matter foreign key (matter_id, matter_closed_at)
    references custody.matter (id, closed_at) on update cascade,
  constraint offered_while_open check (ended_at <= matter_closed_at),
  constraint handoff_moves check (from_unit <> to_unit),
  constraint handoff_phase check (phase in ('sent', 'delivered', 'opened', 'awaiting-information', 'accepted',
    'declined', 'redirected', 'withdrawn', 'superseded', 'entered-in-error')),
  constraint open_until_ended check (
    (ended_at = 'infinity') = (phase in ('sent', 'delivered', 'opened', 'awaiting-information'))),
  constraint accepted_or_attested check ((phase = 'accepted') = (accepted_at is not null or attested_at is not null)),
  constraint not_both check (accepted_at is null or attested_at is null),
  constraint accepted_at_its_end check (accepted_at = ended_at),
  -- C9: a report about a child can be re-routed or superseded, never refused or taken back.
  constraint child_never_refused check (
    matter_kind <> 'child-protection' or phase not in ('declined', 'withdrawn', 'entered-in-error'))
);
create unique index one_open_handoff on custody.handoff (matter_id) where ended_at = 'infinity';
create index handoff_inbox on custody.handoff (to_unit, ended_at, urgent_at, id);
create index handoff_sent on custody.handoff (from_unit, ended_at, urgent_at, id);
create index handoff_by_matter on custody.handoff (matter_id, sent_at);
create index handoff_by_dispatch on custody.handoff (dispatch_id);
create index handoff_undelivered on custody.handoff (to_unit, sent_at) where phase = 'sent';

create table custody.responsibility (
  matter_id uuid not null,
  unit_id text not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null default 'infinity',
  previous_unit text,
  previous_ends_at timestamptz(3),
  handoff_id uuid,
  succession_id uuid,
  matter_closed_at timestamptz(3) not null default 'infinity',
  constraint responsibility_pk primary key (matter_id, starts_at),
  constraint one_end unique (matter_id, ends_at),
  constraint end_of_unit unique (matter_id, ends_at, unit_id),
  constraint start_of_unit unique (matter_id, starts_at, unit_id),
  constraint one_successor unique nulls not distinct (matter_id, previous_ends_at),
  constraint runs_forward check (starts_at < ends_at),
  constraint follows_on check (previous_ends_at = starts_at),
  constraint previous_is_whole check ((previous_ends_at is null) = (previous_unit is null)),
  constraint not_after_close check (ends_at <= matter_closed_at),
  -- C2: responsibility moves by an accepted handoff or by an approved succession, and in no other way.
  constraint moved_lawfully check (
    (previous_ends_at is null) = (handoff_id is null and succession_id is null)
    and (handoff_id is null or succession_id is null)),
  constraint no_gap foreign key (matter_id, previous_ends_at, previous_unit)
    references custody.responsibility (matter_id, ends_at, unit_id) deferrable initially deferred,
  constraint of_matter foreign key (matter_id, matter_closed_at)
    references custody.matter (id, closed_at) on update cascade,
  constraint by_handoff foreign key (handoff_id, matter_id, previous_unit, unit_id, starts_at)
    references custody.handoff (id, matter_id, from_unit, to_unit, accepted_at) deferrable initially deferred,
  constraint by_succession foreign key (succession_id, previous_unit, unit_id, starts_at)
    references custody.succession (id, from_unit, to_unit, approved_at) deferrable initially deferred
);
create index responsibility_by_unit on custody.responsibility (unit_id, ends_at, starts_at);

alter table custody.matter
  add constraint held_from foreign key (id, opened_at)
    references custody.responsibility (matter_id, starts_at) deferrable initially deferred,
  add constraint held_until foreign key (id, closed_at, holder_unit)
    references custody.responsibility (matter_id, ends_at, unit_id) deferrable initially deferred,
  add constraint matter_cancellation foreign key (cancellation_handoff_id) references custody.handoff (id);
alter table custody.handoff
  add constraint accepted_holds foreign key (matter_id, accepted_at, to_unit)
    references custody.responsibility (matter_id, starts_at, unit_id) deferrable initially deferred;

create table custody.event (
  id uuid not null,
  chain_id uuid not null,
  seq integer not null,
  handoff_id uuid,
  matter_id uuid not null,
  kind text not null,
  at timestamptz(3) not null,
  unit_id text not null,
  person text,
  function text,
  reason text,
  data jsonb not null default '{}',
  content_digest text,
  previous_hash text not null,
  hash text not null,
  constraint event_pk primary key (id),
  constraint event_in_order unique (chain_id, seq),
  constraint event_no_fork unique (chain_id, previous_hash),
  constraint event_matter foreign key (matter_id) references custody.matter (id),
  constraint event_handoff foreign key (handoff_id) references custody.handoff (id)
);
create index event_by_matter on custody.event (matter_id, at, seq);

create table custody.disclosure (
  id uuid not null,
  handoff_id uuid not null,
  content_id uuid not null,
  from_authority text not null,
  to_authority text not null,
  to_unit text not null,
  purpose text not null,
  basis text not null,
  decision_ref uuid,
  fields jsonb not null,
  decided_by text not null,
  disclosed_at timestamptz(3) not null,
  constraint disclosure_pk primary key (id),
  constraint disclosure_handoff foreign key (handoff_id) references custody.handoff (id),
  constraint disclosure_content foreign key (content_id) references custody.content (id)
);
create index disclosure_by_handoff on custody.disclosure (handoff_id);
create index disclosure_by_decision on custody.disclosure (decision_ref, disclosed_at, id);

create table custody.receipt (
  handoff_id uuid not null,
  kind text not null,
  jws text not null,
  issued_at timestamptz(3) not null,
  constraint receipt_pk primary key (handoff_id),
  constraint receipt_handoff foreign key (handoff_id) references custody.handoff (id),
  constraint receipt_kind check (kind in ('signed', 'attested'))
);

create function custody.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'custody.% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger event_append_only before update or delete or truncate on custody.event
  for each statement execute function custody.refuse_change();
create trigger disclosure_append_only before update or delete or truncate on custody.disclosure
  for each statement execute function custody.refuse_change();
create trigger receipt_append_only before update or delete or truncate on custody.receipt
  for each statement execute function custody.refuse_change();
create trigger responsibility_never_removed before delete or truncate on custody.responsibility
  for each statement execute function custody.refuse_change();
`;
}
