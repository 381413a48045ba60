import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { schemaDifference } from '#database';
import { advanceRecordTime, setTimeMachine } from '#directory';
import { PartyClock } from '../clock/party-clock.js';
import { Effects } from '../effects/effects.js';
import { aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';
import { SafetyGate } from './safety-gate.service.js';

const DAY = 86_400_000;
const now = () => new Date().toISOString();
/** A local day some days from now. */
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

describe('the safety gate and the path of a child’s consent', () => {
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
    night = await assessedCase();
  }, 120_000);
  afterAll(async () => stage?.stop());

  type Body = Record<string, unknown>;
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  /** A child whose protection is assessed: from then on a guardian may be told. */
  async function assessedCase(): Promise<TakenCase> {
    const taken = await takenCase(stage, police, worker);
    await worker.post(`/incidents/${taken.incident}/protection-assessments`, {
      actingUnit: NIGHT_UNIT,
      subjectId: taken.child.subjectId,
      outcome: 'NO_IMMEDIATE_NEED',
      reasons: 'skäl',
      childHeard: 'YES',
      assessedAt: now(),
    });
    await stage.app('socialjouren').get(Effects, { strict: false }).relay();
    return taken;
  }

  const decide = (some: Body, of = night) =>
    worker.post(`/subjects/${of.child.subjectId}/safety-gate`, {
      actingUnit: NIGHT_UNIT,
      decision: 'now',
      reasons: 'kanarieskäl',
      ...some,
    });
  const postponed = (person: Body, some: Body = {}) =>
    decide({ person, decision: 'postponed', ground: 'OSL-12-3', reviewOn: inDays(3), ...some });
  const aGuardian = async (of = night) =>
    (await decide({ person: { relation: 'guardian', description: 'kanariepappa' } }, of)).body.person;
  const gates = async (of = night) =>
    (await worker.get(`/subjects/${of.child.subjectId}/safety-gate`)).body.items;
  const path = (some: Body = {}, of = night) =>
    worker.post(`/subjects/${of.child.subjectId}/consent-path`, {
      actingUnit: NIGHT_UNIT,
      measure: 'disclosure',
      birthDate: '2018-04-02',
      guardians: [],
      view: 'not-heard',
      suitability: 'not-assessed',
      ...some,
    });
  const consent = (some: Body, of = night) =>
    worker.post(`/subjects/${of.child.subjectId}/consents`, {
      actingUnit: NIGHT_UNIT,
      recipient: { kind: 'rvc' },
      purpose: 'child-support',
      fields: 'all',
      answer: 'GIVEN',
      way: 'BY_PHONE',
      answeredAt: now(),
      saidBy: 'GUARDIAN',
      ...some,
    });
  const asParty = <Row>(unit: string, sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    stage
      .app('socialjouren')
      .get(DataSource, { strict: false })
      .transaction(async (manager) => {
        await manager.query(`select set_config('handslag.units', $1, true)`, [unit]);
        return manager.query(sql, parameters);
      });

  it('has schemas that differ in nothing from their entities', async () => {
    for (const { schema } of [PLAIN_POLICE, socialParty('rvt')]) {
      expect(await schemaDifference(stage.database.adminUrl, schema)).toEqual([]);
    }
  });

  describe('a decision about one person', () => {
    it.each([
      ['postponed without a day of review', { decision: 'postponed', ground: 'OSL-12-3' }],
      ['postponed without a ground', { decision: 'postponed', reviewOn: '2099-01-01' }],
      ['postponed to a day that is over', { decision: 'postponed', ground: 'FL-25', reviewOn: '2020-01-01' }],
      ['of now with a review', { ground: 'FL-25', reviewOn: '2099-01-01' }],
      ['without reasons', { reasons: '' }],
      [
        'on a ground in words',
        { decision: 'postponed', ground: 'för säkerhets skull', reviewOn: '2099-01-01' },
      ],
    ])('is refused %s', async (_, some) => {
      const refused = await decide({ person: { relation: 'guardian', description: 'x' }, ...some });
      expect(answered(refused)).toEqual([400, 'INVALID_INPUT']);
    });

    it('cannot be about the child herself, nor about somebody nobody made known', async () => {
      expect(answered(await decide({ person: { subjectId: night.child.subjectId } }))).toEqual([
        400,
        'INVALID_INPUT',
      ]);
      const unknown = { personRef: '0192f3a0-8d2e-4c55-9f3e-3a4d3c1b2a10' };
      expect(answered(await decide({ person: unknown }))).toEqual([422, 'UNKNOWN_SUBJECT']);
    });

    it('does not say now before the protection assessment, and may be postponed before it', async () => {
      const raw = await takenCase(stage, police, worker);
      const person = { relation: 'guardian', description: 'kanariemamma' };
      expect(answered(await decide({ person }, raw))).toEqual([409, 'PROTECTION_ASSESSMENT_FIRST']);
      const later = await decide(
        { person, decision: 'postponed', ground: 'FL-25', reviewOn: inDays(2) },
        raw,
      );
      expect(answered(later)).toEqual([201, undefined]);
    });

    it('opens the gate for that person alone, and the newest counts', async () => {
      const [first, second] = [await aGuardian(), await aGuardian()];
      expect(first).not.toEqual(second);
      await postponed(first);
      const newest = (await gates()).filter(({ isNewest }: { isNewest: boolean }) => isNewest);
      const gateOf = (person: unknown) =>
        newest.find((one: { person: unknown }) => JSON.stringify(one.person) === JSON.stringify(person)).gate;
      expect([gateOf(first), gateOf(second)]).toEqual([
        { open: false, because: 'postponed' },
        { open: true, because: null },
      ]);
    });
  });

  describe('a postponed one', () => {
    it('leaves its review as work that explains itself, until a new decision answers it', async () => {
      const person = await aGuardian();
      const { recordId } = (await postponed(person)).body;
      const [line] = await gates();
      expect([line.recordId, line.review.isPast]).toEqual([recordId, false]);
      expect(line.review.because.length).toBeGreaterThan(1);
      const [deadline] = await asParty<{ rule: string; asked_of: string; due: string }>(
        NIGHT_UNIT,
        `select d.rule, d.asked_of, to_char(d.due_at at time zone 'Europe/Stockholm', 'YYYY-MM-DD HH24:MI') as due
         from socialjouren.step s join socialjouren.deadline d on d.id = s.deadline_id where s.occurrence = $1`,
        [recordId],
      );
      expect(deadline).toEqual({
        rule: 'safety-gate-review',
        asked_of: NIGHT_UNIT,
        due: `${inDays(3)} 23:59`,
      });
      await decide({ person });
      const [answer, before] = await gates();
      expect([answer.gate.open, answer.review, before.review]).toEqual([true, null, null]);
    });
  });

  it('takes a yes of an alleged perpetrator only when it was decided for each victim and child that he may be reached', async () => {
    const suspect = {
      ...aVictim('suspect-1'),
      roleDisputed: 'unknown',
      guardianOf: ['child-1'],
      told: true,
      agreesToContact: 'YES',
    };
    const { wantsContact: _, consent: __, ...reported } = suspect;
    const { body } = await police.post('/incidents', aReport({ suspects: [reported] }));
    const idOf = (role: string): string =>
      body.subjects.find((one: { role: string }) => one.role === role).subjectId;
    const him = idOf('alleged-perpetrator');
    const says = (answer: string) =>
      police.post(`/subjects/${him}/consents`, {
        actingUnit: 'lpo-globen',
        recipient: { kind: 'rvt' },
        purpose: 'perpetrator-change',
        fields: 'all',
        answer,
        way: 'IN_PERSON',
        answeredAt: now(),
      });
    expect(answered(await says('GIVEN'))).toEqual([409, 'SAFETY_GATE_CLOSED']);
    expect(answered(await says('REFUSED'))).toEqual([201, undefined]);
    for (const role of ['victim', 'child']) {
      expect(answered(await says('GIVEN'))).toEqual([409, 'SAFETY_GATE_CLOSED']);
      const decided = await police.post(`/subjects/${idOf(role)}/safety-gate`, {
        actingUnit: 'lpo-globen',
        person: { subjectId: him },
        decision: 'now',
        reasons: 'kanarieskäl',
      });
      expect(answered(decided)).toEqual([201, undefined]);
      const [line] = (await police.get(`/subjects/${idOf(role)}/safety-gate`)).body.items;
      expect([line.relation, line.person]).toEqual(['alleged-perpetrator', { subjectId: him }]);
    }
    expect(answered(await says('GIVEN'))).toEqual([201, undefined]);

    // Nor is he called or booked in a matter of his own past a gate that closes again.
    const opened = await police.post('/matters', {
      actingUnit: 'lpo-globen',
      kind: 'adult-support',
      subjectId: him,
    });
    expect(answered(opened)).toEqual([201, undefined]);
    const books = async () => {
      const etag = (await police.get(`/matters/${opened.body.matterId}`)).headers['etag'] ?? '';
      return police.post(
        `/matters/${opened.body.matterId}/schedule`,
        { at: new Date(Date.now() + DAY).toISOString() },
        { 'if-match': etag },
      );
    };
    await police.post(`/subjects/${idOf('victim')}/safety-gate`, {
      actingUnit: 'lpo-globen',
      person: { subjectId: him },
      decision: 'postponed',
      ground: 'OSL-26-1',
      reviewOn: inDays(3),
      reasons: 'kanarieskäl',
    });
    expect(answered(await books())).toEqual([409, 'SAFETY_GATE_CLOSED']);
    await police.post(`/subjects/${idOf('victim')}/safety-gate`, {
      actingUnit: 'lpo-globen',
      person: { subjectId: him },
      decision: 'now',
      reasons: 'kanarieskäl',
    });
    expect(answered(await books())).not.toEqual([409, 'SAFETY_GATE_CLOSED']);
  });

  it('shows why, who, and of what an evaluation was made, to the unit alone and audited', async () => {
    const made = await decide({ person: { relation: 'relative', description: 'kanariefaster' } });
    const subject = night.child.subjectId;
    const own = `/subjects/${subject}/safety-gate/${made.body.recordId}/words`;
    expect((await worker.get(own)).body).toEqual({
      recordId: made.body.recordId,
      reasons: 'kanarieskäl',
      person: 'kanariefaster',
    });
    const evaluated = await path({ guardians: [{ person: made.body.person, stand: 'not-asked' }] });
    const shown = await worker.get(`/consent-paths/${evaluated.body.recordId}`);
    expect(shown.body).toMatchObject({
      rule: 'ask-guardian',
      isNewest: true,
      facts: { age: 'under-12', guardians: [{ stand: 'not-asked' }], birthDate: '2018-04-02' },
    });
    for (const one of [own, `/consent-paths/${evaluated.body.recordId}`]) {
      expect(answered(await rvt.get(one))).toEqual([404, 'NOT_FOUND']);
    }
    const readings: { action: string }[] = await stage.admin.query(
      `select action from socialjouren.audit_leaf where kind = 'reading' and action in ('read-safety-decision', 'read-consent-path')`,
    );
    expect(new Set(readings.map(({ action }) => action))).toEqual(
      new Set(['read-safety-decision', 'read-consent-path']),
    );
  });

  describe('what features ask', () => {
    it('is refused for a guardian nobody decided about, with what to do', async () => {
      const gate = stage.app('socialjouren').get(SafetyGate, { strict: false });
      const answer = await gate.mayReach({
        unit: NIGHT_UNIT,
        subjectId: night.childId,
        personId: '0192f3a0-8d2e-4c55-9f3e-3a4d3c1b2a11',
        contact: 'appointment',
        isAutomatic: true,
      });
      expect(answer).toEqual({
        ok: false,
        refusal: {
          code: 'SAFETY_GATE_CLOSED',
          errors: [{ field: 'person', message: expect.stringContaining('not been decided') }],
        },
      });
    });
  });

  describe('the path of a child’s consent', () => {
    const aGuardianWho = (person: unknown, stand: string) => ({ person, stand });

    it('asks the guardian who was not asked, where the gate is open, and says where it is not', async () => {
      const [open, closed] = [await aGuardian(), await aGuardian()];
      await postponed(closed);
      const { body } = await path({
        guardians: [aGuardianWho(open, 'not-asked'), aGuardianWho(closed, 'not-asked')],
      });
      expect([body.path.code, body.toAsk]).toEqual([
        'ask-guardian',
        [
          { guardian: 0, gate: { open: true, because: null } },
          { guardian: 1, gate: { open: false, because: 'postponed' } },
        ],
      ]);
    });

    it('refuses a guardian said to have been asked past a closed gate', async () => {
      const person = await aGuardian();
      await postponed(person);
      expect(answered(await path({ guardians: [aGuardianWho(person, 'refuses')] }))).toEqual([
        409,
        'SAFETY_GATE_CLOSED',
      ]);
      expect(answered(await consent({ guardian: person }))).toEqual([409, 'SAFETY_GATE_CLOSED']);
      // A no is kept all the same: whoever said it, nothing leaves past it.
      expect(answered(await consent({ guardian: person, answer: 'REFUSED' }))).toEqual([201, undefined]);
    });

    it('never names the alleged perpetrator as one to ask, though he is called one not asked', async () => {
      const made = await decide({
        person: { relation: 'alleged-perpetrator', description: 'kanariepappa' },
        decision: 'postponed',
        ground: 'OSL-12-3',
        reviewOn: inDays(3),
      });
      const mother = await aGuardian();
      const guardians = [aGuardianWho(made.body.person, 'not-asked'), aGuardianWho(mother, 'consents')];
      const { body } = await path({ measure: 'open-intervention', guardians });
      // Her yes alone is the committee's to weigh: no officer records it as one.
      const alone = await consent({ guardian: mother, consentPathId: body.recordId });
      expect(answered(alone)).toEqual([422, 'NOT_DELEGABLE']);
      expect([body.path.code, body.decides.code, body.decides.isDelegable, body.toAsk]).toEqual([
        'propose-to-committee',
        'committee',
        false,
        [],
      ]);
    });

    it('lets a guardian’s yes be recorded when all have consented, and none when a later one says otherwise', async () => {
      const mother = await aGuardian();
      const given = await path({ guardians: [aGuardianWho(mother, 'consents')] });
      expect([given.body.path.code, given.body.allowsConsentOf]).toEqual(['proceed', 'guardians']);
      const of = { guardian: mother, consentPathId: given.body.recordId };
      expect(answered(await consent(of))).toEqual([201, undefined]);
      expect(answered(await consent({ ...of, saidBy: 'SELF', guardian: undefined }))).toEqual([
        409,
        'CONSENT_PATH_FIRST',
      ]);
      const later = await path({ guardians: [aGuardianWho(mother, 'refuses')] });
      expect(later.body.path.code).toBe('no-consent');
      expect(answered(await consent(of))).toEqual([409, 'CONSENT_PATH_FIRST']);
    });

    it('lets a child of 13 carry it herself, who is 13 on the day', async () => {
      const birthDate = `${new Date().getUTCFullYear() - 13}-01-01`;
      const own = await path({
        measure: 'open-intervention',
        birthDate,
        view: 'consents',
        suitability: 'suitable',
      });
      expect([own.body.path.code, own.body.allowsConsentOf]).toEqual(['child-consents', 'child']);
      expect(answered(await consent({ saidBy: 'SELF', consentPathId: own.body.recordId }))).toEqual([
        201,
        undefined,
      ]);
    });

    it.each([
      ['of an adult', () => night.adult.subjectId, {}, [422, 'SUBJECT_NOT_OF_KIND']],
      [
        'of one who has turned 18',
        () => night.child.subjectId,
        { birthDate: '2000-01-01' },
        [422, 'SUBJECT_NOT_A_CHILD'],
      ],
    ])('is refused %s', async (_, subject, some, expected) => {
      const refused = await worker.post(`/subjects/${subject()}/consent-path`, {
        actingUnit: NIGHT_UNIT,
        measure: 'disclosure',
        birthDate: '2018-04-02',
        guardians: [],
        view: 'not-heard',
        suitability: 'suitable',
        ...some,
      });
      expect(answered(refused)).toEqual(expected);
    });
  });

  it('is nothing to another party, and no other unit’s; keeps no word of it readable', async () => {
    const subject = night.child.subjectId;
    expect(answered(await rvt.get(`/subjects/${subject}/safety-gate`))).toEqual([404, 'NOT_FOUND']);
    for (const table of ['safety_decision', 'consent_path']) {
      const count = `select count(*)::int as n from socialjouren.${table}`;
      const [[mine], [none], [other]] = [
        await asParty<{ n: number }>(NIGHT_UNIT, count),
        await asParty<{ n: number }>('', count),
        await asParty<{ n: number }>('rvt-sydvast', count),
      ];
      expect([table, (mine?.n ?? 0) > 0, none?.n, other?.n]).toEqual([table, true, 0, 0]);
      const rows: { text: string }[] = await stage.admin.query(
        `select t::text as text from socialjouren.${table} t`,
      );
      expect(rows.filter(({ text }) => text.includes('kanarie') || text.includes('2018-04-02'))).toEqual([]);
    }
  });

  // Last: it moves the record's time.
  it('calls a review that is due, and the gate stays closed', async () => {
    const of = await assessedCase();
    const person = await aGuardian(of);
    await decide({ person, decision: 'postponed', ground: 'OSL-26-1', reviewOn: inDays(30) }, of);
    const [line] = await gates(of);
    // At most fourteen days, whatever day was set.
    expect(new Date(line.review.dueAt).getTime()).toBeLessThan(Date.now() + 15 * DAY);
    const clock = stage.app('socialjouren').get(PartyClock, { strict: false });
    await advanceRecordTime(stage.admin.manager, 15 * DAY);
    const told = await clock.callAgain({ clockId: of.childId });
    expect([told.closed, told.rung]).toEqual([false, expect.any(Number)]);
    const [notice] = await asParty<{ unit_id: string; kind: string }>(
      NIGHT_UNIT,
      `select n.unit_id, n.kind from socialjouren.notification n join socialjouren.deadline d on d.id = n.deadline_id
         where d.clock_id = $1 order by n.rung limit 1`,
      [of.childId],
    );
    expect(notice).toBeDefined();
    const [after] = await gates(of);
    expect([after.gate.because, after.review.isPast]).toEqual(['postponed', true]);
  });
});
