import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';

const UNIT = 'rvt-farsta';
const ROTA = `/units/${UNIT}/rota`;

describe('the rota at the door', () => {
  let stage: Stage;
  let head: As;
  let worker: As;
  let workerId: string;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('rvt')]);
    head = await stage.as('rvt-unit-head-farsta');
    worker = await stage.as('rvt-case-worker-farsta');
    workerId = stage.persona('rvt-case-worker-farsta').personId;
  }, 120_000);
  afterAll(async () => stage?.stop());

  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const deputy = (from?: string, until = inHours(4)) => ({
    change: 'put-on',
    person: workerId,
    duty: 'deputy-head',
    until,
    ...(from === undefined ? {} : { from }),
  });
  const advance = (ms: number) =>
    stage.admin.query('update directory.clock set offset_ms = offset_ms + $1', [ms]);

  it('is shown to who works there and to nobody else', async () => {
    const shown = await worker.get(ROTA);
    expect([shown.status, shown.body]).toEqual([200, { unit: UNIT, at: expect.any(String), spells: [] }]);
    const other = await stage.as('rvt-case-worker-skarpnack');
    const refused = await other.get(ROTA);
    expect([refused.status, refused.body.code]).toEqual([403, 'NOT_YOUR_UNIT']);
  });

  it('is changed by the head of that unit, and by no one else', async () => {
    const refusals = [
      await worker.post(ROTA, deputy()),
      await (await stage.as('rvt-unit-head-skarpnack')).post(ROTA, deputy()),
      await (await stage.as('police-liaison-globen')).post(ROTA, deputy()),
    ];
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'NO_MANDATE'],
      [403, 'NOT_YOUR_UNIT'],
      [403, 'NO_MANDATE'],
    ]);
    const past = await head.post(ROTA, deputy(inHours(-1)));
    expect([past.status, past.body.code]).toEqual([422, 'ROTA_IN_THE_PAST']);
    const none = await head.post(ROTA, { ...deputy(), person: 'nobody-here' });
    expect([none.status, none.body.code]).toEqual([422, 'ROTA_NO_COLLEAGUE']);
    const malformed = await head.post(ROTA, { ...deputy(), duty: 'king' });
    expect([malformed.status, malformed.body.code]).toEqual([400, 'INVALID_INPUT']);
    expect((await worker.get(ROTA)).body.spells).toEqual([]);
  });

  it('lets a deputy do what the head may, there and only while it lasts, once for a key and audited', async () => {
    const headsOnly = { successor: 'rvt-skarpnack' };
    // Past the door the directory of today has no such successor: she was asked about it as a head.
    const asHead = async () => (await worker.post(`/units/${UNIT}/succession`, headsOnly)).body.code;
    expect(await asHead()).toBe('NO_MANDATE');

    const key = { 'idempotency-key': freshKey() };
    const body = deputy(inHours(1), inHours(3));
    const [first, repeated] = [await head.post(ROTA, body, key), await head.post(ROTA, body, key)];
    expect([first.status, repeated.body]).toEqual([200, first.body]);
    const again = await head.post(ROTA, body);
    expect([again.status, again.body.code]).toEqual([409, 'ROTA_OVERLAPS']);
    const leaves: unknown[] = await stage.admin.query(
      `select action, unit_id, target_kind, code from rvt.audit_leaf where target_id = $1`,
      [first.body.recordId],
    );
    expect(leaves).toEqual([{ action: 'rota-put-on', unit_id: UNIT, target_kind: 'rota', code: 'OK' }]);

    expect(await asHead()).toBe('NO_MANDATE');
    await advance(90 * 60_000);
    expect(await asHead()).toBe('NO_SUCCESSOR');
    expect((await worker.post('/units/rvt-skarpnack/rota', deputy())).body.code).toBe('NOT_YOUR_UNIT');
    expect((await worker.get(ROTA)).body.spells).toMatchObject([
      { spellId: first.body.recordId, person: workerId, duty: 'deputy-head', isNow: true },
    ]);
    await advance(2 * 3_600_000);
    expect(await asHead()).toBe('NO_MANDATE');
    expect((await worker.get(ROTA)).body.spells).toEqual([]);
  });

  it('takes a spell off at once', async () => {
    const put = await head.post(ROTA, { ...deputy(), until: inHours(48) });
    expect((await worker.post(ROTA, deputy())).body.code).toBe('SECOND_PERSON_REQUIRED');
    const off = await head.post(ROTA, { change: 'take-off', spellId: put.body.recordId });
    expect(off.status).toBe(200);
    expect((await worker.post(ROTA, deputy())).body.code).toBe('NO_MANDATE');
    const gone = await head.post(ROTA, { change: 'take-off', spellId: put.body.recordId });
    expect([gone.status, gone.body.code]).toEqual([404, 'NOT_FOUND']);
  });
});
