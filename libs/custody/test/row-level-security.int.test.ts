import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import type { Service, TestDatabase } from '#database';
import { connect, createCustodyDatabase, id, NIGHT_SQL, refusalOf } from './raw-record.js';
import { SERVERS } from './servers.js';

const SERVICES = ['police', 'socialjouren', 'rvt', 'bou', 'coordination', 'courier', 'issuer'] as const;
type TestService = (typeof SERVICES)[number] & Service;

/** One row of everything that hangs on the offer of matter 2 to jour-a. */
const ROWS_SQL = `
insert into custody.event (id, chain_id, seq, handoff_id, matter_id, kind, at, unit_id, previous_hash, hash)
  values ('${id('event', 1)}', '${id('handoff', 3)}', 1, '${id('handoff', 3)}', '${id('matter', 2)}', 'sent', now(), 'police-a', '', 'h');
insert into custody.disclosure values ('${id('other', 1)}', '${id('handoff', 3)}', '${id('content', 3)}', 'a', 'b', 'jour-a',
  'purpose', 'basis', null, '[]', 'officer-a', now());
insert into custody.receipt values ('${id('handoff', 1)}', 'signed', 'jws', now());
insert into custody.deadline (id, clock_id, handoff_id, rule, rule_version, calendar, ladder, start_event, start_at, due_at,
    because, duty_holder, asked_of, next_call_at)
  values ('${id('deadline', 1)}', '${id('matter', 2)}', '${id('handoff', 3)}', 'D-01', 1, '', '', '', now(), now(), '[]', 'a',
    'jour-a', now());
insert into custody.step values ('call-out', '${id('incident', 1)}', 'step', '1', '${id('deadline', 1)}', null);
insert into custody.preview values ('${id('other', 2)}', '${id('incident', 1)}', 'police-a', 'officer-a', '{}', now(), now());
insert into custody.succession values ('${id('succession', 1)}', 'jour-a', 'jour-b', 'head-one', now(), null, null);
insert into custody.stream (kind, id) values ('matter', '${id('matter', 2)}');
insert into custody.notification (id, rung, unit_id, function, kind, created_at)
  values ('${id('other', 3)}', 0, 'jour-a', 'duty', 'handoff', now());
insert into custody.idempotency values ('police/person', 'key', 'hmac', '{}', now());
insert into custody.reminder values ('${id('deadline', 1)}', 1, 0, now(), 'courier');
insert into custody.audit_leaf values (gen_random_uuid(), 1, now(), 'a', 'command', 'test', null, null, null, 'OK', null, null,
  repeat('0', 64), repeat('0', 64));
`;

describe.each(SERVERS)('row-level security of custody on $name', ({ url }) => {
  let database: TestDatabase;
  let admin: pg.Client;
  const services = new Map<TestService, pg.Client>();
  beforeAll(async () => {
    database = await createCustodyDatabase(url);
    admin = await connect(database.adminUrl);
    await admin.query(NIGHT_SQL);
    await admin.query(ROWS_SQL);
    for (const service of SERVICES) services.set(service, await connect(database.urlFor(service)));
  }, 60_000);
  afterAll(async () => {
    for (const client of services.values()) await client.end();
    await admin?.end();
    await database?.drop();
  });

  /** The values of a column that a service sees with these units, or the error code that it meets. */
  async function seen(
    service: TestService,
    units: string,
    table: string,
    column: string,
  ): Promise<string[] | string> {
    const client = services.get(service);
    if (client === undefined) throw new Error(`no service ${service}`);
    await client.query('begin');
    try {
      await client.query(`select set_config('handslag.units', $1, true)`, [units]);
      const { rows } = await client.query<{ value: string }>(
        `select ${column}::text as value from custody.${table} order by 1`,
      );
      return rows.map(({ value }) => value);
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    } finally {
      await client.query('rollback');
    }
  }

  it('has row-level security on every table but the machine and the migrations', async () => {
    const { rows } = await admin.query<{ relname: string }>(
      `select relname from pg_class where relnamespace = 'custody'::regnamespace and relkind = 'r' and not relrowsecurity
       order by 1`,
    );
    expect(rows.map(({ relname }) => relname)).toEqual(['handoff_transition', 'migration']);
  });

  it('lets no service write any table of custody but the marks of the relay', async () => {
    const roles = SERVICES.map((service) => `handslag_${service}`);
    const { rows: tableRights } = await admin.query(
      `select role, relname, privilege from pg_class, unnest($1::text[]) role,
         unnest(array['insert', 'delete', 'truncate', 'references', 'trigger']) privilege
       where relnamespace = 'custody'::regnamespace and relkind in ('r', 'v') and has_table_privilege(role, oid, privilege)`,
      [roles],
    );
    expect(tableRights).toEqual([]);
    const { rows: columnRights } = await admin.query<{ role: string; column: string }>(
      `select role, c.relname || '.' || attname as column from pg_class c join pg_attribute on attrelid = c.oid,
         unnest($1::text[]) role
       where relnamespace = 'custody'::regnamespace and relkind in ('r', 'v') and attnum > 0 and not attisdropped
         and has_column_privilege(role, attrelid, attnum, 'update') order by 1, 2`,
      [roles],
    );
    const relayed = ['attempts', 'parked_at', 'parked_code', 'relayed', 'try_after', 'wanted'];
    expect(columnRights.map(({ role, column }) => `${role} ${column}`)).toEqual([
      'handslag_courier notification.handed_over_at',
      ...relayed.map((column) => `handslag_courier stream.${column}`),
    ]);
  });

  it.each([
    `insert into custody.incident values ('${id('incident', 9)}', 'call-out', 'police-a', now(), now())`,
    `insert into custody.responsibility (matter_id, unit_id, starts_at) values ('${id('matter', 2)}', 'police-a', now())`,
    `update custody.responsibility set ends_at = now() where matter_id = '${id('matter', 2)}'`,
    `update custody.matter set holder_unit = 'jour-a' where id = '${id('matter', 2)}'`,
    `update custody.handoff set phase = 'withdrawn' where id = '${id('handoff', 3)}'`,
    `delete from custody.handoff where id = '${id('handoff', 3)}'`,
    `update custody.deadline set due_at = now() where id = '${id('deadline', 1)}'`,
    'truncate custody.event',
    'alter table custody.event disable trigger user',
    'set role handslag_owner',
  ])('refuses a party that holds the matter: %s', async (attempt) => {
    const police = services.get('police');
    if (police === undefined) throw new Error('no police');
    expect(await refusalOf(police, `set local handslag.units = 'police-a'; ${attempt}`)).toBe('42501');
  });

  it('shows a unit what it holds, held, opened, sent or was offered, and nothing else', async () => {
    expect(await seen('police', 'police-a', 'matter', 'id')).toEqual(
      [1, 2, 3].map((number) => id('matter', number)),
    );
    expect(await seen('socialjouren', 'jour-a', 'matter', 'id')).toEqual(
      [1, 2].map((number) => id('matter', number)),
    );
    expect(await seen('socialjouren', 'jour-b', 'matter', 'id')).toEqual([id('matter', 4)]);
    expect(await seen('rvt', 'rvt-a', 'matter', 'id')).toEqual([id('matter', 1)]);
    expect(await seen('rvt', 'rvt-a', 'handoff', 'id')).toEqual([id('handoff', 2)]);
    expect(await seen('socialjouren', 'jour-a', 'handoff', 'id')).toEqual(
      [1, 2, 3].map((number) => id('handoff', number)),
    );
    expect(await seen('rvt', 'rvt-a', 'content', 'id')).toEqual([id('content', 2)]);
    expect(await seen('rvt', 'rvt-a', 'subject', 'id')).toEqual([id('subject', 1)]);
    expect(await seen('rvt', 'rvt-a', 'incident', 'id')).toEqual([id('incident', 1)]);
    expect(await seen('socialjouren', 'jour-a', 'receipt', 'handoff_id')).toEqual([id('handoff', 1)]);
    expect(await seen('socialjouren', 'jour-a', 'disclosure', 'id')).toEqual([id('other', 1)]);
    expect(await seen('socialjouren', 'jour-a', 'event', 'id')).toEqual([id('event', 1)]);
    expect(await seen('socialjouren', 'jour-a', 'deadline', 'id')).toEqual([id('deadline', 1)]);
    expect(await seen('socialjouren', 'jour-a', 'step', 'deadline_id')).toEqual([id('deadline', 1)]);
    expect(await seen('police', 'police-a', 'preview', 'id')).toEqual([id('other', 2)]);
    expect(await seen('socialjouren', 'jour-a', 'preview', 'id')).toEqual([]);
    expect(await seen('socialjouren', 'jour-a', 'succession', 'id')).toEqual([id('succession', 1)]);
  });

  it.each([
    ['no unit at all', ''],
    ["another party's units, forged", 'police-a,jour-a,jour-b,rvt-a,rvt-b'],
    ['a unit that does not exist', 'nobody'],
    ['a unit of its own that has no part', 'bou-a'],
  ])('shows nothing to %s', async (_name, units) => {
    for (const [table, column] of CASE_TABLES)
      expect([table, await seen('bou', units, table, column)]).toEqual([table, []]);
  });

  it('forgets the units at the end of the transaction', async () => {
    expect(await seen('rvt', 'rvt-a', 'matter', 'id')).toHaveLength(1);
    const { rows } = (await services.get('rvt')?.query('select id from custody.matter')) ?? { rows: [] };
    expect(rows).toEqual([]);
  });

  it.each(['coordination', 'courier', 'issuer'] as const)(
    'keeps every table of a case from %s',
    async (service) => {
      for (const [table, column] of CASE_TABLES) {
        const allowed = table === 'deadline' && service !== 'issuer';
        expect([table, await seen(service, 'police-a,coordination-a', table, column)]).toEqual([
          table,
          allowed ? [id('deadline', 1)] : '42501',
        ]);
      }
      for (const table of ['audit_leaf', 'idempotency'])
        expect([table, await seen(service, '', table, 'ctid')]).toEqual([table, '42501']);
    },
  );

  it('keeps the idempotency keys, the audit and the outboxes from a party', async () => {
    for (const table of ['idempotency', 'audit_leaf', 'stream', 'notification', 'reminder'])
      expect([table, await seen('police', 'police-a', table, 'ctid')]).toEqual([table, '42501']);
  });

  it('shows coordination who is late, and the courier whose clock it is, by views without a subject', async () => {
    expect(await seen('coordination', '', 'stalled', 'deadline_id')).toEqual([id('deadline', 1)]);
    expect(await seen('courier', '', 'clock', 'id')).toEqual([id('matter', 2)]);
    expect(await seen('courier', '', 'stalled', 'deadline_id')).toBe('42501');
    for (const service of ['police', 'issuer'] as const)
      for (const view of ['stalled', 'clock', 'held', 'spell', 'watched_matter', 'unsafe_closing'])
        expect([view, await seen(service, 'police-a', view, '1')]).toEqual([view, '42501']);
    const { rows } = await admin.query<{ table_name: string; column_name: string }>(
      `select c.relname as table_name, a.attname as column_name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'custody'::regnamespace and c.relkind in ('r', 'v')
         and (has_column_privilege('handslag_coordination', c.oid, a.attnum, 'select')
           or has_column_privilege('handslag_courier', c.oid, a.attnum, 'select'))
         and a.attname in ('subject_id', 'role', 'kind', 'matter_kind', 'assigned_to', 'person', 'ciphertext', 'data', 'content_id')`,
    );
    expect(rows.map(({ table_name, column_name }) => `${table_name}.${column_name}`).sort()).toEqual([
      'clock.kind', // of a stream: matter, call-out
      'notification.kind', // of a notice
      'stream.kind',
    ]);
  });
});

const CASE_TABLES = [
  ['incident', 'id'],
  ['subject', 'id'],
  ['matter', 'id'],
  ['responsibility', 'matter_id'],
  ['handoff', 'id'],
  ['dispatch', 'id'],
  ['content', 'id'],
  ['preview', 'id'],
  ['event', 'id'],
  ['disclosure', 'id'],
  ['receipt', 'handoff_id'],
  ['succession', 'id'],
  ['orphaned_wrap', 'content_id'],
  ['deadline', 'id'],
  ['step', 'deadline_id'],
] as const;
