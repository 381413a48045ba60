import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

const POLICE_UNIT = 'lpo-globen';
const RVT = 'rvt-sydvast';

describe('what the police see after they let go', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let rvt: As;
  let night: TakenCase;
  const told: string[] = [];
  let listener: Client;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), socialParty('rvt')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    rvt = await stage.as('rvt-case-worker-sydvast');
    night = await takenCase(stage, police, worker);
    listener = new Client({ connectionString: stage.database.adminUrl });
    listener.on('notification', ({ payload }) => void told.push(payload ?? ''));
    await listener.connect();
    await listener.query('listen handslag_live');
  }, 120_000);
  afterAll(async () => {
    await listener?.end();
    await stage?.stop();
  });

  /** Everything that the police can ask about this case, as it is answered. */
  async function allThatIsShown(): Promise<Record<string, string>> {
    const rows: { id: string; matter_id: string; incident_id: string }[] = await stage.admin.query(
      `select h.id, h.matter_id, m.incident_id from custody.handoff h join custody.matter m on m.id = h.matter_id
       where m.incident_id = $1 and h.from_unit = $2 order by h.id`,
      [night.recordId, POLICE_UNIT],
    );
    const shown: Record<string, string> = {};
    for (const path of [
      '/sent',
      '/inbox',
      '/held',
      '/sent/ended?limit=100',
      ...rows.flatMap(({ id, matter_id }) => [
        `/handoffs/${id}`,
        `/handoffs/${id}/events`,
        `/handoffs/${id}/receipt`,
        `/handoffs/${id}/content`,
        `/matters/${matter_id}`,
        `/matters/${matter_id}/responsibility`,
      ]),
    ]) {
      const answer = await police.get(path);
      shown[path] = [answer.status, answer.headers['etag'], answer.text].join('\n');
    }
    return shown;
  }

  /** A word of the holder that all others have seen, so that what would have been told before it has been. */
  async function quiet(): Promise<void> {
    await stage.admin.query(`select pg_notify('handslag_live', 'quiet')`);
    await listener.query('select 1');
    const until = Date.now() + 10_000;
    while (told.at(-1) !== 'quiet' && Date.now() < until) await new Promise((next) => setImmediate(next));
    expect(told.at(-1)).toBe('quiet');
  }

  it('is the same to the last byte, in every answer and in no live notice, whatever is done with her matter then', async () => {
    await quiet();
    const before = await allThatIsShown();
    expect(Object.values(before).some((text) => text.includes('"phase":"accepted"'))).toBe(true);
    told.length = 0;
    const { matterId, subjectId } = night.adult;
    const act = async (as: As, action: string, body: object = {}) => {
      const seen = await as.get(`/matters/${matterId}`);
      const answer = await as.post(`/matters/${matterId}/${action}`, body, {
        'if-match': seen.headers['etag'] ?? '',
      });
      expect([action, answer.status, answer.body.errors ?? answer.body.code]).toEqual([
        action,
        200,
        undefined,
      ]);
    };
    await act(worker, 'note', { note: 'kanarieanteckning' });
    await act(worker, 'take-over');
    await act(worker, 'note', { note: 'kanarieanteckning igen' });
    const consent = await worker.post(`/subjects/${subjectId}/consents`, {
      actingUnit: NIGHT_UNIT,
      recipient: { unit: RVT },
      purpose: 'adult-safety',
      fields: 'all',
      answer: 'GIVEN',
      way: 'BY_PHONE',
      answeredAt: new Date().toISOString(),
    });
    const preview = await worker.post('/dispatches/preview', {
      items: [
        {
          matterId,
          toUnit: RVT,
          basis: { code: 'X-01', recordId: consent.body.recordId },
          answers: { 'consent-and-basis': { value: 'unknown' } },
        },
      ],
    });
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    expect([sent.status, sent.body.errors]).toEqual([201, undefined]);
    const [{ handoffId }] = sent.body.handoffs;
    await rvt.post(`/handoffs/${handoffId}/open`);
    const accepted = await rvt.post(`/dispatches/${sent.body.dispatchId}/accept`);
    expect(accepted.status).toBe(200);
    await act(rvt, 'close', { outcome: 'PERSON_DECLINED', personsReason: 'NOT_STATED', note: 'kanarieslut' });

    expect(await allThatIsShown()).toEqual(before);
    await quiet();
    expect(told).toContain(NIGHT_UNIT);
    expect(told).toContain(RVT);
    expect(told).not.toContain(POLICE_UNIT);
  });

  it('nor does a refusal tell whether the matter was closed or handed on', async () => {
    const [row]: { id: string }[] = await stage.admin.query(
      `select h.id from custody.handoff h where h.matter_id = $1 and h.from_unit = $2`,
      [night.adult.matterId, POLICE_UNIT],
    );
    const view = await police.get(`/handoffs/${row?.id}`);
    const refused = await police.post(
      `/handoffs/${row?.id}/request-cancellation`,
      { note: 'fel person' },
      { 'if-match': view.headers['etag'] ?? '' },
    );
    expect([refused.status, refused.body.code, refused.body.current]).toEqual([
      409,
      'ACCEPTOR_NO_LONGER_HOLDS',
      undefined,
    ]);
  });
});
