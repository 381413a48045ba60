import { OWNER_ROLE, PARTIES_GROUP, SqlMigration, serviceRole } from '#database';

const TABLES = ['tree_leaf', 'tree_node', 'tree_head', 'tree_key'];

/**
 * One tree per authority over all schemas (C7, RFC 9162). Only the sealer adds, nobody changes or removes. A party reads the
 * trees of the authorities that its units belong to, and its service's own: hashes and heads, not whose leaf stands where
 * (two sides of one board do not join what they do), and no private key.
 */
export class CreateAudit1795360000000 extends SqlMigration {
  readonly name = 'CreateAudit1795360000000';
  readonly sql = `
create table audit.tree_leaf (
  authority text not null,
  position integer not null,
  schema_name text not null,
  leaf_id uuid not null,
  leaf_hash text not null,
  constraint tree_leaf_pk primary key (authority, position),
  constraint tree_leaf_once unique (leaf_id, schema_name),
  constraint tree_leaf_position check (position >= 0),
  constraint tree_leaf_hash check (leaf_hash ~ '^[0-9a-f]{64}$')
);
create table audit.tree_node (
  authority text not null,
  level integer not null,
  position integer not null,
  hash text not null,
  constraint tree_node_pk primary key (authority, level, position),
  constraint tree_node_level check (level > 0 and position >= 0),
  constraint tree_node_hash check (hash ~ '^[0-9a-f]{64}$')
);
create table audit.tree_head (
  authority text not null,
  size integer not null,
  root text not null,
  sealed_at timestamptz(3) not null,
  jws text not null,
  constraint tree_head_pk primary key (authority, size),
  constraint tree_head_size check (size > 0),
  constraint tree_head_root check (root ~ '^[0-9a-f]{64}$')
);
create table audit.tree_key (
  kid text not null,
  since timestamptz(3) not null,
  public_jwk jsonb not null,
  private_sealed bytea not null,
  constraint tree_key_pk primary key (kid)
);

create function audit.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception 'the audit is append-only: % of %.% refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;
alter function audit.refuse_change() owner to ${OWNER_ROLE};

-- Whose trees the caller may read. A service's own tree holds the refusals of those who have no mandate anywhere.
create function audit.my_authorities() returns text[] language sql stable security definer
set search_path = pg_catalog as $$
  select array_agg(distinct a.authority_id) || ('service:' || substr(session_user::text, 10))
  from directory.unit u join directory.unit_authority a on a.unit_id = u.id
  where 'handslag_' || u.party = session_user
$$;
alter function audit.my_authorities() owner to ${OWNER_ROLE};
revoke execute on function audit.my_authorities() from public;
grant execute on function audit.my_authorities() to ${PARTIES_GROUP};

grant usage on schema audit to ${serviceRole('sealer')}, ${PARTIES_GROUP};
grant select (kid, since, public_jwk) on audit.tree_key to ${PARTIES_GROUP};
${TABLES.map(
  (table) => `
create trigger ${table}_append_only before update or delete or truncate on audit.${table}
  for each statement execute function audit.refuse_change();
alter table audit.${table} enable always trigger ${table}_append_only;
grant select, insert on audit.${table} to ${serviceRole('sealer')};`,
).join('\n')}
${TABLES.filter((table) => table !== 'tree_key')
  .map(
    (table) => `
alter table audit.${table} enable row level security;
create policy sealed on audit.${table} for all to ${serviceRole('sealer')} using (true) with check (true);
create policy of_my_authorities on audit.${table} for select to ${PARTIES_GROUP}
  using (authority = any ((select audit.my_authorities())::text[]));
grant select ${table === 'tree_leaf' ? '(authority, position, leaf_hash) ' : ''}on audit.${table} to ${PARTIES_GROUP};`,
  )
  .join('\n')}
`;
}
