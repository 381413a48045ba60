import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Effects } from '../effects/effects.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

// Whole nights over HTTP: a busy machine takes longer than the usual five seconds.
jest.setTimeout(60_000);

describe('who may not work with both', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let colleague: As;
  let head: As;
  let taken: TakenCase;
  let his: string;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    colleague = await stage.as('socialjouren-case-worker-2');
    head = await stage.as('socialjouren-unit-head');
  }, 120_000);
  afterAll(async () => stage?.stop());
  beforeEach(async () => {
    taken = await takenCase(stage, police, worker);
    his = await hisMatter();
  }, 60_000);

  const personOf = (name: string) => stage.persona(name).personId;
  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const act = async (as: As, matterId: string, action: string, body: object = {}) => {
    const { body: seen } = await as.get(`/matters/${matterId}`);
    return as.post(`/matters/${matterId}/${action}`, body, { 'if-match': `"${seen.version}"` });
  };
  const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

  /** His matter at the same unit: the routes that open one come with the perpetrator's process. */
  async function hisMatter(): Promise<string> {
    const [subject, matter] = [randomUUID(), randomUUID()];
    await stage.admin.transaction(async (manager) => {
      await manager.query(`insert into custody.subject values ($1, $2, 'alleged-perpetrator')`, [
        subject,
        taken.recordId,
      ]);
      await manager.query(
        `insert into custody.matter (id, incident_id, subject_id, kind, opened_at, holder_unit)
         values ($1, $2, $3, 'perpetrator-change', date_trunc('milliseconds', now()), $4)`,
        [matter, taken.recordId, subject, NIGHT_UNIT],
      );
      await manager.query(
        `insert into custody.responsibility (matter_id, unit_id, starts_at)
         select id, holder_unit, opened_at from custody.matter where id = $1`,
        [matter],
      );
    });
    return matter;
  }

  /** It is decided, for the child and her mother, that he may be reached: else nobody books him at all. */
  async function mayBeReached(): Promise<void> {
    const { subjectId: him } = (await colleague.get(`/matters/${his}`)).body;
    await worker.post(`/incidents/${taken.incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: taken.child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'skäl',
      childHeard: 'YES',
      assessedAt: new Date().toISOString(),
    });
    await stage.app('socialjouren').get(Effects, { strict: false }).relay();
    for (const { subjectId } of [taken.child, taken.adult]) {
      const decided = await worker.post(`/subjects/${subjectId}/safety-gate`, {
        actingUnit: NIGHT_UNIT,
        person: { subjectId: him },
        decision: 'now',
        reasons: 'skäl',
      });
      expect(code(decided)).toEqual([201, undefined]);
    }
  }

  it('is assigned neither by herself nor by the head, and her refusal is the same as for a stranger', async () => {
    expect((await act(worker, taken.adult.matterId, 'take-over')).status).toBe(200);
    const own = await act(worker, his, 'take-over');
    expect(code(own)).toEqual([409, 'CANNOT_WORK_ON_MATTER']);
    const byHead = await act(head, his, 'assign', { person: personOf('socialjouren-case-worker') });
    const stranger = await act(head, his, 'assign', { person: 'p-nobody-here' });
    expect(code(byHead)).toEqual([409, 'CANNOT_WORK_ON_MATTER']);
    // Word for word: nothing in the answer tells a conflict from a person without a mandate.
    expect({ ...byHead.body, instance: null }).toEqual({ ...stranger.body, instance: null });
    expect(JSON.stringify(byHead.body)).not.toMatch(/side|sida|perpetrator|våldsutövare|incident|händelse/i);
    expect((await act(head, his, 'assign', { person: personOf('socialjouren-case-worker-2') })).status).toBe(
      200,
    );
  });

  it('tells the head of the unit why, audited, and nobody else', async () => {
    await act(worker, taken.adult.matterId, 'take-over');
    const path = `/matters/${his}/work-conflict?person=${personOf('socialjouren-case-worker')}`;
    const told = await head.get(path);
    expect(told.body.conflict).toMatchObject({ code: 'other-side' });
    expect((await head.get(`/matters/${his}/work-conflict?person=p-nobody-here`)).body.conflict.code).toBe(
      'no-colleague',
    );
    const none = `/matters/${his}/work-conflict?person=${personOf('socialjouren-case-worker-2')}`;
    expect((await head.get(none)).body).toEqual({ conflict: null });
    expect(code(await worker.get(path))).toEqual([403, 'NO_MANDATE']);
    const foreign = await stage.as('police-unit-head-globen');
    expect(code(await foreign.get(path))).toEqual([404, 'NOT_FOUND']);
    const leaves: unknown[] = await stage.admin.query(
      `select 1 from socialjouren.audit_leaf where action = 'explain-work-conflict' and target_id = $1`,
      [his],
    );
    expect(leaves).toHaveLength(3);
  });

  it('does not meet him who has met her, though nobody assigned either', async () => {
    const met = await act(worker, taken.child.matterId, 'contact-made', { outcome: 'spoke' });
    expect(met.status).toBe(200);
    expect(code(await act(worker, his, 'contact-made', { outcome: 'spoke' }))).toEqual([
      409,
      'CANNOT_WORK_ON_MATTER',
    ]);
    expect((await act(colleague, his, 'contact-made', { outcome: 'spoke' })).status).toBe(200);
    expect(code(await act(colleague, taken.child.matterId, 'contact-made', { outcome: 'spoke' }))).toEqual([
      409,
      'CANNOT_WORK_ON_MATTER',
    ]);
  });

  it('is not booked where and when the other is, and the answer is that of a double booking', async () => {
    const at = inHours(48);
    await mayBeReached();
    expect((await act(worker, taken.child.matterId, 'schedule', { at })).status).toBe(200);
    // The unit's own office, where nobody says another place; and written in another way it is the same place.
    const clash = await act(colleague, his, 'schedule', { at });
    expect(code(clash)).toEqual([409, 'TIME_NOT_POSSIBLE']);
    const another = await takenCase(stage, police, worker);
    const double = await act(worker, another.child.matterId, 'schedule', {
      at,
      site: 'Någon annanstans',
      reaches: 'child',
    });
    expect({ ...double.body, instance: null }).toEqual({ ...clash.body, instance: null });
    expect((await act(colleague, his, 'schedule', { at, site: 'Huset vid torget' })).status).toBe(200);
    expect((await act(colleague, his, 'schedule', { at: inHours(51) })).status).toBe(200);
    await act(worker, taken.child.matterId, 'event-cancelled', { by: 'person' });
    expect((await act(colleague, his, 'schedule', { at })).status).toBe(200);
    const rows: { site: string }[] = await stage.admin.query(
      'select * from custody.booking where matter_id = $1',
      [his],
    );
    expect(JSON.stringify(rows)).not.toMatch(/torget|socialjouren-stockholm"?,"starts/);
    expect(rows[0]?.site).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
