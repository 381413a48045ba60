import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { advanceRecordTime, recordNow, setTimeMachine } from '#directory';
import { BREAK_GLASS_MINUTES } from '#domain';
import { PartyClock } from '../clock/party-clock.js';
import { aChild, aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';
import { addMandate } from '../test/test-directory.js';

const MINUTE = 60_000;

// Whole nights over HTTP: a busy machine takes longer than the usual five seconds.
jest.setTimeout(60_000);

describe('breaking the glass', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let colleague: As;
  let head: As;
  let auditor: As;
  let taken: TakenCase;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    await setTimeMachine(stage.admin, true);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    colleague = await stage.as('socialjouren-case-worker-2');
    head = await stage.as('socialjouren-unit-head');
    auditor = await stage.as('socialjouren-auditor');
  }, 120_000);
  afterAll(async () => stage?.stop());
  beforeEach(async () => {
    taken = await takenCase(stage, police, worker);
  }, 60_000);

  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    stage.admin.query(sql, parameters);
  const asked = (some: object = {}) => ({
    actingUnit: NIGHT_UNIT,
    matterId: taken.child.matterId,
    reason: 'CHILD_AT_RISK_NOW',
    words: 'kanarieskäl: barnet ringer',
    ...some,
  });
  const take = async () => {
    const { body } = await worker.get(`/matters/${taken.child.matterId}`);
    const took = await worker.post(
      `/matters/${taken.child.matterId}/take-over`,
      {},
      { 'if-match': `"${body.version}"` },
    );
    expect(took.status).toBe(200);
  };
  const handoffOf = async (matterId: string) => {
    const [row] = await query<{ id: string }>(
      'select id from custody.handoff where matter_id = $1 and to_unit = $2',
      [matterId, NIGHT_UNIT],
    );
    return `/handoffs/${row?.id}/content`;
  };

  it('is not needed while nobody has the matter; then it is hers, the head’s, and another’s only by breaking it', async () => {
    const content = await handoffOf(taken.child.matterId);
    expect((await colleague.get(content)).status).toBe(200);
    expect(code(await colleague.post('/break-glass', asked()))).toEqual([409, 'ORDINARY_ACCESS_OPEN']);
    await take();
    expect((await worker.get(content)).status).toBe(200);
    expect((await head.get(content)).status).toBe(200);
    expect(code(await colleague.get(content))).toEqual([403, 'CONTENT_NOT_ASSIGNED']);
    expect(code(await worker.post('/break-glass', asked()))).toEqual([409, 'ORDINARY_ACCESS_OPEN']);
  });

  it('opens for an hour what the unit knows, once for a key, audited before each reading', async () => {
    await take();
    const key = { 'idempotency-key': freshKey() };
    const [first, repeated] = [
      await colleague.post('/break-glass', asked(), key),
      await colleague.post('/break-glass', asked(), key),
    ];
    expect(first.status).toBe(201);
    expect(repeated.body).toEqual(first.body);
    const { breakGlassId: id, openedAt, expiresAt, reviewBy } = first.body;
    expect(Date.parse(expiresAt) - Date.parse(openedAt)).toBe(BREAK_GLASS_MINUTES * MINUTE);
    expect(Date.parse(reviewBy)).toBeGreaterThan(Date.parse(openedAt));

    const opened = await colleague.get(`/break-glass/${id}/content`);
    expect(opened.status).toBe(200);
    expect(JSON.stringify(opened.body.answers)).toContain('Kanariebarn');
    // The door that is shut stays shut: the glass is its own way in.
    expect(code(await colleague.get(await handoffOf(taken.child.matterId)))).toEqual([
      403,
      'CONTENT_NOT_ASSIGNED',
    ]);
    const leaves = await query<{ kind: string; action: string }>(
      `select kind, action from socialjouren.audit_leaf where action like 'break-glass%' and target_id in ($1, $2) order by at, action`,
      [taken.child.matterId, taken.childId],
    );
    expect(leaves).toEqual([
      { kind: 'command', action: 'break-glass' },
      { kind: 'reading', action: 'break-glass-read' },
    ]);
    expect(code(await worker.get(`/break-glass/${id}/content`))).toEqual([404, 'NOT_FOUND']);

    await advanceRecordTime(stage.admin.manager, BREAK_GLASS_MINUTES * MINUTE + 1000);
    expect(code(await colleague.get(`/break-glass/${id}/content`))).toEqual([410, 'GLASS_CLOSED']);
  });

  it('tells the head at once and of nothing, keeps the words sealed, and asks for a review with a deadline', async () => {
    await take();
    const { body } = await colleague.post('/break-glass', asked());
    const notices = await query<object>(
      `select function, kind, unit_id, deadline_id, ring_unit from socialjouren.notification where created_at = $1`,
      [body.openedAt],
    );
    expect(notices).toEqual([
      { function: 'unit-head', kind: 'review', unit_id: NIGHT_UNIT, deadline_id: null, ring_unit: null },
    ]);
    const deadlines = await query<object>(
      `select rule, asked_of, ended_as from socialjouren.deadline where clock_id = $1`,
      [body.breakGlassId],
    );
    expect(deadlines).toEqual([{ rule: 'break-glass-review', asked_of: NIGHT_UNIT, ended_as: null }]);
    expect(
      await query('select wanted, open from socialjouren.stream where id = $1', [body.breakGlassId]),
    ).toEqual([{ wanted: '1', open: true }]);
    const [row] = await query<object>('select * from socialjouren.break_glass where id = $1', [
      body.breakGlassId,
    ]);
    expect(JSON.stringify(row)).not.toContain('kanarieskäl');

    const read = await head.get(`/break-glass/${body.breakGlassId}/words`);
    expect(read.body.words).toBe('kanarieskäl: barnet ringer');
    expect(code(await auditor.get(`/break-glass/${body.breakGlassId}/words`))).toEqual([403, 'NO_MANDATE']);
  });

  it('is reviewed by another person, once, and the deadline is met', async () => {
    await take();
    const { body } = await colleague.post('/break-glass', asked());
    const review = `/break-glass/${body.breakGlassId}/review`;
    expect(code(await colleague.post(review, { result: 'JUSTIFIED' }))).toEqual([403, 'NO_MANDATE']);
    const listed = await auditor.get('/break-glass?limit=1');
    expect(listed.body.items).toMatchObject([
      {
        breakGlassId: body.breakGlassId,
        because: 'assigned-to-another',
        reason: 'CHILD_AT_RISK_NOW',
        review: null,
      },
    ]);
    expect(JSON.stringify(listed.body)).not.toContain('kanarie');
    const done = await head.post(review, { result: 'NOT_JUSTIFIED', words: 'kanariefynd' });
    expect(done.status).toBe(201);
    expect(code(await auditor.post(review, { result: 'JUSTIFIED' }))).toEqual([409, 'ALREADY_DECIDED']);
    expect((await auditor.get('/break-glass?limit=1')).body.items[0].review).toMatchObject({
      result: 'NOT_JUSTIFIED',
    });
    const deadlines = await query<object>('select ended_as from socialjouren.deadline where clock_id = $1', [
      body.breakGlassId,
    ]);
    expect(deadlines).toEqual([{ ended_as: 'met' }]);
    expect(await query('select open from socialjouren.stream where id = $1', [body.breakGlassId])).toEqual([
      { open: false },
    ]);
  });

  it('calls the head when nobody reviewed it in time', async () => {
    await take();
    const { body } = await colleague.post('/break-glass', asked());
    const clock = stage.app('socialjouren').get(PartyClock, { strict: false });
    const told = async () => {
      await clock.callAgain({ clockId: body.breakGlassId });
      return query<{ function: string; kind: string }>(
        `select n.function, n.kind from socialjouren.notification n join socialjouren.deadline d on d.id = n.deadline_id
         where d.clock_id = $1 order by n.rung, n.function`,
        [body.breakGlassId],
      );
    };
    expect(await told()).toEqual([]);
    const now = await recordNow(stage.admin.manager);
    await advanceRecordTime(stage.admin.manager, Date.parse(body.reviewBy) - now.getTime() + 1000);
    expect(await told()).toEqual([
      { function: 'on-duty', kind: 'late' },
      { function: 'unit-head', kind: 'late' },
    ]);
  });

  it('stays closed to a colleague when the matter is', async () => {
    await take();
    const content = await handoffOf(taken.child.matterId);
    await stage.admin.transaction(async (manager) => {
      await manager.query(
        `update custody.responsibility set ends_at = directory.record_now() where matter_id = $1 and ends_at = 'infinity'`,
        [taken.child.matterId],
      );
      await manager.query(
        `update custody.matter set closed_at = (select max(ends_at) from custody.responsibility where matter_id = $1),
           phase = 'closed', outcome = 'NOTHING_FURTHER' where id = $1`,
        [taken.child.matterId],
      );
    });
    expect((await worker.get(content)).status).toBe(200);
    expect(code(await colleague.get(content))).toEqual([403, 'CONTENT_NOT_ASSIGNED']);
  });

  it('is not reviewed by herself, though she stands in for the head', async () => {
    await take();
    const { body } = await colleague.post('/break-glass', asked());
    const until = new Date(Date.now() + 48 * 3_600_000).toISOString();
    const put = await head.post(`/units/${NIGHT_UNIT}/rota`, {
      change: 'put-on',
      person: stage.persona('socialjouren-case-worker-2').personId,
      duty: 'deputy-head',
      until,
    });
    expect(put.status).toBe(200);
    const own = await colleague.post(`/break-glass/${body.breakGlassId}/review`, { result: 'JUSTIFIED' });
    expect(code(own)).toEqual([403, 'OWN_ACCESS']);
    await head.post(`/units/${NIGHT_UNIT}/rota`, { change: 'take-off', spellId: put.body.recordId });
    // Nor by the service in her name: the table refuses.
    await expect(
      query(
        `insert into socialjouren.break_glass_review (id, incident_id, unit_id, version, ciphertext, digest, recorded_at, recorded_by, break_glass_id, opened_by, result)
         select gen_random_uuid(), incident_id, unit_id, 1, '', '', now(), recorded_by, id, recorded_by, 'JUSTIFIED'
         from socialjouren.break_glass where id = $1`,
        [body.breakGlassId],
      ),
    ).rejects.toThrow(/break_glass_review_two_persons/);
  });

  it('lets in who is off shift, and nobody from another unit or authority', async () => {
    const person = 'p-off-shift';
    const granted = await head.post(`/units/${NIGHT_UNIT}/mandates`, {
      person,
      role: 'case-worker',
      hours: 'on-shift',
    });
    expect(granted.body.state).toBe('granted');
    const offShift = await stage.asPerson('socialjouren', person);
    expect(code(await offShift.get('/inbox'))).toEqual([403, 'NO_MANDATE']);
    const broken = await offShift.post('/break-glass', asked({ reason: 'DANGER_NOW' }));
    expect(broken.status).toBe(201);
    expect((await offShift.get(`/break-glass/${broken.body.breakGlassId}/content`)).status).toBe(200);
    expect(code(await offShift.get('/inbox'))).toEqual([403, 'NO_MANDATE']);
    const ended = await head.post(`/units/${NIGHT_UNIT}/mandates/${granted.body.mandateId}/end`);
    expect(ended.status).toBe(200);
    expect(code(await offShift.get(`/break-glass/${broken.body.breakGlassId}/content`))).toEqual([
      403,
      'NO_MANDATE',
    ]);

    const foreign = await police.post('/break-glass', asked({ actingUnit: 'lpo-globen' }));
    expect(code(foreign)).toEqual([404, 'NOT_FOUND']);
    expect(code(await police.post('/break-glass', asked()))).toEqual([403, 'NOT_YOUR_UNIT']);
    expect(code(await auditor.post('/break-glass', asked()))).toEqual([403, 'NO_MANDATE']);
  });

  it('tells of the alleged perpetrator alone on his matter, though the unit was told of all of them', async () => {
    const unit = 'lpo-globen';
    const reported = await police.post(
      '/incidents',
      aReport({
        victims: [aVictim('victim-1', { name: 'Utsatt Kanarie' })],
        children: [aChild('child-1', { name: 'Barn Kanarie' })],
        suspects: [
          {
            ref: 'suspect-1',
            name: 'Utövare Kanarie',
            number: 'unknown',
            birthDate: '1987-05-05',
            residence: 'unknown',
            protectedStatus: 'NO',
            roleDisputed: 'unknown',
            guardianOf: ['child-1'],
            told: false,
            agreesToContact: 'unknown',
          },
        ],
      }),
    );
    // The routes that open one come with the perpetrator's process.
    const [his] = await query<{ id: string }>(
      `with his as (
         insert into custody.matter (id, incident_id, subject_id, kind, opened_at, holder_unit, assigned_to)
         select gen_random_uuid(), s.incident_id, s.id, 'perpetrator-change', directory.record_now(), $2, $3
         from custody.subject s join custody.matter m on m.incident_id = s.incident_id
         where m.id = $1 and s.role = 'alleged-perpetrator' returning id, holder_unit, opened_at)
       insert into custody.responsibility (matter_id, unit_id, starts_at)
       select id, holder_unit, opened_at from his returning matter_id as id`,
      [reported.body.matters[0].matterId, unit, stage.persona('police-liaison-globen').personId],
    );
    await addMandate(stage.admin, { person: 'p-police-colleague', unit, role: 'case-worker' });
    const another = await stage.asPerson('police', 'p-police-colleague');
    const contentOf = async (matterId: string | undefined) => {
      const broken = await another.post('/break-glass', asked({ actingUnit: unit, matterId }));
      expect(broken.status).toBe(201);
      return another.get(`/break-glass/${broken.body.breakGlassId}/content`);
    };
    const content = await contentOf(his?.id);
    expect(content.status).toBe(200);
    expect(content.text).toContain('Utövare Kanarie');
    expect(content.text).not.toMatch(/Utsatt Kanarie|Barn Kanarie|safe-contact/);
  });
});
