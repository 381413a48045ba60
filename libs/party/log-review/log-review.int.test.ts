import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { LogReviewView } from '#contracts';
import { advanceRecordTime, recordNow, setTimeMachine } from '#directory';
import { drawSample, type LogRisk } from '#domain';
import { PartyClock } from '../clock/party-clock.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, takenCase } from '../test/taken-case.js';
import { LogReviews } from './log-reviews.service.js';

const DAY = 86_400_000;

// Whole nights over HTTP: a busy machine takes longer than the usual five seconds.
jest.setTimeout(60_000);

describe('the recurring log review', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let head: As;
  let auditor: As;
  let reviews: LogReviews;
  let clock: PartyClock;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    await setTimeMachine(stage.admin, true);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    head = await stage.as('socialjouren-unit-head');
    auditor = await stage.as('socialjouren-auditor');
    reviews = stage.app('socialjouren').get(LogReviews, { strict: false });
    clock = stage.app('socialjouren').get(PartyClock, { strict: false });
  }, 120_000);
  afterAll(async () => stage?.stop());

  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    stage.admin.query(sql, parameters);
  const lines = async () => (await auditor.get('/log-reviews')).body.items;
  const view = async (as: As, id: string): Promise<LogReviewView> =>
    (await as.get(`/log-reviews/${id}`)).body;
  let first = '';

  it('is not asked of a unit that nobody has worked at, and once of one where somebody has', async () => {
    await reviews.ensureDue();
    expect(await lines()).toEqual([]);
    const taken = await takenCase(stage, police, worker);
    const { body } = await worker.get(`/matters/${taken.child.matterId}`);
    await worker.post(`/matters/${taken.child.matterId}/take-over`, {}, { 'if-match': `"${body.version}"` });
    const [handoff] = await query<{ id: string }>('select id from custody.handoff where matter_id = $1', [
      taken.child.matterId,
    ]);
    await worker.get(`/handoffs/${handoff?.id}/content`);
    await head.get(`/handoffs/${handoff?.id}/content`);
    const colleague = await stage.as('socialjouren-case-worker-2');
    const glass = await colleague.post('/break-glass', {
      actingUnit: NIGHT_UNIT,
      matterId: taken.child.matterId,
      reason: 'DANGER_NOW',
      words: 'kanarieskäl',
    });
    await colleague.get(`/break-glass/${glass.body.breakGlassId}/content`);

    const opened = await Promise.all([reviews.ensureDue(), reviews.ensureDue()]);
    expect(opened.reduce((sum, one) => sum + one, 0)).toBe(1);
    const [line] = await lines();
    expect(line).toMatchObject({ unit: NIGHT_UNIT, state: 'due', until: null });
    first = line.reviewId;
    const deadlines = await query<{ rule: string; asked_of: string; days: string }>(
      `select rule, asked_of, extract(day from due_at - start_at) as days from socialjouren.deadline where clock_id = $1`,
      [first],
    );
    expect(deadlines).toMatchObject([{ rule: 'log-review', asked_of: NIGHT_UNIT }]);
    expect(Number(deadlines[0]?.days)).toBeGreaterThanOrEqual(28);
  });

  it('draws every emergency and the rest by weight, so that anybody can make the draw again', async () => {
    expect(code(await worker.post(`/log-reviews/${first}/draw`))).toEqual([403, 'NO_MANDATE']);
    expect(code(await worker.get('/log-reviews'))).toEqual([403, 'NO_MANDATE']);
    const key = { 'idempotency-key': freshKey() };
    const drawn = await auditor.post(`/log-reviews/${first}/draw`, {}, key);
    expect(drawn.status).toBe(201);
    expect((await auditor.post(`/log-reviews/${first}/draw`, {}, key)).body).toEqual(drawn.body);
    expect(code(await head.post(`/log-reviews/${first}/draw`))).toEqual([409, 'ALREADY_DECIDED']);

    const seen = await view(auditor, first);
    expect(seen).toMatchObject({ state: 'drawn', method: 'weighted-without-replacement/1' });
    expect(JSON.stringify(seen)).not.toContain('kanarie');
    const emergencies = seen.draws.filter(({ risks }) => risks.some((risk) => risk.code === 'break-glass'));
    expect(emergencies.map(({ action, why }) => [action, why]).sort()).toEqual([
      ['break-glass', 'every'],
      ['break-glass-read', 'every'],
    ]);
    const byHead = seen.draws.find(
      ({ person, action }) =>
        person === stage.persona('socialjouren-unit-head').personId && action === 'read-content',
    );
    expect(byHead?.risks.map((risk) => risk.code)).toContain('not-assigned');

    // Everything here is drawn, so that the draw can be made again from what the review shows.
    expect(seen.draws).toHaveLength(seen.accesses ?? 0);
    const again = drawSample(
      seen.seed ?? '',
      seen.draws.map(({ leafId, risks }) => ({ id: leafId, risks: risks.map((risk): LogRisk => risk.code) })),
    );
    expect(again.map(({ id }) => id)).toEqual(seen.draws.map(({ leafId }) => leafId));
    const leaves = await query<object>(
      `select action from socialjouren.audit_leaf where target_kind = 'log-review' and target_id = $1`,
      [first],
    );
    expect(leaves).toEqual(
      expect.arrayContaining([
        { action: 'open-log-review' },
        { action: 'draw-log-review' },
        { action: 'read-log-review' },
      ]),
    );
  });

  it('is judged access by access, by nobody her own, and finished when all are', async () => {
    const { draws } = await view(head, first);
    const own = draws.find(({ mine }) => mine);
    const judge = (as: As, leafId: string | undefined, result: string) =>
      as.post(`/log-reviews/${first}/judgements`, { leafId, result });
    expect(code(await judge(head, own?.leafId, 'IN_ORDER'))).toEqual([403, 'OWN_ACCESS']);
    expect(code(await judge(auditor, '00000000-0000-4000-8000-000000000000', 'IN_ORDER'))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    const finish = (as: As, result: string) =>
      as.post(`/log-reviews/${first}/finish`, { result, words: 'kanarieslutsats' });
    expect(code(await finish(auditor, 'IN_ORDER'))).toEqual([409, 'REVIEW_INCOMPLETE']);
    for (const { leafId, action } of draws)
      expect(
        (await judge(auditor, leafId, action === 'break-glass' ? 'TO_BE_ASKED' : 'IN_ORDER')).status,
      ).toBe(201);
    expect(code(await judge(auditor, own?.leafId, 'INCIDENT'))).toEqual([409, 'ALREADY_DECIDED']);
    expect(code(await finish(auditor, 'IN_ORDER'))).toEqual([400, 'INVALID_INPUT']);
    expect((await finish(auditor, 'MEASURES')).status).toBe(201);
    expect(code(await finish(auditor, 'MEASURES'))).toEqual([409, 'ALREADY_DECIDED']);
    const [row] = await query<object>('select * from socialjouren.log_review_result where review_id = $1', [
      first,
    ]);
    expect(JSON.stringify(row)).not.toContain('kanarie');
  });

  it('leaves its questions as a deadline, and opens the next period where it ended', async () => {
    const deadlines = await query<object>(
      'select rule, ended_as from socialjouren.deadline where clock_id = $1 order by rule',
      [first],
    );
    expect(deadlines).toEqual([
      { rule: 'log-review', ended_as: 'met' },
      { rule: 'log-review-follow-up', ended_as: null },
    ]);
    const follow = await head.post(`/log-reviews/${first}/follow-up`, { words: 'kanarieutredning' });
    expect(follow.status).toBe(201);
    expect(code(await head.post(`/log-reviews/${first}/follow-up`, { words: 'igen' }))).toEqual([
      409,
      'ALREADY_DECIDED',
    ]);
    const [next, before] = await lines();
    expect([before.state, next.state]).toEqual(['followed-up', 'due']);
    expect(next.from).toBe(before.until);
    expect(await reviews.ensureDue()).toBe(0);
  });

  it('calls the unit when the month is over, by the clock of the record, and higher for every silence', async () => {
    const [next] = await lines();
    const called = async () => {
      await clock.callAgain({ clockId: next.reviewId });
      return query<{ function: string; kind: string }>(
        `select n.function, n.kind from socialjouren.notification n join socialjouren.deadline d on d.id = n.deadline_id
         where d.clock_id = $1 order by n.rung, n.function`,
        [next.reviewId],
      );
    };
    expect(await called()).toEqual([]);
    const now = await recordNow(stage.admin.manager);
    await advanceRecordTime(stage.admin.manager, Date.parse(next.dueAt) - now.getTime() + 1000);
    expect(await called()).toEqual([
      { function: 'on-duty', kind: 'late' },
      { function: 'unit-head', kind: 'late' },
    ]);
    await advanceRecordTime(stage.admin.manager, DAY);
    expect((await called()).length).toBeGreaterThan(1);
  });

  it('gives the service no other way to the audit, nor a reviewer another unit', async () => {
    const database = stage.app('socialjouren').get(DataSource);
    await expect(database.query('select personal from socialjouren.audit_leaf')).rejects.toThrow(
      /permission denied/,
    );
    const reading = (reviewer: string, units: string) =>
      database.transaction(async (manager) => {
        await manager.query(`select set_config('handslag.units', $1, true)`, [units]);
        return manager.query(
          `select * from socialjouren.accesses_of_unit($1, $2, '-infinity', 'infinity', null)`,
          [reviewer, NIGHT_UNIT],
        );
      });
    const { personId } = stage.persona('socialjouren-auditor');
    expect((await reading(personId, NIGHT_UNIT)).length).toBeGreaterThan(0);
    await expect(reading(personId, '')).rejects.toThrow(/NO_MANDATE/);
    const workerId = stage.persona('socialjouren-case-worker').personId;
    await expect(reading(workerId, NIGHT_UNIT)).rejects.toThrow(/NO_MANDATE/);
    const elsewhere = await stage.as('police-auditor-globen');
    expect(code(await elsewhere.get(`/log-reviews/${first}`))).toEqual([404, 'NOT_FOUND']);
    expect(code(await elsewhere.get(`/log-reviews?unit=${NIGHT_UNIT}`))).toEqual([403, 'NOT_YOUR_UNIT']);
  });
});
