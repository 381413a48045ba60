import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { schemaDifference } from '#database';
import { Effects, PublishedFacts } from '#party';
import { asUnits } from '../../../libs/party/record/as-units.js';
import { aReport, aVictim } from '../../../libs/party/test/reports.js';
import { PLAIN_POLICE, socialParty } from '../../../libs/party/test/social-parties.js';
import { type As, openStage, type Stage } from '../../../libs/party/test/stage.js';
import { type TakenCase, takenCase } from '../../../libs/party/test/taken-case.js';
import { RVC } from '../../rvc/rvc.party.js';
import { RVT } from '../rvt.party.js';
import { RiskCases } from './risk-cases.service.js';

const RVT_UNIT = 'rvt-sydvast';
const RVC_UNIT = 'rvc-sydvast';
const GLOBEN = 'lpo-globen';
const NUMBER = '19610118-2803';
const now = () => new Date().toISOString();

interface Step {
  readonly step: string;
  readonly occurrence: string;
  readonly metAt: string | null;
  readonly outcome: string | null;
  readonly dueAt: string;
}

describe('the risk work of RVT', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let rvt: As;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), RVT, RVC]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    rvt = await stage.as('rvt-case-worker-sydvast');
  }, 120_000);
  afterAll(async () => stage?.stop());

  /** A victim whom RVT took from socialjouren in the morning: her matter, and the record's id of the incident. */
  async function held(report = aReport()): Promise<{ matterId: string; taken: TakenCase }> {
    const taken = await takenCase(stage, police, worker, report);
    const { matterId } = taken.adult;
    const preview = await worker.post('/dispatches/preview', {
      items: [
        {
          matterId,
          toUnit: RVT_UNIT,
          answers: { 'consent-and-basis': { value: 'unknown' }, 'told.who-what': { value: 'unknown' } },
          basis: { code: 'X-IND', statement: 'kanarieavvägning' },
        },
      ],
    });
    const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
    if (sent.status !== 201) throw new Error(JSON.stringify([preview.body, sent.body]));
    const path = `/handoffs/${sent.body.handoffs[0].handoffId}`;
    const opened = await rvt.post(`${path}/open`);
    const accepted = await rvt.post(`${path}/accept`, {}, { 'if-match': opened.headers['etag'] ?? '' });
    expect([accepted.status, accepted.body.code]).toEqual([200, undefined]);
    return { matterId, taken };
  }

  const triage = (matterId: string, outcome: string, some = {}) =>
    rvt.post(`/matters/${matterId}/risk-triage`, {
      ...{ outcome, reasons: 'kanarieskäl', triagedAt: now() },
      ...some,
    });
  const assess = (matterId: string, some: Record<string, unknown> = {}) =>
    rvt.post(`/matters/${matterId}/risk-assessments`, {
      instrument: 'sara-sv',
      instrumentVersion: '1',
      answers: [{ factor: 3, period: 'before', answer: 'PARTLY' }],
      judgement: { acute: 'medium', future: 'low', severity: 'low' },
      basis: 'kanariegrund',
      assessedAt: now(),
      ...some,
    });
  const risk = async (matterId: string) => (await rvt.get(`/matters/${matterId}/risk`)).body;
  const open = async (matterId: string): Promise<string[]> =>
    (await risk(matterId)).steps.filter((one: Step) => one.metAt === null).map(({ step }: Step) => step);
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  /** A support matter about the person of another, and what a preview of offering it to RVC answers. */
  async function support(matterId: string) {
    const { subjectId } = (await rvt.get(`/matters/${matterId}`)).body;
    const made = await rvt.post('/matters', { subjectId, kind: 'adult-support', actingUnit: RVT_UNIT });
    expect([made.status, made.body.code]).toEqual([201, undefined]);
    const consent = await rvt.post(`/subjects/${subjectId}/consents`, {
      ...{ actingUnit: RVT_UNIT, answer: 'GIVEN', recipient: { unit: RVC_UNIT }, purpose: 'adult-support' },
      ...{ fields: 'all', way: 'BY_PHONE', answeredAt: now() },
    });
    const offer = () =>
      rvt.post('/dispatches/preview', {
        items: [
          {
            matterId: made.body.matterId,
            toUnit: RVC_UNIT,
            answers: {
              'support.person': { value: 'unknown' },
              'support.need': { value: 'kanariebehov' },
              'support.risk': { value: 'unknown' },
              'support.consent': { value: 'unknown' },
              'support.callback': { value: 'unknown' },
            },
            basis: { code: 'X-01', recordId: consent.body.recordId },
          },
        ],
      });
    return { supportId: made.body.matterId, offer };
  }

  it('has a schema that differs in nothing from its entities', async () => {
    expect(await schemaDifference(stage.database.adminUrl, RVT.schema)).toEqual([]);
  });

  it('asks for a triage when RVT has taken her, once however often it looks', async () => {
    const { matterId } = await held();
    expect(await open(matterId)).toEqual(['risk-triage']);
    expect(await stage.app('rvt').get(RiskCases, { strict: false }).sweep()).toBe(0);
    expect(await open(matterId)).toEqual(['risk-triage']);
  });

  it('offers no support at RVC before triage, nor past one that asks for an assessment (R-011)', async () => {
    const { matterId } = await held();
    const { offer, supportId } = await support(matterId);
    expect(answered(await offer())).toEqual([409, 'RISK_TRIAGE_FIRST']);
    await triage(matterId, 'ASSESSMENT_NEEDED');
    expect(answered(await offer())).toEqual([409, 'RISK_ASSESSMENT_FIRST']);
    const made = await assess(matterId);
    const previewed = await offer();
    expect(answered(previewed)).toEqual([200, undefined]);
    // What is marked as wrong after the preview stops the sending.
    const wrong = `/matters/${matterId}/risk-assessments/${made.body.recordId}/enter-in-error`;
    expect(answered(await rvt.post(wrong, { reason: 'kanariefel' }))).toEqual([201, undefined]);
    const send = () => rvt.post('/dispatches', { previewId: previewed.body.previewId });
    expect(answered(await send())).toEqual([409, 'RISK_ASSESSMENT_FIRST']);
    await assess(matterId);
    expect(answered(await send())).toEqual([201, undefined]);
    expect(supportId).not.toBe(matterId);
  });

  it('keeps an assessment with its judgement, late and corrected, and its words sealed (B9)', async () => {
    const { matterId } = await held();
    const assessedAt = new Date(Date.now() - 3 * 24 * 3_600_000).toISOString();
    const first = await assess(matterId, { assessedAt });
    expect([first.status, first.body.version]).toEqual([201, 1]);
    const path = `/matters/${matterId}/risk-assessments/${first.body.recordId}`;
    const words = await rvt.get(path);
    expect(words.body).toMatchObject({
      basis: 'kanariegrund',
      total: null,
      answers: [{ factor: 3, period: 'before', answer: 'PARTLY', label: { sv: 'Tidigare partnervåld 3' } }],
    });
    const [leaf]: { n: number }[] = await stage.admin.query(
      `select count(*)::int as n from rvt.audit_leaf where action = 'read-risk-assessment' and target_id = $1`,
      [first.body.recordId],
    );
    expect(leaf?.n).toBe(1);
    const [row]: { text: string }[] = await stage.admin.query(
      'select a::text as text from rvt.risk_assessment a where id = $1',
      [first.body.recordId],
    );
    expect(row?.text).not.toContain('kanariegrund');
    await assess(matterId, {
      corrects: first.body.recordId,
      judgement: { acute: 'high', future: 'low', severity: 'low' },
    });
    const { assessments } = await risk(matterId);
    expect(
      assessments.map((one: Record<string, unknown>) => [one['acute'], one['standing'], one['isLate']]),
    ).toEqual([
      ['medium', 'corrected', true],
      ['high', 'stands', false],
    ]);
    expect(answered(await assess(matterId, { corrects: first.body.recordId }))).toEqual([
      409,
      'ALREADY_TAKEN_BACK',
    ]);
  });

  it.each([
    ['a total of SARA:SV', { total: 12 }, 422, 'TOTAL_NOT_OF_INSTRUMENT'],
    ['a factor that it has not', { answers: [{ factor: 16, answer: 'YES' }] }, 400, 'INVALID_INPUT'],
    ['another version', { instrumentVersion: '7' }, 400, 'INVALID_INPUT'],
    ['no judgement', { judgement: undefined }, 400, 'INVALID_INPUT'],
    [
      'a time in the future',
      { assessedAt: new Date(Date.now() + 3_600_000).toISOString() },
      400,
      'INVALID_INPUT',
    ],
  ])('refuses %s', async (_, some, status, code) => {
    const { matterId } = await once();
    expect(answered(await assess(matterId, some))).toEqual([status, code]);
  });

  it.each([
    ['low', 90],
    ['medium', 30],
    ['high', 7],
  ])('asks for the next assessment of a %s risk in %i days, as the record explains', async (acute, days) => {
    const { matterId } = await once();
    const made = await assess(matterId, { judgement: { acute, future: 'low', severity: 'low' } });
    const next = (await risk(matterId)).steps.find(
      ({ step, occurrence }: Step) => step === 'risk-reassessment' && occurrence === made.body.recordId,
    );
    const ahead = (new Date(next.dueAt).getTime() - Date.now()) / (24 * 3_600_000);
    expect(Math.abs(ahead - days)).toBeLessThan(1.1);
    expect(next.because.length).toBeGreaterThan(1);
  });

  it('asks for a review the same day when he is arrested, and none where he is unknown (forms 4)', async () => {
    const { matterId, taken } = await held();
    await triage(matterId, 'NOT_NEEDED');
    const at = new Date();
    const effects = stage.app('police').get(Effects, { strict: false });
    await asUnits(stage.app('police').get(DataSource, { strict: false }), [GLOBEN], (manager) =>
      effects.publish(manager, {
        ...{ causeId: randomUUID(), code: 'suspect-arrested', incidentId: taken.recordId, unit: GLOBEN },
        ...{ effectiveAt: at, recordedAt: at },
      }),
    );
    await effects.relay();
    const facts = stage.app('rvt').get(PublishedFacts, { strict: false });
    await facts.look();
    await facts.look();
    expect((await open(matterId)).filter((step) => step === 'risk-review')).toHaveLength(1);
    const reviewed = await rvt.post(`/matters/${matterId}/risk-reviews`, {
      ...{ outcome: 'UNCHANGED', reasons: 'kanarieskäl', reviewedAt: now() },
    });
    expect(answered(reviewed)).toEqual([201, undefined]);
    expect(await open(matterId)).not.toContain('risk-review');
    expect((await risk(matterId)).events).toMatchObject([{ event: 'suspect-arrested', source: 'told' }]);
  });

  it('asks for a review before the day of a custody hearing (forms 4)', async () => {
    const { matterId } = await once();
    const comingOn = new Date(Date.now() + 20 * 24 * 3_600_000).toISOString().slice(0, 10);
    const event = { event: 'custody-hearing', comingOn };
    const made = await rvt.post(`/matters/${matterId}/risk-events`, event);
    expect(answered(made)).toEqual([201, undefined]);
    const { steps } = await risk(matterId);
    const review = steps.find(({ occurrence }: Step) => occurrence === made.body.recordId);
    expect(new Date(review.dueAt).getTime()).toBeLessThanOrEqual(new Date(comingOn).getTime());
    const without = await rvt.post(`/matters/${matterId}/risk-events`, { event: 'custody-hearing' });
    expect(answered(without)).toEqual([400, 'INVALID_INPUT']);
  });

  it('shows what became of the police assessment and waits for it nowhere (B9)', async () => {
    const { matterId } = await once();
    const before = await open(matterId);
    for (const state of ['REQUESTED', 'NEVER_CAME']) {
      await rvt.post(`/matters/${matterId}/police-assessment`, { state, at: now() });
    }
    expect((await risk(matterId)).policeAssessment.state).toBe('NEVER_CAME');
    expect(await open(matterId)).toEqual(before);
  });

  it('decides by its authority, and its commission waits until it is handed on (R-005, R-007, R-025)', async () => {
    const { matterId } = await held();
    await triage(matterId, 'ASSESSMENT_NEEDED');
    const decide = (intervention: string) =>
      rvt.post(`/matters/${matterId}/intervention-decisions`, {
        ...{ intervention, granted: true, reasons: 'kanarieskäl', decidedAt: now() },
      });
    expect(answered(await decide('individual-support'))).toEqual([409, 'NOT_YET_ASSESSED']);
    expect(answered(await decide('trappan'))).toEqual([422, 'INTERVENTION_NOT_FOR_PERSON']);
    expect(answered(await decide('telephone-advice'))).toEqual([422, 'ANOTHER_UNIT_DECIDES']);
    await assess(matterId);
    const decided = await decide('individual-support');
    expect(answered(decided)).toEqual([201, undefined]);
    expect(await open(matterId)).toContain('commission');

    const { supportId, offer } = await support(matterId);
    const handOn = (commissionMatterId: string) =>
      rvt.post(`/matters/${matterId}/intervention-decisions/${decided.body.recordId}/hand-on`, {
        commissionMatterId,
      });
    expect(answered(await handOn(matterId))).toEqual([422, 'SUBJECT_NOT_OF_KIND']);
    expect(answered(await handOn(supportId))).toEqual([409, 'NOT_HANDED_ON']);
    await rvt.post('/dispatches', { previewId: (await offer()).body.previewId });
    expect(answered(await handOn(supportId))).toEqual([201, undefined]);
    expect(await open(matterId)).not.toContain('commission');
  });

  it('knows her again in the unit within the year, asks for a review, and tells nobody (E-3)', async () => {
    const known = () => aReport({ victims: [aVictim('victim-1', { number: NUMBER })] });
    const first = await held(known());
    const second = await held(known());
    expect(await open(first.matterId)).toContain('risk-review');
    expect((await risk(first.matterId)).events).toMatchObject([{ event: 'new-incident', source: 'told' }]);
    // Whether she is protected did not come with the handover: as long as nobody knows, only the entitled are shown a count.
    const { body } = await rvt.get(`/matters/${second.matterId}/repeat-incidents`);
    expect(body).toEqual({ count: 0, dates: [], isIdentityKnown: true, withinMonths: 12 });
    expect(answered(await worker.get(`/matters/${second.matterId}/repeat-incidents`))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  it('is closed to who let go of her, and to other units', async () => {
    const { taken } = await held();
    expect(answered(await triage(taken.child.matterId, 'NOT_NEEDED'))).toEqual([404, 'NOT_FOUND']);
    const other = await stage.as('rvt-case-worker-farsta');
    const { matterId } = await once();
    expect(answered(await other.get(`/matters/${matterId}/risk`))).toEqual([404, 'NOT_FOUND']);
  });

  let shared: Promise<{ matterId: string; taken: TakenCase }> | undefined;
  /** One case for the tests that only need one. */
  function once() {
    shared ??= held();
    return shared;
  }
});
