import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { advanceRecordTime, recordNow, setTimeMachine } from '#directory';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

const RVT = 'rvt-sydvast';
const HOUR = 3_600_000;
const ANSWERS = { 'consent-and-basis': { value: 'unknown' } };
type Body = Record<string, unknown>;
type Line = { field: string; why?: string; options?: { code: string; missing: string }[] };

describe('what leaves, field by field', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let rvt: As;
  let night: TakenCase;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), socialParty('rvt')]);
    await setTimeMachine(stage.admin, true);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    rvt = await stage.as('rvt-case-worker-sydvast');
  }, 120_000);
  afterAll(async () => stage?.stop());

  const at = async () => (await recordNow(stage.admin.manager)).toISOString();
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const outlook = (query = '') =>
    worker.get(`/dispatches/outlook?matterId=${night.adult.matterId}&toUnit=${RVT}${query}`);
  const preview = (some: Body) =>
    worker.post('/dispatches/preview', {
      items: [{ matterId: night.adult.matterId, toUnit: RVT, answers: ANSWERS, ...some }],
    });
  const send = (previewed: { body: { previewId: string } }) =>
    worker.post('/dispatches', { previewId: previewed.body.previewId });
  const consent = async (some: Body = {}): Promise<string> => {
    const answer = await worker.post(`/subjects/${night.adult.subjectId}/consents`, {
      actingUnit: NIGHT_UNIT,
      recipient: { unit: RVT },
      purpose: 'adult-safety',
      fields: 'all',
      answer: 'GIVEN',
      way: 'BY_PHONE',
      answeredAt: await at(),
      ...some,
    });
    expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
    return answer.body.recordId;
  };
  const decision = async (): Promise<string> => {
    const answer = await worker.post(`/subjects/${night.adult.subjectId}/individual-decisions`, {
      actingUnit: NIGHT_UNIT,
      recipient: { unit: RVT },
      purpose: 'adult-safety',
      fields: 'all',
      basis: 'X-IND',
      discloses: true,
      reasons: 'kanarieavvägning',
      decidedAt: await at(),
    });
    expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
    return answer.body.recordId;
  };
  const names = (lines: Line[]) => lines.map(({ field }) => field);
  const left = () =>
    stage.admin.query(
      `select d.basis, d.decision_ref, d.fields from custody.disclosure d join custody.handoff h on h.id = d.handoff_id
       where h.matter_id = $1 and h.from_unit = $2 order by d.basis`,
      [night.adult.matterId, NIGHT_UNIT],
    );

  describe('of an adult about whom nothing is said', () => {
    beforeAll(async () => {
      night = await takenCase(stage, police, worker);
    });

    it('shows what needs her consent, what needs a decision and why the rest stays, in words', async () => {
      const { status, body } = await outlook();
      expect([status, body.leaves]).toEqual([200, []]);
      expect(names(body.needsConsent)).toEqual(
        expect.arrayContaining(['subject.identity', 'safe-contact.card']),
      );
      // Her consent is not his: what concerns him needs somebody's decision.
      expect(names(body.needsDecision)).toEqual(['suspect.status']);
      expect(body.withheld).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ field: 'assessment.reasons', why: 'NOT_FOR_THIS_RECEIVER' }),
        ]),
      );
      const identity = body.needsConsent.find(({ field }: Line) => field === 'subject.identity');
      expect(identity.options).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ code: 'X-01', missing: 'NOT_RECORDED' }),
          expect.objectContaining({ code: 'X-IND', missing: 'NOT_RECORDED' }),
        ]),
      );
      const [hers, his] = ['X-01', 'X-IND'].map((code) =>
        body.bases.find((basis: { code: string }) => basis.code === code),
      );
      expect(hers.decidedBy).toEqual({ by: 'the-person', roles: [] });
      expect(his).toMatchObject({
        isUnclear: true,
        decidedBy: { by: 'role', roles: ['case-worker', 'unit-head'] },
      });
      for (const { text } of body.bases)
        expect([text.sv.length > 20, text.en.length > 20]).toEqual([true, true]);
    });

    it('keeps nothing, and is audited as a reading of what is known', async () => {
      const count = async () => {
        const [row] = await stage.admin.query(
          `select (select count(*)::int from custody.preview) as previews,
             (select count(*)::int from socialjouren.audit_leaf where kind = 'reading') as readings`,
        );
        return row;
      };
      const before = await count();
      await outlook();
      const after = await count();
      expect([after.previews - before.previews, after.readings - before.readings]).toEqual([0, 1]);
    });

    it('is nothing for a unit that does not hold her matter', async () => {
      const refused = await rvt.get(
        `/dispatches/outlook?matterId=${night.adult.matterId}&toUnit=rvt-skarpnack`,
      );
      expect(answered(refused)).toEqual([404, 'NOT_FOUND']);
    });

    it.each([
      ['the general clause', 'X-09', /10:27.*12:2/s],
      ['what is for the elderly', 'X-14', /26:9 c.*samtycke/s],
    ])('refuses %s with the rule and with what would make it lawful', async (_, code, words) => {
      const refused = await preview({ basis: { code, statement: 'vi tycker det' } });
      expect(answered(refused)).toEqual([422, 'BASIS_NOT_USABLE']);
      expect(refused.body.errors[0].message).toMatch(words);
      expect(answered(await outlook(`&basis=${code}`))).toEqual([422, 'BASIS_NOT_USABLE']);
    });

    it('refuses a basis of another way', async () => {
      expect(answered(await preview({ basis: { code: 'X-02', statement: 'plikt' } }))).toEqual([
        422,
        'BASIS_NOT_PERMITTED',
      ]);
    });

    it('does not rest on a consent that nobody named, and says so', async () => {
      const recordId = await consent();
      const { body } = await outlook();
      expect(body.leaves).toEqual([]);
      const identity = body.needsConsent.find(({ field }: Line) => field === 'subject.identity');
      expect(identity.options[0]).toMatchObject({ code: 'X-01', missing: 'NOT_NAMED' });
      const named = await outlook(`&basis=X-01&recordId=${recordId}`);
      expect(names(named.body.leaves)).toContain('subject.identity');
      expect(named.body.leaves[0].bases).toEqual([{ code: 'X-01', recordId }]);
    });
  });

  it('leaves on her consent what is hers and on a decision what is his, and both are kept apart', async () => {
    night = await takenCase(stage, police, worker);
    const [hers, his] = [await consent(), await decision()];
    const previewed = await preview({
      basis: { code: 'X-01', recordId: hers },
      furtherBases: [{ code: 'X-IND', recordId: his }],
    });
    expect([previewed.status, previewed.body.errors]).toEqual([200, undefined]);
    const [item] = previewed.body.items;
    const suspect = item.leaves.find(({ field }: Line) => field === 'suspect.status');
    expect(suspect.bases).toEqual([{ code: 'X-IND', recordId: his }]);
    expect((await send(previewed)).status).toBe(201);
    const rows: { basis: string; decision_ref: string; fields: string[] }[] = await left();
    expect(rows.map(({ basis, decision_ref }) => [basis, decision_ref])).toEqual([
      ['X-01', hers],
      ['X-IND', his],
    ]);
    expect(rows[0]?.fields).toContain('subject.identity');
    expect(rows[1]?.fields).toEqual(['suspect.status']);
  });

  describe('between preview and sending', () => {
    beforeEach(async () => {
      night = await takenCase(stage, police, worker);
    });

    it('a consent taken back stops everything that rests on it', async () => {
      const recordId = await consent();
      const previewed = await preview({ basis: { code: 'X-01', recordId } });
      const withdrawn = await worker.post(`/consents/${recordId}/withdraw`, {
        withdrawnAt: await at(),
        way: 'BY_PHONE',
      });
      expect(withdrawn.status).toBe(201);
      expect(answered(await send(previewed))).toEqual([409, 'BASIS_CHANGED']);
      expect(await left()).toEqual([]);
      // And no words beside it put it back.
      const stated = await preview({ basis: { code: 'X-01', statement: 'hon ångrade sig i telefon' } });
      expect(answered(stated)).toEqual([422, 'NO_BASIS']);
      expect(stated.body.errors[0].message).toContain('WITHDRAWN');
    });

    it('one of two that is taken back stops the whole, though the other stands', async () => {
      const [hers, his] = [await consent(), await decision()];
      const previewed = await preview({
        basis: { code: 'X-IND', recordId: his },
        furtherBases: [{ code: 'X-01', recordId: hers }],
      });
      expect(previewed.status).toBe(200);
      await consent({ answer: 'REFUSED' });
      expect(answered(await send(previewed))).toEqual([409, 'BASIS_CHANGED']);
      expect(await left()).toEqual([]);
    });

    it('a consent whose last day has passed stops it, and so does its end at the very preview', async () => {
      const until = new Date(Date.parse(await at()) + HOUR).toISOString();
      const recordId = await consent({ validUntil: until });
      const previewed = await preview({ basis: { code: 'X-01', recordId } });
      expect(previewed.status).toBe(200);
      await advanceRecordTime(stage.admin.manager, HOUR);
      expect(answered(await send(previewed))).toEqual([409, 'BASIS_CHANGED']);
      expect(await left()).toEqual([]);
      const late = await preview({ basis: { code: 'X-01', recordId } });
      expect(answered(late)).toEqual([422, 'NO_BASIS']);
      expect(late.body.errors[0].message).toContain('EXPIRED');
    });
  });

  it('handed on, each answer keeps where it came from and from whom it is kept', async () => {
    night = await takenCase(stage, police, worker);
    const previewed = await preview({ basis: { code: 'X-01', recordId: await consent() } });
    const sent = await send(previewed);
    expect(answered(sent)).toEqual([201, undefined]);
    const [{ handoffId }] = sent.body.handoffs;
    await rvt.post(`/handoffs/${handoffId}/open`);
    const content = await rvt.get(`/handoffs/${handoffId}/content`);
    const told = content.body.answers.find(({ field }: Line) => field === 'told.who-what');
    expect([told.source, told.keepFrom]).toEqual(['police', ['alleged-perpetrator']]);
    const apart = await rvt.get(`/handoffs/${handoffId}/safe-contact`);
    const card = apart.body.answers.find(({ field }: Line) => field === 'safe-contact.card');
    expect([card.source, card.keepFrom]).toEqual(['victim', ['alleged-perpetrator', 'guardians']]);
  });

  it('shows a receiver that did not take the matter no more of it, and its sender all that it wrote', async () => {
    night = await takenCase(stage, police, worker);
    const sent = await send(await preview({ basis: { code: 'X-01', recordId: await consent() } }));
    const [{ handoffId }] = sent.body.handoffs;
    const opened = await rvt.post(`/handoffs/${handoffId}/open`);
    expect((await rvt.get(`/handoffs/${handoffId}/content`)).status).toBe(200);
    const declined = await rvt.post(
      `/handoffs/${handoffId}/decline`,
      { reason: 'NOT_TARGET_GROUP' },
      { 'if-match': opened.headers['etag'] ?? '' },
    );
    expect(declined.body.phase).toBe('declined');
    expect(answered(await rvt.get(`/handoffs/${handoffId}/content`))).toEqual([409, 'CONTENT_CLOSED']);
    expect(answered(await rvt.get(`/handoffs/${handoffId}/safe-contact`))).toEqual([409, 'CONTENT_CLOSED']);
    expect((await worker.get(`/handoffs/${handoffId}/content`)).status).toBe(200);
  });
});
