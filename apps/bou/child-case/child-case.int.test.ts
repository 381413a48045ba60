import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CHILD_WITHOUT_OWNER_SQL } from '#custody';
import { Effects } from '#party';
import { asUnits } from '../../../libs/party/record/as-units.js';
import { PLAIN_POLICE, socialParty } from '../../../libs/party/test/social-parties.js';
import { type As, openStage, type Stage } from '../../../libs/party/test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../../../libs/party/test/taken-case.js';
import { until } from '../../../libs/party/test/until.js';
import { BOU } from '../bou.party.js';

const BOU_UNIT = 'bou-skarpnack';

/** A child as BoU sees it after the morning: its report, and the incident under BoU's own ids. */
interface ChildAtBou {
  readonly matterId: string;
  readonly subjectId: string;
  readonly incidentId: string;
  readonly night: TakenCase;
}

/** A child whom socialjouren assessed in the night and BoU took in the morning. */
async function takenByBou(stage: Stage, { assessed = true } = {}): Promise<ChildAtBou> {
  const police = await stage.as('police-liaison-globen');
  const worker = await stage.as('socialjouren-case-worker');
  const bou = await stage.as('bou-case-worker-skarpnack');
  const night = await takenCase(stage, police, worker);
  const { matterId } = night.child;
  if (assessed) await assess(worker, night.incident, NIGHT_UNIT, night.child.subjectId);
  const answers = { 'consent-and-basis': { value: 'unknown' }, 'told.who-what': { value: 'unknown' } };
  const preview = await worker.post('/dispatches/preview', {
    items: [{ matterId, toUnit: BOU_UNIT, answers }],
  });
  const sent = await worker.post('/dispatches', { previewId: preview.body.previewId });
  const path = `/handoffs/${sent.body.handoffs[0].handoffId}`;
  const opened = await bou.post(`${path}/open`);
  await bou.post(`${path}/accept`, {}, { 'if-match': opened.headers['etag'] ?? '' });
  const { body } = await bou.get(`/matters/${matterId}`);
  return { matterId, subjectId: body.subjectId, incidentId: body.incidentId, night };
}

/** The protection assessment of a child by a unit. */
function assess(as: As, incident: string, actingUnit: string, subjectId: string) {
  return as.post(`/incidents/${incident}/protection-assessments`, {
    ...{ actingUnit, subjectId, outcome: 'NO_IMMEDIATE_NEED', reasons: 'skäl', childHeard: 'unknown' },
    assessedAt: new Date().toISOString(),
  });
}

const now = () => new Date().toISOString();
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

describe("a child's case at BoU", () => {
  let stage: Stage;
  let bou: As;
  let head: As;
  let child: ChildAtBou;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), BOU]);
    bou = await stage.as('bou-case-worker-skarpnack');
    head = await stage.as('bou-unit-head-skarpnack');
    child = await takenByBou(stage);
  }, 120_000);
  afterAll(async () => stage?.stop());

  const decide = (matterId: string, some: Record<string, unknown> = {}) =>
    bou.post(`/matters/${matterId}/investigation-decision`, {
      ...{ opened: true, ground: 'VIOLENCE', reasons: 'kanariebeslut', decidedAt: now(), ...some },
    });
  const act = (body: Record<string, unknown>, as: As = bou, matterId = child.matterId) =>
    as.post(`/matters/${matterId}/child-case/acts`, { reasons: 'kanarieåtgärd', at: now(), ...body });
  const seen = async (matterId = child.matterId) => (await bou.get(`/matters/${matterId}/child-case`)).body;
  const asks = async (): Promise<string[]> => (await seen()).asks.map(({ step }: { step: string }) => step);
  const published = async (): Promise<string[]> => {
    const rows: { code: string }[] = await stage.admin.query(
      `select f.code from custody.published_fact f where f.from_unit = $1 order by f.published_at, f.code`,
      [BOU_UNIT],
    );
    return rows.map(({ code }) => code);
  };
  const told = (code: string) =>
    until(async () => ((await published()).includes(code) ? await published() : undefined));
  /** The police let it be known that he is arrested, as their act's transaction does. */
  async function arrest(): Promise<void> {
    const effects = stage.app('police').get(Effects, { strict: false });
    const at = new Date();
    await asUnits(stage.app('police').get(DataSource, { strict: false }), ['lpo-globen'], (manager) =>
      effects.publish(manager, {
        ...{ causeId: randomUUID(), code: 'suspect-arrested', incidentId: child.night.recordId },
        ...{ unit: 'lpo-globen', effectiveAt: at, recordedAt: at },
      }),
    );
    await effects.relay();
  }
  const guardian = async (): Promise<{ personRef: string }> => {
    const postponed = await bou.post(`/subjects/${child.subjectId}/safety-gate`, {
      ...{ actingUnit: BOU_UNIT, person: { relation: 'guardian', description: 'Pappan' } },
      ...{ decision: 'postponed', ground: 'OSL-12-3', reasons: 'kanarieskydd', reviewOn: inDays(7) },
    });
    return postponed.body.person;
  };

  it('is none before the decision on an investigation', async () => {
    expect(answered(await act({ kind: 'plan' }))).toEqual([404, 'NOT_FOUND']);
    expect((await bou.get(`/matters/${child.matterId}/child-case`)).status).toBe(404);
  });

  it('begins with the decision: notices (D-06), plan, the two checks and four months (D-05) are asked of the unit', async () => {
    expect((await decide(child.matterId)).status).toBe(201);
    const { phase, asks: waits, openedAt, endsAt } = await seen();
    expect(phase).toBe('running');
    expect(waits.map(({ step, rule }: { step: string; rule: string }) => [step, rule])).toEqual([
      ['notices', 'D-06'],
      ['plan', 'investigation-plan'],
      ['time-check', 'investigation-warning'],
      ['time-check', 'investigation-warning'],
      ['investigation', 'D-05'],
    ]);
    expect(waits[4].dueAt).toBe(endsAt);
    expect(Date.parse(endsAt) - Date.parse(openedAt)).toBeGreaterThan(118 * 86_400_000);
    const [stream]: { open: boolean }[] = await stage.admin.query(
      `select open from bou.stream where kind = 'child-decision'`,
    );
    expect(stream?.open).toBe(true);
    expect(await told('investigation-opened')).toContain('investigation-opened');
  });

  it('tells nobody past her safety gate: a postponed guardian is not told, summoned or served (D-06)', async () => {
    const person = await guardian();
    for (const body of [
      { kind: 'notice', outcome: 'TOLD', person },
      { kind: 'reach', outcome: 'APPOINTMENT', person },
      { kind: 'reach', outcome: 'DECISION_SERVED', person },
    ]) {
      expect(answered(await act(body))).toEqual([409, 'SAFETY_GATE_CLOSED']);
    }
    expect(answered(await act({ kind: 'notices-complete' }))).toEqual([409, 'NOTICES_MISSING']);
    expect((await act({ kind: 'notice', outcome: 'NOT_TOLD', person })).status).toBe(201);
    await bou.post(`/subjects/${child.subjectId}/safety-gate`, {
      ...{ actingUnit: BOU_UNIT, person, decision: 'now', reasons: 'kanarieomprövning' },
    });
    expect((await act({ kind: 'notice', outcome: 'TOLD', person })).status).toBe(201);
    expect((await act({ kind: 'notices-complete' })).status).toBe(201);
    expect((await act({ kind: 'plan' })).status).toBe(201);
    expect(await asks()).toEqual(['time-check', 'time-check', 'investigation']);
  });

  it('moves its end only by a recorded decision, and back when that was a mistake (D-05)', async () => {
    const { endsAt } = await seen();
    expect(answered(await act({ kind: 'extension', until: inDays(30) }))).toEqual([
      409,
      'EXTENSION_NOT_LATER',
    ]);
    const extended = await act({ kind: 'extension', until: inDays(180) });
    const after = await seen();
    expect([after.isExtended, after.endsAt > endsAt]).toEqual([true, true]);
    expect(after.asks.at(-1)).toMatchObject({
      step: 'investigation',
      rule: 'D-05-extended',
      dueAt: after.endsAt,
    });
    const wrong = { kind: 'entered-in-error', act: extended.body.recordId };
    expect((await act(wrong)).status).toBe(201);
    expect(answered(await act(wrong))).toEqual([409, 'ALREADY_TAKEN_BACK']);
    expect(await seen()).toMatchObject({ isExtended: false, endsAt });
    const open: { rule: string }[] = await stage.admin.query(
      `select d.rule from bou.deadline d join bou.step s on s.deadline_id = d.id
       where s.process = 'child-decision' and s.step_key = 'investigation' and d.ended_at = 'infinity'`,
    );
    expect(open).toEqual([{ rule: 'D-05' }]);
  });

  it('is finished here when the child moves, unless another agrees to take it over', async () => {
    await act({ kind: 'move' });
    await act({ kind: 'take-over', outcome: 'ASKED' });
    expect(answered(await act({ kind: 'closing', outcome: 'TAKEN_OVER' }))).toEqual([
      409,
      'TAKE_OVER_NOT_AGREED',
    ]);
    const { headers } = await bou.get(`/matters/${child.matterId}`);
    const decision = { nothingFurtherNeeded: true, reasons: 'kanarie' };
    const closed = await bou.post(
      `/matters/${child.matterId}/close`,
      { outcome: 'NOTHING_FURTHER', decision },
      { 'if-match': headers['etag'] ?? '' },
    );
    expect(answered(closed)).toEqual([409, 'INVESTIGATION_RUNNING']);
  });

  const criteria = (some: Record<string, unknown> = {}) => ({
    ...{ kind: 'programme', age: 7, isSafe: 'yes', hasUnsafeContact: 'no', isReceptive: 'yes' },
    ...{ parents: [{ isCustodian: 'no', isAtRvc: 'yes' }], deliveredBy: 'rvc', ...some },
  });

  it('decides on support by the criteria and on a consent path that carries it (R-006, R-013, R-014)', async () => {
    expect((await act(criteria())).status).toBe(201);
    expect((await seen()).programme).toBe('TRAPPAN');
    const here = { kind: 'support', outcome: 'GRANTED_HERE_AND_NOW' };
    expect(answered(await act(here))).toEqual([409, 'PROGRAMME_NOT_BY_CRITERIA']);
    const trappan = { kind: 'support', outcome: 'GRANTED_TRAPPAN' };
    expect(answered(await act(trappan))).toEqual([409, 'CONSENT_PATH_FIRST']);
    expect(answered(await act({ kind: 'closing', outcome: 'SUPPORT' }))).toEqual([
      409,
      'SUPPORT_NOT_DECIDED',
    ]);
    const path = await bou.post(`/subjects/${child.subjectId}/consent-path`, {
      ...{
        actingUnit: BOU_UNIT,
        measure: 'trappan-or-here-and-now',
        birthDate: 'unknown',
        age: 13,
        guardians: [],
      },
      ...{ view: 'consents', suitability: 'suitable' },
    });
    expect([path.status, path.body.allowsConsentOf]).toEqual([201, 'child']);
    expect((await act(trappan)).status).toBe(201);
    expect(await asks()).toEqual(['time-check', 'time-check', 'investigation', 'commission', 'delivery']);
    expect(await told('child-support-decided')).toContain('child-support-decided');
    expect((await seen()).support).toMatchObject({ usualSessions: { from: 3, to: 10 }, startedAt: null });
  });

  it('tracks the delivery: commissioned in a matter of the child, begun, counted (C-12, D-16)', async () => {
    expect(answered(await act({ kind: 'commission', outcome: 'TO_RVC' }))).toEqual([400, 'INVALID_INPUT']);
    const other = { kind: 'commission', outcome: 'TO_RVC', matterId: child.matterId };
    expect(answered(await act(other))).toEqual([404, 'NOT_FOUND']);
    const opened = await bou.post('/matters', {
      ...{ actingUnit: BOU_UNIT, kind: 'child-support', subjectId: child.subjectId },
    });
    expect((await act({ ...other, matterId: opened.body.matterId })).status).toBe(201);
    const delivery = (await seen()).asks.find(({ step }: { step: string }) => step === 'delivery');
    expect(delivery.rule).toBe('D-16');
    await act({ kind: 'delivery', outcome: 'STARTED' });
    await act({ kind: 'delivery', outcome: 'SESSION' });
    expect(await asks()).toEqual(['time-check', 'time-check', 'investigation']);
    expect((await seen()).support.sessions).toBe(1);
  });

  it('reviews the risk the same day and the programme anew when he is arrested (D-19, R-015)', async () => {
    await arrest();
    const fact = await until(async () =>
      (await seen()).asks.find(({ step }: { step: string }) => step === 'risk-review'),
    );
    expect([fact.rule, (await asks()).includes('programme-review')]).toEqual(['child-risk-review', true]);
    expect((await act({ kind: 'risk-review', fact: fact.occurrence, outcome: 'HIGHER' })).status).toBe(201);
    await act(criteria({ hasUnsafeContact: 'unknown' }));
    const waits = await asks();
    expect(waits.filter((step) => step.endsWith('review'))).toEqual(['support-review']);
    expect((await act({ kind: 'support', outcome: 'GRANTED_HERE_AND_NOW' })).status).toBe(201);
    expect((await asks()).filter((step) => step.endsWith('review'))).toEqual([]);
  });

  it('links a second report to the running investigation, with how the child was found to be the same (D-03)', async () => {
    const second = await takenByBou(stage);
    const { caseId } = await seen();
    const linked = {
      opened: false,
      ground: 'ALREADY_INVESTIGATED',
      runsIn: caseId,
      samePersonBy: 'SAME_NUMBER',
    };
    expect(answered(await decide(second.matterId, { ...linked, samePersonBy: undefined }))).toEqual([
      400,
      'INVALID_INPUT',
    ]);
    expect(answered(await decide(second.matterId, { ...linked, runsIn: randomUUID() }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    expect((await decide(second.matterId, linked)).status).toBe(201);
    const acts: { kind: string; outcome: string }[] = (await seen()).acts;
    expect(acts.at(-1)).toMatchObject({ kind: 'second-report', outcome: 'SAME_NUMBER' });
  });

  it('follows up only by decision after a closing without a measure, and only once (D-07)', async () => {
    const followUp = { kind: 'follow-up', outcome: 'AFTER_INVESTIGATION' };
    expect(answered(await act(followUp))).toEqual([409, 'FOLLOW_UP_CONDITIONS_NOT_MET']);
    await act({ kind: 'support', outcome: 'ENDED' });
    expect((await act({ kind: 'closing', outcome: 'NO_MEASURE' })).status).toBe(201);
    expect(await told('investigation-closed')).toContain('investigation-closed');
    expect(await asks()).toEqual([]);
    expect((await act(followUp)).status).toBe(201);
    const [waits] = (await seen()).asks;
    expect(waits).toMatchObject({ step: 'follow-up', rule: 'D-07' });
    expect((await act({ kind: 'follow-up-end', outcome: 'NO_FURTHER_NEED' }, head)).status).toBe(201);
    expect(await asks()).toEqual([]);
  });

  it('offers the youth clinic besides the report where the relationship is young (R-024)', async () => {
    await act({ kind: 'young-relationship', outcome: 'EXPOSED' });
    expect(await asks()).toEqual(['youth-clinic']);
    await act({ kind: 'youth-clinic', outcome: 'REFERRED' });
    expect(await asks()).toEqual([]);
  });

  it('leaves no child of an incident without an owner, and finds one who has none (C-11)', async () => {
    const unowned = (): Promise<{ id: string }[]> => stage.admin.query(CHILD_WITHOUT_OWNER_SQL);
    expect(await unowned()).toEqual([]);
    await stage.admin.query(
      `insert into custody.subject select (jsonb_populate_record(s, jsonb_build_object('id', $2::text))).*
       from custody.subject s where s.id = $1`,
      [child.night.childId, randomUUID()],
    );
    expect(await unowned()).toEqual([{ id: child.night.recordId }]);
  });

  it('is nothing to another unit, takes no future time, and keeps every word sealed', async () => {
    const other = await stage.as('bou-case-worker-farsta');
    expect(answered(await act({ kind: 'plan' }, other))).toEqual([404, 'NOT_FOUND']);
    expect((await other.get(`/matters/${child.matterId}/child-case`)).status).toBe(404);
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    expect(answered(await act({ kind: 'young-relationship', outcome: 'EXPOSED', at: ahead }))).toEqual([
      400,
      'INVALID_INPUT',
    ]);
    const rows: { text: string }[] = await stage.admin.query('select a::text as text from bou.child_act a');
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ text }) => text.includes('kanarie'))).toEqual([]);
  });

  it('contacts and books no guardian before the protection assessment; the child may be met, and afterwards each gate decides (D-01, D-02)', async () => {
    const worker = await stage.as('socialjouren-case-worker');
    const police = await stage.as('police-liaison-globen');
    const { child: unassessed, incident } = await takenCase(stage, police, worker);
    const step = async (action: string, body: Record<string, unknown>) => {
      const { headers } = await worker.get(`/matters/${unassessed.matterId}`);
      return worker.post(`/matters/${unassessed.matterId}/${action}`, body, {
        'if-match': headers['etag'] ?? '',
      });
    };
    const attempt = { outcome: 'no-answer' };
    const booked = { at: now(), contact: undefined };
    expect(answered(await step('contact-attempt', attempt))).toEqual([409, 'PROTECTION_ASSESSMENT_FIRST']);
    expect(answered(await step('schedule', booked))).toEqual([409, 'PROTECTION_ASSESSMENT_FIRST']);
    expect(answered(await step('contact-attempt', { ...attempt, reaches: 'child' }))).not.toEqual([
      409,
      'PROTECTION_ASSESSMENT_FIRST',
    ]);
    await assess(worker, incident, NIGHT_UNIT, unassessed.subjectId);
    const { body } = await worker.post(`/subjects/${unassessed.subjectId}/safety-gate`, {
      ...{ actingUnit: NIGHT_UNIT, person: { relation: 'guardian', description: 'Pappan' } },
      ...{ decision: 'postponed', ground: 'OSL-12-3', reasons: 'skäl', reviewOn: inDays(7) },
    });
    await until(async () => {
      const answer = await step('contact-attempt', { ...attempt, reaches: body.person });
      return answer.body.code === 'SAFETY_GATE_CLOSED' ? true : undefined;
    });
  });
});
