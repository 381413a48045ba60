import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { advanceRecordTime, recordNow, setTimeMachine } from '#directory';
import { aChild, aReport, aVictim } from '../../libs/party/test/reports.js';
import { type As, openStage, type Stage } from '../../libs/party/test/stage.js';
import { NIGHT_UNIT } from '../../libs/party/test/taken-case.js';
import { BOU } from '../bou/bou.party.js';
import { RVT } from '../rvt/rvt.party.js';
import { SOCIALJOUREN } from '../socialjouren/socialjouren.party.js';
import { PARTNER } from './partner.party.js';

const CLINIC = 'ungdomsmottagning-stockholm';
const BOU_UNIT = 'bou-skarpnack';
const RVT_UNIT = 'rvt-sydvast';
const HOUR = 3_600_000;
const UNKNOWN = { value: 'unknown' };
const filled = (prefix: string, names: readonly string[], some: object = {}) => ({
  ...Object.fromEntries(names.map((name) => [`${prefix}.${name}`, UNKNOWN])),
  ...some,
});
const CONCERN = filled(
  'concern',
  ['child', 'violence', 'needs-protection-now', 'where-now', 'told', 'callback'],
  {
    'concern.what': { value: 'kanarieoro' },
  },
);
const SUPPORT = filled('support', ['person', 'risk', 'consent', 'callback'], {
  'support.need': { value: 'kanariebehov' },
});
const HOUSING = filled('housing', ['person', 'threat', 'decision', 'must-not-know', 'consent', 'callback']);

describe('what partners begin and what they take, over HTTP (REC-4, REC-11)', () => {
  let stage: Stage;
  let clinic: As;
  let bou: As;
  let night: As;
  let rvt: As;
  let law: As;
  let hers: { matterId: string; subjectId: string };
  const now = async () => (await recordNow(stage.admin.manager)).toISOString();

  beforeAll(async () => {
    stage = await openStage([PARTNER, BOU, RVT, SOCIALJOUREN]);
    await setTimeMachine(stage.admin, true);
    await officeHour();
    clinic = await stage.as(`partner-case-worker-${CLINIC}`);
    bou = await stage.as('bou-case-worker-skarpnack');
    night = await stage.as('socialjouren-case-worker');
    rvt = await stage.as('rvt-case-worker-sydvast');
    law = await stage.as('partner-case-worker-familjeratt-hagersten-alvsjo');
    const reported = await rvt.post('/incidents', {
      ...aReport({
        actingUnit: RVT_UNIT,
        kind: 'self-referral',
        children: [],
        victims: [aVictim('victim-1')],
      }),
    });
    const { matterId } = reported.body.matters[0];
    const { body } = await rvt.get(`/matters/${matterId}`);
    hers = { matterId, subjectId: body.subjectId };
  }, 120_000);
  afterAll(() => stage?.stop());

  /** Record time to the next Tuesday, Wednesday or Thursday at ten, when every office is open. */
  async function officeHour(): Promise<void> {
    for (let hours = 0; hours < 24 * 14; hours += 1) {
      const at = await recordNow(stage.admin.manager);
      const clock = new Intl.DateTimeFormat('en', {
        ...{ weekday: 'short', hour: '2-digit', hourCycle: 'h23', timeZone: 'Europe/Stockholm' },
      }).formatToParts(at);
      const part = (type: string) => clock.find((one) => one.type === type)?.value ?? '';
      if (['Tue', 'Wed', 'Thu'].includes(part('weekday')) && part('hour') === '10') return;
      await advanceRecordTime(stage.admin.manager, HOUR);
    }
  }

  async function opened(as: As, unit: string, kind: string): Promise<string> {
    const { status, body } = await as.post('/matters', { actingUnit: unit, kind, subjectId: hers.subjectId });
    expect([status, body.code]).toEqual([201, undefined]);
    return body.matterId;
  }
  const preview = (as: As, item: object) => as.post('/dispatches/preview', { items: [item] });
  async function offered(as: As, item: object): Promise<string> {
    const shown = await preview(as, item);
    const sent = await as.post('/dispatches', { previewId: shown.body.previewId });
    expect([sent.status, shown.body.errors ?? sent.body.errors ?? sent.body.code]).toEqual([201, undefined]);
    return sent.body.handoffs[0].handoffId;
  }
  async function taken(as: As, handoffId: string): Promise<void> {
    const seen = await as.post(`/handoffs/${handoffId}/open`);
    const done = await as.post(
      `/handoffs/${handoffId}/accept`,
      {},
      { 'if-match': seen.headers['etag'] ?? '' },
    );
    expect([done.status, done.body.code]).toEqual([200, undefined]);
  }
  async function saidYes(unit: string, purpose: string): Promise<{ code: string; recordId: string }> {
    const { status, body } = await rvt.post(`/subjects/${hers.subjectId}/consents`, {
      ...{ actingUnit: RVT_UNIT, recipient: { unit }, purpose, fields: 'all' },
      ...{ answer: 'GIVEN', way: 'BY_PHONE', answeredAt: await now() },
    });
    expect([status, body.errors]).toEqual([201, undefined]);
    return { code: 'X-01', recordId: body.recordId };
  }

  it('lets a youth clinic report a child: the duties start with the sending, and BoU reads the report (X-02, D-01)', async () => {
    const reported = await clinic.post('/incidents', {
      ...aReport({ actingUnit: CLINIC, kind: 'concern-report', children: [aChild('child-1')], victims: [] }),
      safeContacts: [],
    });
    expect([reported.status, reported.body.errors]).toEqual([201, undefined]);
    const { matterId } = reported.body.matters[0];
    const handoffId = await offered(clinic, { matterId, toUnit: BOU_UNIT, answers: CONCERN });
    const duties: { rule: string; asked_of: string }[] = await stage.admin.query(
      `select rule, asked_of from custody.deadline where clock_id = $1 and rule like 'D-0%' order by rule`,
      [matterId],
    );
    expect(duties.map(({ rule, asked_of }) => `${rule} ${asked_of}`)).toEqual(
      ['D-01', 'D-02', 'D-03', 'D-04'].map((rule) => `${rule} ${BOU_UNIT}`),
    );
    await taken(bou, handoffId);
    const { body } = await bou.get(`/handoffs/${handoffId}/content`);
    expect(JSON.stringify(body)).toContain('kanarieoro');
    const { body: sent } = await clinic.get(`/handoffs/${handoffId}`);
    expect([sent.phase, JSON.stringify(sent).includes('bou-case-worker')]).toEqual(['accepted', false]);
    const denied = await clinic.post(`/handoffs/${handoffId}/withdraw`, {}, { 'if-match': '"1"' });
    expect(denied.status).toBeGreaterThanOrEqual(400);
  });

  it('sends a report to socialjouren at any hour', async () => {
    const reported = await clinic.post('/incidents', {
      ...aReport({ actingUnit: CLINIC, kind: 'concern-report', children: [aChild('child-2')], victims: [] }),
      safeContacts: [],
    });
    const { matterId } = reported.body.matters[0];
    await taken(night, await offered(clinic, { matterId, toUnit: NIGHT_UNIT, answers: CONCERN }));
  });

  it('tells family law nothing without her yes or a decision; with it family law takes and gives back', async () => {
    const matterId = await opened(rvt, RVT_UNIT, 'adult-support');
    const item = { matterId, toUnit: 'familjeratt-hagersten-alvsjo', answers: SUPPORT };
    const without = await preview(rvt, item);
    expect([without.status, without.body.code]).toEqual([422, 'NO_BASIS']);
    const basis = await saidYes(item.toUnit, 'adult-support');
    await taken(law, await offered(rvt, { ...item, basis }));
    const { body: held } = await law.get('/held');
    expect(held.items.map((one: { matterId: string }) => one.matterId)).toEqual([matterId]);
    // Back by a decision of its own, to the very worker who opened it: what comes back is no commission.
    const back = { matterId, toUnit: RVT_UNIT, answers: SUPPORT, reason: 'CAPACITY_LOST' };
    await taken(rvt, await offered(law, { ...back, basis: { code: 'X-IND', statement: 'kanarieskäl' } }));
    expect((await law.get('/held')).body.items).toEqual([]);
  });

  it('tells a women’s shelter outside by her yes, attested by RVT, which goes on holding (DESIGN 2)', async () => {
    const matterId = await opened(rvt, RVT_UNIT, 'protected-housing');
    const item = { matterId, toUnit: 'kvinnojour-ideell', answers: HOUSING };
    const basis = await saidYes(item.toUnit, 'protected-housing');
    const handoffId = await offered(rvt, { ...item, basis });
    const { headers } = await rvt.get(`/handoffs/${handoffId}`);
    const attested = await rvt.post(
      `/handoffs/${handoffId}/attest`,
      { function: 'duty-officer', at: await now(), caseNumber: 'unknown' },
      { 'if-match': headers['etag'] ?? '' },
    );
    expect([attested.status, attested.body.errors ?? attested.body.code]).toEqual([200, undefined]);
    const { body: held } = await rvt.get('/held');
    expect(held.items.map((one: { matterId: string }) => one.matterId)).toContain(matterId);
  });

  it('has no way for her matter to a partner that no route names', async () => {
    const refused = await preview(rvt, {
      matterId: hers.matterId,
      toUnit: 'kvinnojour-ideell',
      answers: SUPPORT,
    });
    expect(refused.body.code).toBe('NO_ROUTE');
  });
});
