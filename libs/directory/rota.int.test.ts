import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createTestDatabase, openDataSource, type Service, type TestDatabase } from '#database';
import {
  DIRECTORY_SCHEMA,
  type NewRotaSpell,
  onDuty,
  putOnRota,
  recordNow,
  rotaOf,
  takeOffRota,
} from './index.js';

let database: TestDatabase;
let admin: DataSource;
let rvt: DataSource;
let bou: DataSource;
let now: Date;

const open = (service?: Service) =>
  openDataSource({
    url: service === undefined ? database.adminUrl : database.urlFor(service),
    definition: DIRECTORY_SCHEMA,
    applicationName: 'rota test',
    poolSize: 2,
  });

beforeAll(async () => {
  database = await createTestDatabase([DIRECTORY_SCHEMA]);
  [admin, rvt, bou] = [await open(), await open('rvt'), await open('bou')];
  for (const party of ['rvt', 'bou'])
    await admin.query(`insert into directory.party values ($1, $1, $1, true)`, [party]);
  for (const [unit, party] of [
    ['rvt-a', 'rvt'],
    ['rvt-b', 'rvt'],
    ['bou-a', 'bou'],
  ])
    await admin.query(
      `insert into directory.unit (id, name, kind, form, party, external, tag, source, note)
       values ($1, $1, $2, $2, $2, '', 'U', 'test', '')`,
      [unit, party],
    );
  for (const [person, unit, role, until] of [
    ['head-a', 'rvt-a', 'unit-head', null],
    ['worker-a', 'rvt-a', 'case-worker', null],
    ['second-a', 'rvt-a', 'case-worker', null],
    ['leaving-a', 'rvt-a', 'case-worker', '2020-01-31'],
    ['head-b', 'rvt-b', 'unit-head', null],
    ['head-c', 'bou-a', 'unit-head', null],
  ])
    await admin.query(
      `insert into directory.mandate (id, person_id, unit_id, role, valid_until, label_sv, label_en)
       values ($1, $2, $3, $4, $5, '', '')`,
      [randomUUID(), person, unit, role, until],
    );
}, 90_000);
beforeEach(async () => {
  await admin.query('delete from directory.rota');
  now = await recordNow(admin.manager);
});
afterAll(async () => {
  for (const one of [bou, rvt, admin]) await one?.destroy();
  await database?.drop();
});

const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const spell = (some: Partial<NewRotaSpell> = {}): NewRotaSpell => ({
  id: randomUUID(),
  unit: 'rvt-a',
  person: 'worker-a',
  duty: 'deputy-head',
  from: inHours(1),
  until: inHours(9),
  by: 'head-a',
  ...some,
});
const put = async (some: Partial<NewRotaSpell> = {}, as: DataSource = rvt) => {
  const done = await putOnRota(as.manager, spell(some));
  return done.ok ? 'put' : done.refusal.code;
};
const rolesAt = async (person: string, at: Date): Promise<string[]> => {
  const rows: { role: string }[] = await rvt.query(
    `select unit_id || ' ' || role as role from directory.roles_of($1, $2) order by 1`,
    [person, at],
  );
  return rows.map(({ role }) => role);
};

describe('the rota of a unit', () => {
  it('makes a deputy head there from the first instant to the last, the end not included', async () => {
    expect(await put()).toBe('put');
    const just = (hours: number) => new Date(inHours(hours).getTime() - 1);
    expect(await rolesAt('worker-a', just(1))).toEqual(['rvt-a case-worker']);
    for (const at of [inHours(1), just(9)])
      expect(await rolesAt('worker-a', at)).toEqual(['rvt-a case-worker', 'rvt-a unit-head']);
    expect(await rolesAt('worker-a', inHours(9))).toEqual(['rvt-a case-worker']);
    expect(await rolesAt('second-a', inHours(2))).toEqual(['rvt-a case-worker']);
  });

  it('gives whoever is on duty no role, and says who is', async () => {
    expect(await put({ duty: 'on-duty' })).toBe('put');
    expect(await rolesAt('worker-a', inHours(2))).toEqual(['rvt-a case-worker']);
    expect(await onDuty(rvt.manager, 'rvt-a', inHours(2))).toMatchObject([
      { person: 'worker-a', duty: 'on-duty', from: inHours(1), until: inHours(9) },
    ]);
    for (const hours of [0, 9]) expect(await onDuty(rvt.manager, 'rvt-a', inHours(hours))).toEqual([]);
    expect(await onDuty(rvt.manager, 'rvt-b', inHours(2))).toEqual([]);
  });

  it('begins now when nothing else is said', async () => {
    expect(await put({ from: null })).toBe('put');
    expect(await rolesAt('worker-a', await recordNow(rvt.manager))).toContain('rvt-a unit-head');
  });

  it.each<[string, string, () => Partial<NewRotaSpell>]>([
    ['in the past', 'ROTA_IN_THE_PAST', () => ({ from: inHours(-1) })],
    ['that ends as it begins', 'ROTA_BACKWARDS', () => ({ until: inHours(1) })],
    ['of somebody from another unit', 'ROTA_NO_COLLEAGUE', () => ({ person: 'head-b' })],
    ['of somebody whose mandate has ended', 'ROTA_NO_COLLEAGUE', () => ({ person: 'leaving-a' })],
    ['by somebody who is no head', 'NO_MANDATE', () => ({ by: 'second-a' })],
    ['by the head of another unit', 'NO_MANDATE', () => ({ by: 'head-b' })],
    ['that makes oneself deputy', 'SECOND_PERSON_REQUIRED', () => ({ person: 'head-a' })],
  ])('takes no spell %s', async (_, code, some) => {
    expect(await put(some())).toBe(code);
    expect(await rotaOf(rvt.manager, 'rvt-a', now)).toEqual([]);
  });

  it('is written by no other party, and by nobody past the functions', async () => {
    expect(await put({ by: 'head-a' }, bou)).toBe('NOT_YOUR_UNIT');
    await expect(
      rvt.query(
        `insert into directory.rota values (gen_random_uuid(), 'rvt-a', 'x', 'on-duty', now(), 'infinity')`,
      ),
    ).rejects.toThrow('permission denied');
    await expect(rvt.query('delete from directory.rota')).rejects.toThrow('permission denied');
  });

  it('has a person once for a duty at a time, also when two say so at once', async () => {
    const both = await Promise.all([put(), put({ from: inHours(8), until: inHours(12) })]);
    expect(both.toSorted()).toEqual(['ROTA_OVERLAPS', 'put']);
    expect(await put({ duty: 'on-duty' })).toBe('put');
    expect(await put({ person: 'second-a' })).toBe('put');
    expect(await put({ from: inHours(20), until: inHours(21) })).toBe('put');
  });

  it('lets a deputy do as a head does, while she is one', async () => {
    expect(await put({ from: null, until: inHours(2) })).toBe('put');
    const byDeputy = { by: 'worker-a', person: 'second-a', from: inHours(1) } as const;
    expect(await put(byDeputy)).toBe('put');
    await admin.query(`update directory.rota set until_at = from_at + interval '1 millisecond'
      where person_id = 'worker-a'`);
    expect(await put({ ...byDeputy, duty: 'on-duty' })).toBe('NO_MANDATE');
  });

  it('ends with the mandate at the unit', async () => {
    await put({ from: null });
    await admin.query(`update directory.mandate set valid_until = '2020-01-01' where person_id = 'worker-a'`);
    try {
      expect(await rolesAt('worker-a', inHours(1))).toEqual([]);
    } finally {
      await admin.query(`update directory.mandate set valid_until = null where person_id = 'worker-a'`);
    }
  });

  it('is ended now, or unsaid before it began; what is over and what is elsewhere stays', async () => {
    const [running, coming] = [spell({ from: null }), spell({ duty: 'on-duty' })];
    for (const one of [running, coming]) await putOnRota(rvt.manager, one);
    const off = async (id: string, unit = 'rvt-a', by = 'head-a') => {
      const done = await takeOffRota(rvt.manager, { id, unit, by });
      return done.ok ? 'off' : done.refusal.code;
    };
    expect(await off(running.id, 'rvt-b', 'head-b')).toBe('NOT_FOUND');
    expect(await off(running.id, 'rvt-a', 'second-a')).toBe('NO_MANDATE');
    await admin.query(`update directory.rota set from_at = from_at - interval '1 hour' where id = $1`, [
      running.id,
    ]);
    expect([await off(running.id), await off(coming.id)]).toEqual(['off', 'off']);
    expect([await off(running.id), await off(coming.id)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await rolesAt('worker-a', await recordNow(rvt.manager))).toEqual(['rvt-a case-worker']);
    const left: unknown[] = await admin.query('select id from directory.rota');
    expect(left).toEqual([{ id: running.id }]);
  });
});
