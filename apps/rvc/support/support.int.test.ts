import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aReport } from '../../../libs/party/test/reports.js';
import { type As, openStage, type Stage } from '../../../libs/party/test/stage.js';
import { until } from '../../../libs/party/test/until.js';
import { RVC } from '../rvc.party.js';

const UNIT = 'rvc-sydost';
const now = () => new Date().toISOString();
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('support of RVC to who came by herself (R-001, R-004, REC-6)', () => {
  let stage: Stage;
  let worker: As;
  let head: As;
  let matterId: string;
  let childId: string;
  beforeAll(async () => {
    stage = await openStage([RVC]);
    worker = await stage.as('rvc-case-worker-sydost');
    head = await stage.as('rvc-unit-head-sydost');
    const reported = await worker.post(
      '/incidents',
      aReport({ actingUnit: UNIT, kind: 'self-referral', occurredAt: 'unknown' }),
    );
    expect(reported.status).toBe(201);
    const subjectOf = (role: string) =>
      reported.body.subjects.find((one: { role: string }) => one.role === role).subjectId;
    const opened = async (kind: string, role: string): Promise<string> =>
      (await worker.post('/matters', { actingUnit: UNIT, kind, subjectId: subjectOf(role) })).body.matterId;
    matterId = reported.body.matters.find((one: { kind: string }) => one.kind === 'adult-support').matterId;
    childId = await opened('child-support', 'child');
  }, 120_000);
  afterAll(async () => stage?.stop());

  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const begin = (some: Record<string, unknown> = {}, id = matterId) =>
    worker.post(`/matters/${id}/support`, {
      ...{ channel: 'self-referral', isAdult: 'unknown', anonymous: true, need: 'kanariebehov' },
      ...{ referredAt: now(), ...some },
    });
  const book = (some: Record<string, unknown> = {}, id = matterId) =>
    worker.post(`/matters/${id}/support-sessions`, {
      ...{ intervention: 'INDIVIDUAL_ATV', modality: 'individual', startsAt: now(), note: 'kanarieord' },
      ...some,
    });
  const tell = (sessionId: string, some: Record<string, unknown>, id = matterId) =>
    worker.post(`/matters/${id}/support-sessions/${sessionId}/outcome`, some);
  const step = (name: string, some: Record<string, unknown> = {}, as = worker) =>
    as.post(`/matters/${matterId}/support-investigation`, { step: name, at: now(), ...some });
  const view = async () => (await worker.get(`/matters/${matterId}/support`)).body;

  it('begins when it is recorded how she came, anonymous or not, and with nobody under 18 (R-024)', async () => {
    expect(answered(await book())).toEqual([409, 'SUPPORT_NOT_BEGUN']);
    expect(answered(await begin({ isAdult: false }))).toEqual([422, 'SUPPORT_FROM_18']);
    expect((await begin()).body.version).toBe(1);
    expect((await view()).begun).toMatchObject({ anonymous: true, channel: { code: 'self-referral' } });
    expect((await begin({ anonymous: false, isAdult: true, asksAsCouple: true })).body.version).toBe(2);
    expect((await view()).begun).toMatchObject({ anonymous: false, asksAsCouple: true });
  });

  it('gives nobody an intervention that is for others, and no joint session (R-009, C-20)', async () => {
    expect(answered(await book({ intervention: 'NON_VIOLENCE_GROUP', modality: 'group' }))).toEqual([
      ...[422, 'INTERVENTION_NOT_FOR_PERSON'],
    ]);
    expect(answered(await book({ intervention: 'COUPLE_SESSION', modality: 'joint' }))).toEqual([
      ...[422, 'JOINT_SESSION_NOT_SAFE'],
    ]);
  });

  it('logs what became of each session; one missed spends none of the five', async () => {
    const missed = (await book()).body.recordId;
    expect((await tell(missed, { state: 'NO_SHOW' })).body.version).toBe(2);
    for (const _ of [1, 2, 3]) {
      const { recordId } = (await book()).body;
      const held = { state: 'ATTENDED', content: 'SAFETY_PLAN', note: 'kanarieord' };
      expect((await tell(recordId, held)).status).toBe(201);
    }
    expect((await view()).conversations).toEqual({ spent: 3, free: 5, offerInvestigation: false });
    const later = (await book({ startsAt: inDays(3) })).body.recordId;
    expect(answered(await tell(later, { state: 'ATTENDED', content: 'CRISIS' }))).toEqual([
      ...[400, 'INVALID_INPUT'],
    ]);
    expect((await view()).conversations).toEqual({ spent: 4, free: 5, offerInvestigation: true });
  });

  it('stops at five, telephone advice apart; two who book the fifth at once do not both get it', async () => {
    expect((await step('OFFERED')).status).toBe(201);
    const both = await Promise.all([book(), book()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(answered(await book())).toEqual([409, 'FIVE_CONVERSATIONS_SPENT']);
    expect((await book({ intervention: 'TELEPHONE_ADVICE', modality: 'telephone' })).status).toBe(201);
  });

  it('goes on while RVT investigates until the day that the unit head sets, and after RVT has granted it', async () => {
    const bridge = { until: inDays(14), reasons: 'kanarieskäl' };
    expect(answered(await step('BRIDGED', bridge, head))).toEqual([409, 'INVESTIGATION_STEP_ORDER']);
    expect((await step('ACCEPTED')).status).toBe(201);
    expect(answered(await step('BRIDGED', bridge))).toEqual([403, 'BRIDGE_BY_UNIT_HEAD']);
    expect((await step('BRIDGED', bridge, head)).status).toBe(201);
    expect((await book({ startsAt: inDays(13) })).status).toBe(201);
    expect(answered(await book({ startsAt: inDays(15) }))).toEqual([409, 'FIVE_CONVERSATIONS_SPENT']);
    expect(answered(await step('GRANTED'))).toEqual([422, 'DECISION_REFERENCE']);
    expect((await step('GRANTED', { decision: 'kanariebeslut' })).status).toBe(201);
    expect((await book({ startsAt: inDays(15) })).status).toBe(201);
  });

  it('is given to a child by decision of BoU alone, without a count of five (R-006, C3)', async () => {
    expect(answered(await begin({}, childId))).toEqual([422, 'CHILD_SUPPORT_BY_DECISION']);
    expect((await begin({ channel: 'bou-decision', decision: 'kanariebeslut' }, childId)).status).toBe(201);
    for (const _ of [1, 2, 3, 4, 5, 6]) {
      expect((await book({ intervention: 'TRAPPAN' }, childId)).status).toBe(201);
    }
  });

  it('lets BoU know once that a child’s support has begun, when the first session was held (C3)', async () => {
    const begun = (): Promise<{ matter_id: string }[]> =>
      stage.admin.query(`select matter_id from custody.published_fact where code = 'child-support-started'`);
    const hold = async (content: string) => {
      const { recordId } = (await book({ intervention: 'TRAPPAN' }, childId)).body;
      expect((await tell(recordId, { state: 'ATTENDED', content }, childId)).status).toBe(201);
      return await until(async () => ((await begun()).length > 0 ? begun() : undefined));
    };
    expect(await hold('CONTACT')).toEqual([{ matter_id: childId }]);
    expect(await hold('RECONSTRUCTION')).toHaveLength(1);
  });

  it('keeps every word sealed, and is another unit’s to see or do nothing with', async () => {
    const other = await stage.as('rvc-case-worker-innerstad');
    expect(answered(await other.get(`/matters/${matterId}/support`))).toEqual([404, 'NOT_FOUND']);
    const rows: { text: string }[] = await stage.admin.query(
      `select t::text as text from rvc.support_beginning t union all select t::text from rvc.support_session t
       union all select t::text from rvc.support_investigation t`,
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ text }) => text.includes('kanarie'))).toEqual([]);
  });
});
