import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';

const UNIT = 'rvt-farsta';
const MANDATES = `/units/${UNIT}/mandates`;

// Whole nights over HTTP: a busy machine takes longer than the usual five seconds.
jest.setTimeout(60_000);

describe('mandates at the door', () => {
  let stage: Stage;
  let head: As;
  let administrator: As;
  let worker: As;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('rvt')]);
    head = await stage.as('rvt-unit-head-farsta');
    administrator = await stage.as('rvt-administrator-farsta');
    worker = await stage.as('rvt-case-worker-farsta');
  }, 120_000);
  afterAll(async () => stage?.stop());

  const newcomer = 'p-newcomer';
  const wish = (person: string, role: string, some: object = {}) => ({ person, role, ...some });
  const speak = (person: string) => stage.asPerson('rvt', person);
  const code = (response: { status: number; body: { code?: string } }) => [
    response.status,
    response.body.code,
  ];

  it('are given by the head, count from then, are listed, and end at once', async () => {
    const person = await speak(newcomer);
    expect(code(await person.get('/inbox'))).toEqual([403, 'NO_MANDATE']);
    const key = { 'idempotency-key': freshKey() };
    const body = wish(newcomer, 'case-worker');
    const [first, repeated] = [await head.post(MANDATES, body, key), await head.post(MANDATES, body, key)];
    expect([first.status, first.body.state, repeated.body]).toEqual([201, 'granted', first.body]);
    expect((await person.get('/inbox')).status).toBe(200);
    expect(code(await head.post(MANDATES, body))).toEqual([409, 'MANDATE_EXISTS']);

    const id = first.body.mandateId;
    const listed = await head.get(MANDATES);
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({
        mandateId: id,
        person: newcomer,
        role: 'case-worker',
        countsNow: true,
        endedAt: null,
      }),
    );
    const ended = await head.post(`${MANDATES}/${id}/end`);
    expect([ended.status, ended.body.state]).toEqual([200, 'ended']);
    expect(code(await person.get('/inbox'))).toEqual([403, 'NO_MANDATE']);
    expect(code(await head.post(`${MANDATES}/${id}/end`))).toEqual([404, 'NOT_FOUND']);
    const leaves: unknown[] = await stage.admin.query(
      `select action, unit_id, code from rvt.audit_leaf where target_id = $1 order by at, action desc`,
      [id],
    );
    expect(leaves).toEqual([
      { action: 'mandate-grant', unit_id: UNIT, code: 'OK' },
      { action: 'mandate-end', unit_id: UNIT, code: 'OK' },
    ]);
  });

  it('are nobody’s own to give, and no worker’s or other unit’s', async () => {
    const headId = stage.persona('rvt-unit-head-farsta').personId;
    expect(code(await head.post(MANDATES, wish(headId, 'case-worker')))).toEqual([403, 'SELF_GRANT']);
    expect(code(await worker.post(MANDATES, wish(newcomer, 'case-worker')))).toEqual([403, 'NO_MANDATE']);
    const other = await stage.as('rvt-unit-head-skarpnack');
    expect(code(await other.post(MANDATES, wish(newcomer, 'case-worker')))).toEqual([403, 'NOT_YOUR_UNIT']);
    expect(code(await other.get(MANDATES))).toEqual([403, 'NOT_YOUR_UNIT']);
    expect(code(await head.post(MANDATES, wish(newcomer, 'liaison')))).toEqual([422, 'ROLE_NOT_AT_UNIT']);
    const past = wish(newcomer, 'case-worker', { from: '2020-01-01' });
    expect(code(await head.post(MANDATES, past))).toEqual([422, 'MANDATE_DAYS']);
  });

  it('take two persons where one could let a friend in, and neither is the friend', async () => {
    const friend = 'p-friend';
    const begun = await administrator.post(MANDATES, wish(friend, 'case-worker'));
    expect([begun.status, begun.body.state]).toEqual([201, 'proposed']);
    const asFriend = await speak(friend);
    expect(code(await asFriend.get('/inbox'))).toEqual([403, 'NO_MANDATE']);
    const approve = `${MANDATES}/${begun.body.mandateId}/approve`;
    expect(code(await administrator.post(approve))).toEqual([403, 'SECOND_PERSON_REQUIRED']);
    expect((await head.get(MANDATES)).body.proposed).toMatchObject([{ person: friend, role: 'case-worker' }]);
    expect((await head.post(approve)).body.state).toBe('granted');
    expect((await asFriend.get('/inbox')).status).toBe(200);
    // Who reads matters there does not watch over them, nor the other way round.
    expect(code(await head.post(MANDATES, wish(friend, 'auditor')))).toEqual([422, 'ROLES_APART']);

    const second = await head.post(MANDATES, wish('p-second-head', 'unit-head'));
    expect(second.body.state).toBe('proposed');
    expect((await administrator.post(`${MANDATES}/${second.body.mandateId}/approve`)).body.state).toBe(
      'granted',
    );
    expect(code(await head.post(`${MANDATES}/${second.body.mandateId}/approve`))).toEqual([404, 'NOT_FOUND']);
  });

  it('leave no unit without a head', async () => {
    const skarpnack = await stage.as('rvt-unit-head-skarpnack');
    const path = '/units/rvt-skarpnack/mandates';
    const listed = await skarpnack.get(path);
    const own = listed.body.items.find(({ role }: { role: string }) => role === 'unit-head');
    expect(code(await skarpnack.post(`${path}/${own.mandateId}/end`))).toEqual([409, 'LAST_HEAD_STAYS']);
    const admin = await stage.as('rvt-administrator-skarpnack');
    expect(code(await admin.post(`${path}/${own.mandateId}/end`))).toEqual([403, 'NO_MANDATE']);
  });

  it('on shift count only in the hours of the rota, by the clock of the record', async () => {
    const night = 'p-night';
    const granted = await head.post(MANDATES, wish(night, 'case-worker', { hours: 'on-shift' }));
    expect(granted.body.state).toBe('granted');
    const person = await speak(night);
    expect(code(await person.get('/inbox'))).toEqual([403, 'NO_MANDATE']);
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const put = await head.post(`/units/${UNIT}/rota`, {
      change: 'put-on',
      person: night,
      duty: 'on-duty',
      from: inHours(1),
      until: inHours(2),
    });
    expect(put.status).toBe(200);
    const advance = (ms: number) =>
      stage.admin.query('update directory.clock set offset_ms = offset_ms + $1', [ms]);
    await advance(90 * 60_000);
    expect((await person.get('/inbox')).status).toBe(200);
    await advance(60 * 60_000);
    expect(code(await person.get('/inbox'))).toEqual([403, 'NO_MANDATE']);
  });

  it('cannot be written by the service itself', async () => {
    const rvt = stage.app('rvt');
    const database = rvt.get(DataSource);
    for (const sql of [
      `update directory.mandate set role = 'unit-head'`,
      `insert into directory.mandate (id, person_id, unit_id, role, label_sv, label_en)
       values (gen_random_uuid(), 'p', '${UNIT}', 'unit-head', '', '')`,
      `update directory.mandate_proposal set decided_by = 'p', decided_at = now()`,
      `select directory.write_mandate(p) from directory.mandate_proposal p`,
    ])
      await expect(database.query(sql)).rejects.toThrow(/permission denied/);
    const answer: { answer: unknown }[] = await database.query(
      `select directory.change_mandate($1) as answer`,
      [
        JSON.stringify({
          change: 'grant',
          id: '00000000-0000-4000-8000-000000000001',
          unit: 'lpo-globen',
          by: 'x',
        }),
      ],
    );
    expect(answer).toEqual([{ answer: { refused: 'NOT_YOUR_UNIT' } }]);
  });
});
