import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schemaDifference } from '#database';
import { PartySteps } from '#party';
import { aReport, aVictim } from '../../libs/party/test/reports.js';
import { type As, openStage, type Stage } from '../../libs/party/test/stage.js';
import { BOU } from '../bou/bou.party.js';
import { CallOuts } from '../police/call-out/call-outs.service.js';
import { POLICE } from '../police/police.party.js';
import { RVT } from '../rvt/rvt.party.js';
import { SOCIALJOUREN } from './socialjouren.party.js';

const NIGHT_UNIT = 'socialjouren-stockholm';

describe('the night and the morning', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  beforeAll(async () => {
    stage = await openStage([POLICE, SOCIALJOUREN, RVT, BOU]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
  }, 120_000);
  afterAll(async () => stage?.stop());

  interface Matter {
    readonly matterId: string;
    readonly kind: string;
    readonly subjectId: string;
  }

  /** A case that socialjouren has taken, with its incident as socialjouren knows it. */
  async function taken() {
    const report = await police.post('/incidents', aReport({ victims: [aVictim('victim-1')] }));
    expect(report.status).toBe(201);
    const items = report.body.matters.map(({ matterId, kind }: Matter) => ({
      matterId,
      toUnit: NIGHT_UNIT,
      ...(kind === 'adult-safety' ? { basis: { code: 'X-02b', statement: 'kanarieavvägning' } } : {}),
    }));
    const preview = await police.post('/dispatches/preview', { items });
    const dispatch = await police.post('/dispatches', { previewId: preview.body.previewId });
    expect([dispatch.status, dispatch.body.code]).toEqual([201, undefined]);
    for (const { handoffId } of dispatch.body.handoffs) await worker.post(`/handoffs/${handoffId}/open`);
    const accepted = await worker.post(`/dispatches/${dispatch.body.dispatchId}/accept`);
    expect([accepted.status, accepted.body.code]).toEqual([200, undefined]);
    const child = report.body.matters.find(({ kind }: Matter) => kind === 'child-protection').matterId;
    const adult = report.body.matters.find(({ kind }: Matter) => kind === 'adult-safety').matterId;
    const [childView, adultView] = [
      await worker.get(`/matters/${child}`),
      await worker.get(`/matters/${adult}`),
    ];
    return { child: childView.body, adult: adultView.body, incident: childView.body.incidentId };
  }

  it('has a schema in each party that differs in nothing from its entities', async () => {
    for (const party of [POLICE, SOCIALJOUREN, RVT, BOU]) {
      const difference = await schemaDifference(stage.database.adminUrl, party.schema);
      expect([party.name, difference]).toEqual([party.name, []]);
    }
  });

  it('gives socialjouren other ids of the incident and its persons than the police have', async () => {
    const report = await police.post('/incidents', aReport());
    const [matter] = report.body.matters;
    const own = await police.get(`/matters/${matter.matterId}`);
    expect(own.body.subjectId).toBe(matter.subjectId);
    const { child } = await taken();
    expect((await police.get(`/incidents/${child.incidentId}`)).status).toBe(404);
  });

  it('never opens a visit by the programme alone, and records a decision with necessity and ground', async () => {
    const { incident } = await taken();
    const path = `/incidents/${incident}/attendance-decision`;
    const flagged = await worker.post(path, { actingUnit: NIGHT_UNIT, attends: true });
    expect([flagged.status, flagged.body.code]).toEqual([422, 'NECESSITY_REQUIRED']);
    expect(flagged.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'necessity',
      'legalGround',
    ]);
    const decided = await worker.post(path, {
      actingUnit: NIGHT_UNIT,
      attends: true,
      necessity: 'kanarienödvändighet',
      legalGround: 'EMERGENCY',
    });
    expect([decided.status, decided.body.code]).toEqual([201, undefined]);
  });

  it('meets D-01 and D-02 with the time of the assessment, and passes both to the story', async () => {
    const { incident, child } = await taken();
    const assessedAt = new Date().toISOString();
    const recorded = await worker.post(`/incidents/${incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'kanarieskäl',
      childHeard: 'YES',
      assessedAt,
    });
    expect([recorded.status, recorded.body.code]).toEqual([201, undefined]);
    await eventually(async () => {
      const { body } = await worker.get(`/matters/${child.matterId}`);
      const duties = body.deadlines.filter(
        ({ rule }: { rule: string }) => rule === 'D-01' || rule === 'D-02',
      );
      expect(duties.map(({ endedAs }: { endedAs: string | null }) => endedAs)).toEqual(['met', 'met']);
    });
    const [row] = await stage.admin.query(
      `select s.process_id, s.occurrence from custody.step s join custody.deadline d on d.id = s.deadline_id
       where d.clock_id = $1 and s.step_key = 'protection-assessment'`,
      [child.matterId],
    );
    const steps = stage.app('socialjouren').get(PartySteps, { strict: false });
    const state = await steps.ensure({
      process: 'call-out',
      processId: row.process_id,
      stepKey: 'protection-assessment',
      occurrence: row.occurrence,
    });
    expect(state.met).toBe(true);
    const facts = await stage
      .app('police')
      .get(CallOuts, { strict: false })
      .facts({ incidentId: row.process_id });
    expect(facts).toMatchObject({ childCheckRecorded: true, firstSocialParty: 'socialjouren' });
    expect(facts.matters.map(({ state: at }) => at)).toEqual([
      'held-by-socialjouren',
      'held-by-socialjouren',
    ]);
  });

  it('asks for an attendance decision once, and is answered by the decision', async () => {
    const { incident, child } = await taken();
    const [row] = await stage.admin.query('select incident_id from custody.matter where id = $1', [
      child.matterId,
    ]);
    const steps = stage.app('socialjouren').get(PartySteps, { strict: false });
    const step = {
      process: 'call-out',
      processId: row.incident_id,
      stepKey: 'attendance-decision',
      occurrence: '1',
    };
    expect(await steps.ensure(step)).toEqual({ met: false, outcome: null });
    expect(await steps.ensure(step)).toEqual({ met: false, outcome: null });
    const [{ n }] = await stage.admin.query(
      'select count(*)::int as n from socialjouren.deadline where clock_id = $1',
      [row.incident_id],
    );
    expect(n).toBe(1);
    await worker.post(`/incidents/${incident}/attendance-decision`, {
      actingUnit: NIGHT_UNIT,
      attends: false,
    });
    expect(await steps.ensure(step)).toEqual({ met: true, outcome: 'DOES_NOT_ATTEND' });
  });

  it('shows the morning with the right unit for each and why, and sends it on a recorded basis', async () => {
    const { incident, child, adult } = await taken();
    await worker.post(`/incidents/${incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'kanarieskäl',
      childHeard: 'unknown',
      assessedAt: new Date().toISOString(),
    });
    const consent = await worker.post(`/subjects/${adult.subjectId}/consents`, {
      actingUnit: NIGHT_UNIT,
      answer: 'GIVEN',
      recipient: { unit: 'rvt-sydvast' },
      purpose: 'adult-safety',
      purposeInWords: 'kanariesyfte',
      fields: 'all',
      way: 'BY_PHONE',
      answeredAt: new Date().toISOString(),
      note: 'kanariesamtycke',
    });
    expect([consent.status, consent.body.code]).toEqual([201, undefined]);

    const morning = await worker.get(`/incidents/${incident}/morning-handover`);
    expect([morning.status, morning.body.code]).toEqual([200, undefined]);
    const forChild = morning.body.items.find(({ kind }: Matter) => kind === 'child-protection');
    const forAdult = morning.body.items.find(({ kind }: Matter) => kind === 'adult-safety');
    expect([forChild.toUnit, forAdult.toUnit]).toEqual(['bou-skarpnack', 'rvt-sydvast']);
    expect(forChild.because.length).toBeGreaterThan(1);
    expect(forAdult).toMatchObject({ needsBasis: true, basisRecords: [consent.body.recordId] });

    const answers = { 'consent-and-basis': { value: 'unknown' } };
    const items = [
      { matterId: forChild.matterId, answers },
      { matterId: forAdult.matterId, answers, basis: { code: 'X-01', recordId: consent.body.recordId } },
    ];
    const preview = await worker.post('/dispatches/preview', { items });
    expect([preview.status, preview.body.code, preview.body.errors]).toEqual([200, undefined, undefined]);
    const dispatch = await worker.post('/dispatches', { previewId: preview.body.previewId });
    expect([dispatch.status, dispatch.body.code]).toEqual([201, undefined]);

    const bou = await stage.as('bou-case-worker-skarpnack');
    const inbox = await bou.get('/inbox');
    const [offer] = inbox.body.items;
    const content = await bou.get(`/handoffs/${offer.handoffId}/content`);
    expect(content.text).toContain('kanarieskäl');
    expect(content.text).not.toContain('kanarie-nummer');
    const opened = await bou.post(`/handoffs/${offer.handoffId}/open`);
    const match = { 'if-match': opened.headers['etag'] ?? '' };
    const accepted = await bou.post(`/handoffs/${offer.handoffId}/accept`, {}, match);
    expect([accepted.status, accepted.body.phase]).toEqual([200, 'accepted']);
    const line = await bou.get(`/matters/${offer.matterId}/responsibility`);
    expect(line.body.spells.map(({ unit }: { unit: string }) => unit)).toEqual([
      'lpo-globen',
      NIGHT_UNIT,
      'bou-skarpnack',
    ]);
  });

  it('does not take a consent of another person as a basis', async () => {
    const { incident, adult } = await taken();
    const other = await taken();
    const consent = await worker.post(`/subjects/${other.adult.subjectId}/consents`, {
      actingUnit: NIGHT_UNIT,
      answer: 'GIVEN',
      recipient: { unit: 'rvt-sydvast' },
      purpose: 'adult-safety',
      fields: 'all',
      way: 'unknown',
      answeredAt: new Date().toISOString(),
    });
    const answer = await worker.post('/dispatches/preview', {
      items: [{ matterId: adult.matterId, basis: { code: 'X-01', recordId: consent.body.recordId } }],
    });
    expect([answer.status, answer.body.code]).toEqual([422, 'NO_BASIS']);
    expect(incident).not.toBe(other.incident);
  });
});

async function eventually(check: () => Promise<void>): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
