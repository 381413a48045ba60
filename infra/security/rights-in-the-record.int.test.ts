import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  createTestDatabase,
  OWNER_ROLE,
  PARTY_SERVICES,
  type SchemaDefinition,
  SERVICES,
  type Service,
  serviceRole,
  type TestDatabase,
} from '#database';
import { KEY_STORE_SCHEMAS, RECORD_SCHEMAS } from '../migrate/schemas.js';

/** Schemas beside a party's own that hold no case: who works where, and how the audit is sealed. */
const SHARED = ['directory', 'custody', 'audit', 'notice', 'keys'];
/** Roles that look after the machinery of every schema; what they may touch there is listed below, column by column. */
const MACHINERY: readonly Service[] = ['courier', 'coordination', 'sealer'];
/** What courier, coordination and sealer mark in a party's schema: told, handed over, sealed. Never a row of a case (DESIGN 4). */
const MARKS = ['audit_unsealed delete', 'notification update', 'stream update'];
/** Tables without a case of a unit: clocks by id, keys of commands by caller, the machine, heads of trees, what was found. */
const WITHOUT_CASE = [
  'deadline',
  'finding',
  'handoff_transition',
  'idempotency',
  'kept_tree_head',
  'notification',
  'reminder',
  'step',
  'stream',
  'tree_key',
  'unit',
];

interface Right {
  readonly role: string;
  readonly schema: string;
  readonly table: string;
  readonly privilege: string;
}

/** Read from PostgreSQL's own catalogue, so that a table added tomorrow is judged too. */
describe.each([
  ['the record', RECORD_SCHEMAS],
  ['the key store', KEY_STORE_SCHEMAS],
] as const)('rights in %s', (_, definitions: readonly SchemaDefinition[]) => {
  const schemas = definitions.map(({ schema }) => schema);
  let database: TestDatabase;
  let admin: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase(definitions);
    admin = new pg.Client(database.adminUrl);
    await admin.connect();
  }, 120_000);
  afterAll(async () => {
    await admin?.end();
    await database?.drop();
  });

  /** Every right of every service's role on every table and view, column rights included. */
  async function rights(): Promise<Right[]> {
    const { rows } = await admin.query<Right>(
      `select role, nspname as schema, relname as "table", privilege
       from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest($1::text[]) role,
         unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) privilege
       where relkind in ('r', 'v', 'm', 'p') and nspname = any ($2::text[])
         and has_schema_privilege(role, n.oid, 'usage')
         and (has_table_privilege(role, c.oid, privilege)
           or (privilege in ('select', 'insert', 'update', 'references')
             and has_any_column_privilege(role, c.oid, privilege)))
       order by 1, 2, 3, 4`,
      [SERVICES.map(serviceRole), schemas],
    );
    return rows;
  }
  const ownSchemaOf = (role: string): string => role.replace('handslag_', '');

  it('gives a party nothing in the schema of another', async () => {
    const parties = PARTY_SERVICES.map(serviceRole);
    const foreign = (await rights()).filter(
      ({ role, schema }) =>
        parties.includes(role) && !SHARED.includes(schema) && schema !== ownSchemaOf(role),
    );
    const machinery = MACHINERY.map(serviceRole);
    expect(foreign.filter(({ role }) => !machinery.includes(role))).toEqual([]);
  });

  it('lets the machinery write nothing in a party schema but the marks of relay, notices and its own call', async () => {
    const machinery = MACHINERY.map(serviceRole);
    const written = (await rights()).filter(
      ({ role, schema, privilege }) =>
        machinery.includes(role) &&
        !SHARED.includes(schema) &&
        schema !== ownSchemaOf(role) &&
        privilege !== 'select',
    );
    const tables = new Set(written.map(({ table, privilege }) => `${table} ${privilege}`));
    expect([...tables].filter((one) => !MARKS.includes(one))).toEqual([]);
  });

  it('lets nobody change or remove an audit leaf, its owner and the administrator included', async () => {
    const leaves = (await rights()).filter(
      ({ table, privilege }) => table === 'audit_leaf' && !['select', 'insert'].includes(privilege),
    );
    expect(leaves).toEqual([]);
    for (const schema of schemas) {
      const { rowCount } = await admin.query(
        `select 1 from pg_class where oid = to_regclass($1) and relkind = 'r'`,
        [`${schema}.audit_leaf`],
      );
      if (rowCount === 0) continue;
      await admin.query(
        `insert into ${schema}.audit_leaf values (gen_random_uuid(), 1, now(), 'a', 'command', 'test', null, null, null, 'OK',
           repeat('0', 64), '{}', repeat('0', 64), repeat('0', 64))`,
      );
      for (const attempt of [
        `update ${schema}.audit_leaf set code = 'CHANGED'`,
        `delete from ${schema}.audit_leaf`,
        `truncate ${schema}.audit_leaf cascade`,
      ]) {
        await expect(admin.query(attempt)).rejects.toThrow('append-only');
        await expect(asOwner(attempt)).rejects.toThrow('append-only');
      }
    }
  });

  async function asOwner(attempt: string): Promise<void> {
    await admin.query('begin');
    try {
      await admin.query(`set local role ${OWNER_ROLE}`);
      await admin.query(attempt);
    } finally {
      await admin.query('rollback');
    }
  }

  it('gives everybody nothing: no table, view, function or schema is open to PUBLIC', async () => {
    const { rows } = await admin.query(
      `select 'table ' || n.nspname || '.' || relname as open from pg_class c join pg_namespace n on n.oid = c.relnamespace,
         aclexplode(relacl) where grantee = 0 and n.nspname = any ($1::text[])
       union all
       select 'function ' || n.nspname || '.' || proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace,
         aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0 and prosecdef
         and n.nspname = any ($1::text[])
       union all
       select 'schema ' || nspname from pg_namespace n, aclexplode(nspacl) where grantee = 0 and nspname = any ($1::text[])`,
      [schemas],
    );
    expect(rows).toEqual([]);
  });

  it('has each function that runs with the rights of its owner bound to one search path, and owned by nobody who logs in', async () => {
    const { rows } = await admin.query<{ name: string; settings: string[] | null; canlogin: boolean }>(
      `select n.nspname || '.' || proname as name, proconfig as settings, rolcanlogin as canlogin
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles o on o.oid = proowner
       where prosecdef and n.nspname = any ($1::text[])`,
      [schemas],
    );
    const loose = rows.filter(
      ({ settings, canlogin }) =>
        canlogin || !(settings ?? []).some((one) => /^search_path=pg_catalog\b/.test(one)),
    );
    expect(loose).toEqual([]);
  });

  it('lets no service role pass row-level security, make roles or become the owner', async () => {
    const { rows } = await admin.query(
      `select rolname from pg_roles where rolname = any ($1::text[])
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
           or pg_has_role(rolname, $2, 'member'))`,
      [SERVICES.map(serviceRole), OWNER_ROLE],
    );
    expect(rows).toEqual([]);
  });

  it('has row-level security on every table that a party reads, but those that hold no case', async () => {
    const { rows } = await admin.query<{ table: string }>(
      `select distinct n.nspname || '.' || relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace,
         unnest($1::text[]) role
       where relkind = 'r' and not relrowsecurity and n.nspname = any ($2::text[]) and n.nspname <> 'directory'
         and has_schema_privilege(role, n.oid, 'usage')
         and has_any_column_privilege(role, c.oid, 'select') order by 1`,
      [PARTY_SERVICES.map(serviceRole), schemas],
    );
    expect(rows.filter(({ table }) => !WITHOUT_CASE.includes(table.split('.')[1] ?? ''))).toEqual([]);
  });
});
