import { OWNER_ROLE, serviceRole } from '#database';

export interface AuditLeafGrants {
  /** Roles that may add leaves of their own; in custody none, since its guarded functions add them. */
  readonly writers?: readonly string[];
  /** Roles that may check the leaves, beside the sealer: every column but salt and person. */
  readonly verifiers?: readonly string[];
  /** Roles that carry out disposal decisions, by `erase_audit_person`; a migration may also grant it later. */
  readonly erasers?: readonly string[];
  /**
   * SQL that must be true of the approving leaf `made` before anything is erased, where a schema holds leaves of several
   * authorities and the caller may act for some of them only.
   */
  readonly mayErase?: string;
}

/** The command whose leaf approves an erasure; `target` names the disposal decision. */
export const ERASE_AUDIT_PERSON = 'erase-audit-person';

const HEADER_COLUMNS =
  'id, format, at, authority, kind, action, target_kind, target_id, unit_id, code, personal_hash, leaf_hash';

/**
 * The table `audit_leaf` of one schema, and the two beside it. Append-only for every role, its owner and administrators
 * included, as long as nobody disables the triggers. A position in the tree is not a column: the sealer alone assigns
 * it, in a table of its own.
 *
 * `audit_unsealed` is the sealer's queue, filled by a trigger in the transaction of the leaf itself: what commits late is
 * found late, and never skipped, as it would be by any instant or sequence.
 *
 * Erasure (B8) has one door, `<schema>.erase_audit_person(leaf ids, approving leaf)`: it removes salt and person of those
 * leaves together, and nothing else, and adds the approving leaf in the same transaction; every hash stays. Answers how many
 * it erased; what is erased already is passed over. Nobody may call it but `erasers`.
 */
export function AUDIT_LEAF_TABLE_SQL(schema: string, grants: AuditLeafGrants = {}): string {
  const sealer = serviceRole('sealer');
  const verifiers = [sealer, ...(grants.verifiers ?? [])];
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

create table ${schema}.audit_unsealed (
  seq bigint generated always as identity,
  leaf_id uuid not null,
  since timestamptz(3) not null default clock_timestamp(),
  constraint audit_unsealed_pk primary key (seq)
);

create table ${schema}.audit_erasure (
  leaf_id uuid not null,
  approval_id uuid not null,
  constraint audit_erasure_pk primary key (leaf_id),
  constraint audit_erasure_leaf foreign key (leaf_id) references ${schema}.audit_leaf (id),
  constraint audit_erasure_approval foreign key (approval_id) references ${schema}.audit_leaf (id)
);
create index audit_erasure_by_approval on ${schema}.audit_erasure (approval_id);

create function ${schema}.refuse_audit_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'the audit is append-only: % of %.% refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;
-- The one change there is: salt and person go together, of a leaf whose erasure was approved.
create function ${schema}.only_erase_audit_person() returns trigger language plpgsql set search_path = pg_catalog as $$
declare erased ${schema}.audit_leaf := old;
begin
  erased.salt := null;
  erased.personal := null;
  if old.salt is not null and new is not distinct from erased
    and exists (select 1 from ${schema}.audit_erasure e where e.leaf_id = old.id) then
    return new;
  end if;
  raise exception 'the audit is append-only: % of %.% refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;
create function ${schema}.queue_for_sealing() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$
begin
  insert into ${schema}.audit_unsealed (leaf_id) values (new.id);
  return null;
end $$;

create function ${schema}.erase_audit_person(leaves uuid[], approval jsonb) returns integer language plpgsql
security definer set search_path = pg_catalog as $$
declare
  made ${schema}.audit_leaf := jsonb_populate_record(null::${schema}.audit_leaf, approval);
  erased integer;
begin
  if made.kind is distinct from 'command' or made.action is distinct from '${ERASE_AUDIT_PERSON}'
    or made.code is distinct from 'OK' or made.target_id is null or made.unit_id is null or made.salt is null then
    raise exception 'an erasure is approved by a leaf of the command ${ERASE_AUDIT_PERSON} that names unit, decision and person'
      using errcode = 'check_violation';
  end if;
  ${
    grants.mayErase === undefined
      ? ''
      : `if not (${grants.mayErase}) then
    raise exception 'the caller does not dispose for %', made.authority using errcode = 'insufficient_privilege';
  end if;`
  }
  if exists (
    select 1 from unnest(leaves) as asked(id) left join ${schema}.audit_leaf l on l.id = asked.id
    where l.authority is distinct from made.authority) then
    raise exception 'an authority erases persons from its own leaves only' using errcode = 'check_violation';
  end if;
  insert into ${schema}.audit_leaf select made.*;
  insert into ${schema}.audit_erasure (leaf_id, approval_id)
    select l.id, made.id from ${schema}.audit_leaf l where l.id = any (leaves) and l.salt is not null;
  update ${schema}.audit_leaf l set salt = null, personal = null
    from ${schema}.audit_erasure e where e.approval_id = made.id and l.id = e.leaf_id;
  get diagnostics erased = row_count;
  return erased;
end $$;
alter function ${schema}.refuse_audit_change() owner to ${OWNER_ROLE};
alter function ${schema}.only_erase_audit_person() owner to ${OWNER_ROLE};
alter function ${schema}.queue_for_sealing() owner to ${OWNER_ROLE};
alter function ${schema}.erase_audit_person(uuid[], jsonb) owner to ${OWNER_ROLE};
revoke execute on function ${schema}.erase_audit_person(uuid[], jsonb), ${schema}.queue_for_sealing() from public;

-- All of them awake also under session_replication_role = replica, in which ordinary triggers sleep.
${awake(schema, 'audit_leaf', 'audit_leaf_append_only', 'before delete or truncate', 'statement', 'refuse_audit_change')}
${awake(schema, 'audit_leaf', 'audit_leaf_unchanged', 'before update', 'row', 'only_erase_audit_person')}
${awake(schema, 'audit_leaf', 'audit_leaf_queued', 'after insert', 'row', 'queue_for_sealing')}
${awake(schema, 'audit_erasure', 'audit_erasure_append_only', 'before update or delete or truncate', 'statement', 'refuse_audit_change')}

grant usage on schema ${schema} to ${sealer};
grant select (${HEADER_COLUMNS}) on ${schema}.audit_leaf to ${verifiers.join(', ')};
grant select, delete on ${schema}.audit_unsealed to ${sealer};
grant select on ${schema}.audit_unsealed to ${serviceRole('coordination')};
alter table ${schema}.audit_unsealed enable row level security;
create policy sealed on ${schema}.audit_unsealed for all to ${sealer} using (true);
create policy watched on ${schema}.audit_unsealed for select to ${serviceRole('coordination')} using (true);
alter table ${schema}.audit_erasure enable row level security;
${grants.writers?.length ? `grant insert on ${schema}.audit_leaf to ${grants.writers.join(', ')};` : ''}
${grants.erasers?.length ? `grant execute on function ${schema}.erase_audit_person(uuid[], jsonb) to ${grants.erasers.join(', ')};` : ''}
`;
}

function awake(
  schema: string,
  table: string,
  name: string,
  when: string,
  each: 'row' | 'statement',
  does: string,
): string {
  return `create trigger ${name} ${when} on ${schema}.${table} for each ${each} execute function ${schema}.${does}();
alter table ${schema}.${table} enable always trigger ${name};`;
}
