import { OWNER_ROLE } from '#database';

export interface AuditLeafGrants {
  /** Roles that may add leaves of their own; in custody none, since its guarded functions add them. */
  readonly writers?: readonly string[];
  /** Roles that may check the leaves (sealer, verify): every column but salt and person. */
  readonly verifiers?: readonly string[];
}

const HEADER_COLUMNS =
  'id, format, at, authority, kind, action, target_kind, target_id, unit_id, code, personal_hash, leaf_hash';

/**
 * The table `audit_leaf` of one schema: append-only for every role, its owner and administrators included, as
 * long as nobody disables the trigger. A position in the tree is not a column: the sealer alone assigns
 * it, in a table of its own. Salt and person can be null, and only together, because erasure (B8) removes both.
 */
export function AUDIT_LEAF_TABLE_SQL(schema: string, grants: AuditLeafGrants = {}): string {
  return `
create table ${schema}.audit_leaf (
  id uuid not null,
  format integer not null,
  at timestamptz(3) not null,
  authority text not null,
  kind text not null,
  action text not null,
  target_kind text,
  target_id text,
  unit_id text,
  code text not null,
  salt text,
  personal text,
  personal_hash text not null,
  leaf_hash text not null,
  constraint audit_leaf_pk primary key (id),
  constraint audit_leaf_kind check (kind in ('command', 'reading', 'refusal')),
  constraint audit_leaf_target check ((target_kind is null) = (target_id is null)),
  constraint audit_leaf_person check ((salt is null) = (personal is null)),
  constraint audit_leaf_hashes check (personal_hash ~ '^[0-9a-f]{64}$' and leaf_hash ~ '^[0-9a-f]{64}$')
);
create index audit_leaf_by_authority on ${schema}.audit_leaf (authority, at, id);
create index audit_leaf_by_target on ${schema}.audit_leaf (target_kind, target_id, at);

create function ${schema}.refuse_audit_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'the audit is append-only: % of %.audit_leaf refused', tg_op, tg_table_schema
    using errcode = 'restrict_violation';
end $$;
alter function ${schema}.refuse_audit_change() owner to ${OWNER_ROLE};
create trigger audit_leaf_append_only before update or delete or truncate on ${schema}.audit_leaf
  for each statement execute function ${schema}.refuse_audit_change();
-- Also under session_replication_role = replica, in which ordinary triggers sleep.
alter table ${schema}.audit_leaf enable always trigger audit_leaf_append_only;
${grants.writers?.length ? `grant insert on ${schema}.audit_leaf to ${grants.writers.join(', ')};` : ''}
${grants.verifiers?.length ? `grant select (${HEADER_COLUMNS}) on ${schema}.audit_leaf to ${grants.verifiers.join(', ')};` : ''}
`;
}
