import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { PLAIN_POLICE, socialParty } from '../../../libs/party/test/social-parties.js';
import { type As, openStage, type Stage } from '../../../libs/party/test/stage.js';
import { NIGHT_UNIT, takenCase } from '../../../libs/party/test/taken-case.js';
import { until } from '../../../libs/party/test/until.js';
import { BOU } from '../bou.party.js';

const BOU_UNIT = 'bou-skarpnack';
const now = () => new Date().toISOString();

describe('what the police are told of a report about a child (OSL 26:9 a, X-13)', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let bou: As;
  let matterId: string;
  let reported: string;
  let morning: string;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), BOU]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    bou = await stage.as('bou-case-worker-skarpnack');
    const night = await takenCase(stage, police, worker);
    ({ matterId } = night.child);
    await worker.post(`/incidents/${night.incident}/protection-assessments`, {
      ...{ actingUnit: NIGHT_UNIT, subjectId: night.child.subjectId, outcome: 'NO_IMMEDIATE_NEED' },
      ...{ reasons: 'skäl', childHeard: 'unknown', assessedAt: now() },
    });
    const answers = { 'consent-and-basis': { value: 'unknown' }, 'told.who-what': { value: 'unknown' } };
    const preview = await worker.post('/dispatches/preview', {
      items: [{ matterId, toUnit: BOU_UNIT, answers }],
    });
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    morning = sent.body.handoffs[0].handoffId;
    const opened = await bou.post(`/handoffs/${morning}/open`);
    await bou.post(`/handoffs/${morning}/accept`, {}, { 'if-match': opened.headers['etag'] ?? '' });
    const [row]: { id: string }[] = await stage.admin.query(
      `select id from custody.handoff where matter_id = $1 and from_unit like 'lpo-%'`,
      [matterId],
    );
    reported = row?.id ?? '';
  }, 120_000);
  afterAll(async () => stage?.stop());

  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const decide = (some: Record<string, unknown> = {}) =>
    bou.post(`/matters/${matterId}/investigation-decision`, {
      ...{ opened: true, ground: 'VIOLENCE', reasons: 'kanarieskäl', decidedAt: now(), ...some },
    });
  const tell = (some: Record<string, unknown> = {}) =>
    bou.post(`/matters/${matterId}/report-feedback`, {
      ...{ tells: true, reasons: 'kanarieåterkoppling', decidedAt: now(), ...some },
    });
  const toldOf = async (as: As, handoff: string) => (await as.get(`/handoffs/${handoff}`)).body.reportOutcome;

  /** Everything that the police can ask about this child, as it is answered. */
  async function allThatIsShown(): Promise<Record<string, string>> {
    const shown: Record<string, string> = {};
    for (const path of [
      '/sent',
      '/inbox',
      '/held',
      '/sent/ended?limit=100',
      `/handoffs/${reported}`,
      ...['events', 'receipt', 'content'].map((what) => `/handoffs/${reported}/${what}`),
      ...['', '/responsibility'].map((what) => `/matters/${matterId}${what}`),
    ]) {
      const answer = await police.get(path);
      shown[path] = [answer.status, answer.headers['etag'], answer.text].join('\n');
    }
    return shown;
  }
  const noticesToPolice = async (): Promise<{ kind: string }[]> =>
    stage.admin.query(`select kind from police.notification order by created_at`);
  const openStep = async (): Promise<{ due_at: Date; ended_at: Date | number }[]> =>
    stage.admin.query(
      `select due_at, ended_at from bou.deadline where clock_id = $1 and rule = 'report-feedback'`,
      [matterId],
    );

  it('is nothing that can be decided before the decision on an investigation', async () => {
    expect(answered(await tell())).toEqual([409, 'INVESTIGATION_UNDECIDED']);
  });

  it('is nothing by itself: the decision is made, work is asked of BoU, and every answer is the same to the last byte', async () => {
    const before = await allThatIsShown();
    expect((await decide()).status).toBe(201);
    expect((await openStep()).map(({ ended_at }) => ended_at)).toEqual([Number.POSITIVE_INFINITY]);
    expect(await allThatIsShown()).toEqual(before);
    expect(await toldOf(police, reported)).toBeNull();
  });

  it('stays nothing when BoU finds it unsuitable, and says why to itself', async () => {
    const before = await allThatIsShown();
    expect((await tell({ tells: false, askedFor: true })).body.version).toBe(1);
    expect(await allThatIsShown()).toEqual(before);
    const [step] = await openStep();
    expect(step?.ended_at).toBeInstanceOf(Date);
    const rows: { text: string }[] = await stage.admin.query(
      'select f::text as text from bou.report_feedback f',
    );
    expect(rows.filter(({ text }) => text.includes('kanarie'))).toEqual([]);
  });

  it('is, once decided, which of the three and since when, on the report that they sent and nowhere else', async () => {
    const before = await allThatIsShown();
    expect((await tell()).body.version).toBe(2);
    const outcome = await until(async () => (await toldOf(police, reported)) ?? undefined);
    expect(outcome).toMatchObject({ outcome: 'report-opened', label: { sv: 'Utredning är inledd' } });
    expect(Object.keys(outcome).toSorted()).toEqual(['label', 'outcome', 'toldAt']);
    const after = await allThatIsShown();
    const path = `/handoffs/${reported}`;
    expect(after[path]?.replace(JSON.stringify(outcome), 'null')).toBe(before[path]);
    expect({ ...after, [path]: '' }).toEqual({ ...before, [path]: '' });
    expect(await until(async () => ((await noticesToPolice()).length > 0 ? true : undefined))).toBe(true);
    expect(await noticesToPolice()).toEqual([{ kind: 'answered' }]);
  });

  it('is told to nobody who did not report: not to socialjouren, which handed the child on', async () => {
    expect((await worker.get(`/handoffs/${morning}`)).status).toBe(200);
    expect(await toldOf(worker, morning)).toBeNull();
    expect(await toldOf(worker, reported)).toBeNull();
  });

  it('is not taken back; a changed decision is told anew, and the newest counts', async () => {
    expect(answered(await tell({ tells: false }))).toEqual([409, 'ALREADY_TOLD']);
    await decide({ opened: false, ground: 'ALREADY_INVESTIGATED' });
    expect((await tell()).status).toBe(201);
    const told = await until(async () => {
      const outcome = await toldOf(police, reported);
      return outcome?.outcome === 'report-already-running' ? outcome : undefined;
    });
    expect(told.label.en).toBe('An investigation is already running');
  });

  it('can be decided when the matter is closed, by the unit that decided: who knows the outcome tells it', async () => {
    const closing = await bou.get(`/matters/${matterId}`);
    const closed = await bou.post(
      `/matters/${matterId}/close`,
      { outcome: 'NOTHING_FURTHER', decision: { nothingFurtherNeeded: true, reasons: 'kanarieskäl' } },
      { 'if-match': closing.headers['etag'] ?? '' },
    );
    expect(answered(closed)).toEqual([200, undefined]);
    expect((await tell()).status).toBe(201);
  });

  it('is decided by nobody but the unit that answers for the child, and not in the future', async () => {
    const other = await stage.as('bou-case-worker-farsta');
    const refused = await other.post(`/matters/${matterId}/report-feedback`, {
      ...{ tells: true, reasons: 'skäl', decidedAt: now() },
    });
    expect(answered(refused)).toEqual([404, 'NOT_FOUND']);
    expect(answered(await tell({ decidedAt: new Date(Date.now() + 3_600_000).toISOString() }))).toEqual([
      400,
      'INVALID_INPUT',
    ]);
  });
});
