import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { POLICE } from '../../apps/police/police.party.js';
import { REGION } from '../../apps/region/region.party.js';
import { RVT } from '../../apps/rvt/rvt.party.js';
import { SOCIALJOUREN } from '../../apps/socialjouren/socialjouren.party.js';
import { type As, openStage, type Stage } from '../../libs/party/test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../../libs/party/test/taken-case.js';
import { until } from '../../libs/party/test/until.js';

const RVT_UNIT = 'rvt-sydvast';
const CARE_UNIT = 'psykiatri-sydvast';
const UNKNOWN = { value: 'unknown' };
const REFERRAL = Object.fromEntries(
  ['person', 'question', 'notices-to', 'consent', 'callback'].map((name) => [`care.${name}`, UNKNOWN]),
);
const now = () => new Date().toISOString();

describe('the wall between the city and Region Stockholm, over HTTP', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let rvt: As;
  let care: As;
  let night: TakenCase;
  let safety: { matterId: string; subjectId: string };
  let referral: { matterId: string; handoffId: string };
  let listener: Client;
  const live: string[] = [];

  beforeAll(async () => {
    stage = await openStage([POLICE, SOCIALJOUREN, RVT, REGION]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    rvt = await stage.as('rvt-case-worker-sydvast');
    care = await stage.as('region-case-worker-psykiatri-sydvast');
    night = await takenCase(stage, police, worker);
    const hers = await handOver(worker, night.adult, RVT_UNIT, 'adult-safety', {
      'subject.identity': UNKNOWN,
      'told.who-what': UNKNOWN,
      'consent-and-basis': UNKNOWN,
    });
    await take(rvt, hers.handoffId);
    const seen = await rvt.get(`/matters/${hers.matterId}`);
    safety = { matterId: hers.matterId, subjectId: seen.body.subjectId };
    listener = new Client({ connectionString: stage.database.adminUrl });
    listener.on('notification', ({ payload }) => void live.push(payload ?? ''));
    await listener.connect();
    await listener.query('listen handslag_live');
  }, 120_000);
  afterAll(async () => {
    await listener?.end();
    await stage?.stop();
  });

  async function consent(as: As, actingUnit: string, subjectId: string, unit: string, purpose: string) {
    const recorded = await as.post(`/subjects/${subjectId}/consents`, {
      ...{ actingUnit, recipient: { unit }, purpose, fields: 'all' },
      ...{ answer: 'GIVEN', way: 'BY_PHONE', answeredAt: now() },
    });
    expect([recorded.status, recorded.body.errors]).toEqual([201, undefined]);
    return recorded.body.recordId;
  }

  /** Offers a matter of an adult to a unit, on her consent. */
  async function handOver(
    as: As,
    { matterId, subjectId }: { matterId: string; subjectId: string },
    toUnit: string,
    purpose: string,
    answers: object,
    some: { actingUnit?: string; reason?: string } = {},
  ): Promise<{ matterId: string; handoffId: string }> {
    const recordId = await consent(as, some.actingUnit ?? NIGHT_UNIT, subjectId, toUnit, purpose);
    const { reason } = some;
    const preview = await as.post('/dispatches/preview', {
      items: [
        {
          matterId,
          toUnit,
          basis: { code: 'X-01', recordId },
          answers,
          ...(reason === undefined ? {} : { reason }),
        },
      ],
    });
    const sent = await as.post('/dispatches', { previewId: preview.body.previewId });
    expect([sent.status, preview.body.errors ?? sent.body.errors]).toEqual([201, undefined]);
    return { matterId, handoffId: sent.body.handoffs[0].handoffId };
  }

  async function take(as: As, handoffId: string): Promise<void> {
    const opened = await as.post(`/handoffs/${handoffId}/open`);
    const accepted = await as.post(
      `/handoffs/${handoffId}/accept`,
      {},
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect([accepted.status, accepted.body.code]).toEqual([200, undefined]);
  }

  async function act(as: As, matterId: string, action: string, body: object = {}): Promise<void> {
    const seen = await as.get(`/matters/${matterId}`);
    const done = await as.post(`/matters/${matterId}/${action}`, body, {
      'if-match': seen.headers['etag'] ?? '',
    });
    expect([action, done.status, done.body.errors ?? done.body.code]).toEqual([action, 200, undefined]);
  }

  /** Everything that somebody can ask about a matter and an offer, as it is answered. */
  async function allThatIsShown(
    as: As,
    { matterId, handoffId }: typeof referral,
  ): Promise<Record<string, string>> {
    const { body } = await as.get(`/matters/${matterId}`);
    const shown: Record<string, string> = {};
    for (const path of [
      ...['/inbox', '/held', '/sent', '/sent/ended?limit=100', '/dispatches/outlook'],
      ...(body.incidentId === undefined ? [] : [`/incidents/${body.incidentId}`]),
      ...['', '/events', '/receipt', '/content', '/safe-contact'].map(
        (what) => `/handoffs/${handoffId}${what}`,
      ),
      ...['', '/responsibility', '/same-person'].map((what) => `/matters/${matterId}${what}`),
    ]) {
      const answer = await as.get(path);
      shown[path] = [answer.status, answer.headers['etag'], answer.text].join('\n');
    }
    return shown;
  }

  it('takes her referral on her consent: she, and nobody else of the incident', async () => {
    const opened = await rvt.post('/matters', {
      actingUnit: RVT_UNIT,
      kind: 'mental-health',
      subjectId: safety.subjectId,
    });
    expect([opened.status, opened.body.code]).toEqual([201, undefined]);
    referral = await handOver(
      rvt,
      { matterId: opened.body.matterId, subjectId: safety.subjectId },
      CARE_UNIT,
      'mental-health',
      REFERRAL,
      { actingUnit: RVT_UNIT },
    );
    await take(care, referral.handoffId);
    const { body } = await care.get(`/matters/${referral.matterId}`);
    expect([body.kind, body.holderUnit ?? CARE_UNIT]).toEqual(['mental-health', CARE_UNIT]);
  });

  it('shows the Region no other matter, person or kind of need, in no field and no count', async () => {
    const shown = await allThatIsShown(care, referral);
    // From whom an answer must be kept is a word of the form, the same in every case.
    const everything = Object.values(shown)
      .join('\n')
      .replaceAll(/"keepFrom":\[[^\]]*\]/g, '');
    const others: { id: string }[] = await stage.admin.query(
      `select id from custody.matter where id <> $1 union all select id from custody.handoff where matter_id <> $1
       union all select id from custody.subject union all select id from custody.incident`,
      [referral.matterId],
    );
    expect(others.filter(({ id }) => everything.includes(id))).toEqual([]);
    for (const word of [
      'child',
      'barn',
      'adult-safety',
      'alleged',
      night.child.subjectId,
      safety.subjectId,
      night.incident,
    ])
      expect([word, everything.includes(word)]).toEqual([word, false]);
    const { body: held } = await care.get('/held');
    expect(held.items.map(({ matterId }: { matterId: string }) => matterId)).toEqual([referral.matterId]);
  });

  it('calls incident and person by other ids than any other authority does', async () => {
    const of = async (as: As, matterId: string) => {
      const { body } = await as.get(`/matters/${matterId}`);
      return [body.incidentId, body.subjectId];
    };
    const [record]: { incident_id: string; subject_id: string }[] = await stage.admin.query(
      'select incident_id, subject_id from custody.matter where id = $1',
      [referral.matterId],
    );
    const seen = [
      ...(await of(care, referral.matterId)),
      ...(await of(rvt, safety.matterId)),
      night.adult.incidentId,
      night.adult.subjectId,
      record?.incident_id,
      record?.subject_id,
    ];
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('is told nothing, not one byte and no live notice, whatever the city does with her and the child', async () => {
    const before = await allThatIsShown(care, referral);
    live.length = 0;
    await act(rvt, safety.matterId, 'take-over');
    await act(rvt, safety.matterId, 'note', { note: 'kanarieanteckning' });
    await act(worker, night.child.matterId, 'take-over');
    await worker.post(`/incidents/${night.incident}/protection-assessments`, {
      ...{ actingUnit: NIGHT_UNIT, subjectId: night.child.subjectId, outcome: 'NO_IMMEDIATE_NEED' },
      ...{ reasons: 'skäl', childHeard: 'unknown', assessedAt: now() },
    });
    expect(await until(async () => (live.includes(NIGHT_UNIT) ? true : undefined))).toBe(true);
    expect(await allThatIsShown(care, referral)).toEqual(before);
    expect(live).not.toContain(CARE_UNIT);
  });

  it('tells the city nothing of what care does after it took her, without her consent to that', async () => {
    const before = await allThatIsShown(rvt, referral);
    live.length = 0;
    await act(care, referral.matterId, 'take-over');
    await act(care, referral.matterId, 'note', { note: 'kanarievård' });
    expect(await until(async () => (live.includes(CARE_UNIT) ? true : undefined))).toBe(true);
    expect(await allThatIsShown(rvt, referral)).toEqual(before);
    expect(live).not.toContain(RVT_UNIT);
  });

  it('answers the city only on her consent to that, and then with the answer and no journal', async () => {
    const matter = await care.get(`/matters/${referral.matterId}`);
    const answers = {
      'answer.needs-of-the-person': { value: 'kanariesvar' },
      'answer.person': UNKNOWN,
      'answer.callback': UNKNOWN,
    };
    const item = { matterId: referral.matterId, toUnit: RVT_UNIT, answers, reason: 'CAPACITY_LOST' };
    const without = await care.post('/dispatches/preview', { items: [item] });
    const asked = await care.post('/dispatches', { previewId: without.body.previewId ?? referral.matterId });
    expect(asked.status).toBeGreaterThanOrEqual(400);
    const back = await handOver(
      care,
      { matterId: referral.matterId, subjectId: matter.body.subjectId },
      RVT_UNIT,
      'mental-health',
      answers,
      { actingUnit: CARE_UNIT, reason: 'CAPACITY_LOST' },
    );
    await rvt.post(`/handoffs/${back.handoffId}/open`);
    const { body } = await rvt.get(`/handoffs/${back.handoffId}/content`);
    expect(body.answers.map(({ field }: { field: string }) => field).toSorted()).toEqual(
      Object.keys(answers).toSorted(),
    );
    expect(JSON.stringify(body)).not.toContain('kanarievård');
  });
});
