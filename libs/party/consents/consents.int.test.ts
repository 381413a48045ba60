import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { FhirConsentSchema } from '#contracts';
import { Effects } from '../effects/effects.js';
import { aReport } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

const OTHER_UNIT = 'bou-skarpnack';
const RVT = 'rvt-sydvast';
const now = () => new Date().toISOString();
const FUTURE = new Date(Date.now() + 3_600_000).toISOString();

describe('consents and individual decisions', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let head: As;
  let rvt: As;
  let night: TakenCase;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren'), socialParty('rvt')]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    head = await stage.as('socialjouren-unit-head');
    rvt = await stage.as('rvt-case-worker-sydvast');
    night = await takenCase(stage, police, worker);
  }, 120_000);
  afterAll(async () => stage?.stop());

  type Body = Record<string, unknown>;
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const consent = (some: Body = {}): Body => ({
    actingUnit: NIGHT_UNIT,
    recipient: { unit: RVT },
    purpose: 'adult-safety',
    purposeInWords: 'kanariesyfte',
    fields: 'all',
    answer: 'GIVEN',
    way: 'BY_PHONE',
    answeredAt: now(),
    takenBy: 'kanariefrågare',
    note: 'kanarienot',
    ...some,
  });
  const decision = (some: Body = {}): Body => ({
    actingUnit: NIGHT_UNIT,
    recipient: { unit: RVT },
    purpose: 'adult-safety',
    fields: 'all',
    basis: 'X-IND',
    discloses: true,
    reasons: 'kanarieavvägning',
    decidedAt: now(),
    ...some,
  });
  const ask = (some?: Body, of = night, headers: Record<string, string> = {}) =>
    worker.post(`/subjects/${of.adult.subjectId}/consents`, consent(some), headers);
  const decide = (some?: Body, by = worker) =>
    by.post(`/subjects/${night.adult.subjectId}/individual-decisions`, decision(some));
  const withdraw = (recordId: string, some: Body = {}) =>
    worker.post(`/consents/${recordId}/withdraw`, { withdrawnAt: now(), way: 'BY_PHONE', ...some });
  const preview = (basis: Body, of = night) =>
    worker.post('/dispatches/preview', {
      items: [{ matterId: of.adult.matterId, basis, answers: { 'consent-and-basis': { value: 'unknown' } } }],
    });
  const send = (previewId: string) => worker.post('/dispatches', { previewId });
  const list = async (of = night) => (await worker.get(`/subjects/${of.adult.subjectId}/consents`)).body;
  const view = async (recordId: string) => (await worker.get(`/consents/${recordId}`)).body;

  describe('a consent', () => {
    it.each([
      ['a time in the future', { answeredAt: FUTURE }, [400, 'INVALID_INPUT']],
      ['an end before its beginning', { validUntil: '2020-01-01T00:00:00Z' }, [400, 'INVALID_INPUT']],
      ['a unit that is in no directory', { recipient: { unit: 'rvt-nowhere' } }, [422, 'UNKNOWN_UNIT']],
      ['a unit that is not the caller’s', { actingUnit: OTHER_UNIT }, [403, 'NOT_YOUR_UNIT']],
      ['two others who tell one another', { giver: { unit: OTHER_UNIT } }, [400, 'INVALID_INPUT']],
      ['a guardian of an adult unnamed', { saidBy: 'GUARDIAN' }, [400, 'INVALID_INPUT']],
      ['a purpose in free words', { purpose: 'allt möjligt' }, [400, 'INVALID_INPUT']],
    ])('refuses %s', async (_, some, expected) => {
      expect(answered(await ask(some))).toEqual(expected);
    });

    it('of a child needs the evaluation of who may give it', async () => {
      const asked = await worker.post(
        `/subjects/${night.child.subjectId}/consents`,
        consent({ purpose: 'child-support' }),
      );
      expect(answered(asked)).toEqual([409, 'CONSENT_PATH_FIRST']);
      const no = consent({ purpose: 'child-support', answer: 'REFUSED' });
      expect(answered(await worker.post(`/subjects/${night.child.subjectId}/consents`, no))).toEqual([
        201,
        undefined,
      ]);
    });

    it.each(['REFUSED', 'NOT_ASKED'])('answered %s is kept, and is no basis', async (answer) => {
      const { body } = await ask({ answer });
      expect(answered(await preview({ code: 'X-01', recordId: body.recordId }))).toEqual([422, 'NO_BASIS']);
    });

    it('refused stands above a statement of consent, and of a weighing', async () => {
      await ask({ answer: 'REFUSED' });
      expect(answered(await preview({ code: 'X-01', statement: 'hon sa ja' }))).toEqual([422, 'NO_BASIS']);
    });

    it('to one unit is none to another, and to a kind of unit is one to each of that kind', async () => {
      const skarpnack = await ask({ recipient: { unit: 'rvt-skarpnack' } });
      const before = await ask({ answer: 'NOT_ASKED' });
      expect(before.status).toBe(201);
      expect(answered(await preview({ code: 'X-01', recordId: skarpnack.body.recordId }))).toEqual([
        422,
        'NO_BASIS',
      ]);
      const kind = await ask({ recipient: { kind: 'rvt' } });
      expect(answered(await preview({ code: 'X-01', recordId: kind.body.recordId }))).toEqual([
        200,
        undefined,
      ]);
    });

    it('for one purpose, or in the other direction, is none for this', async () => {
      await ask({ answer: 'NOT_ASKED' });
      const other = await ask({ purpose: 'mental-health' });
      const towardsUs = await ask({ giver: { unit: RVT }, recipient: { unit: NIGHT_UNIT } });
      for (const { status, body } of [other, towardsUs]) {
        expect(status).toBe(201);
        expect(answered(await preview({ code: 'X-01', recordId: body.recordId }))).toEqual([422, 'NO_BASIS']);
      }
    });

    it('lets only the fields leave that it names', async () => {
      const whole = await preview({ code: 'X-01', recordId: (await ask()).body.recordId });
      const fields = ['subject.identity', 'told.who-what', 'consent-and-basis'];
      const narrow = await preview({ code: 'X-01', recordId: (await ask({ fields })).body.recordId });
      const leaving = ({ body }: typeof whole) =>
        body.items[0].leaves.map(({ field }: { field: string }) => field);
      expect(leaving(whole).length).toBeGreaterThan(fields.length);
      expect(leaving(narrow).every((field: string) => fields.includes(field))).toBe(true);
    });

    it('that has run out is no basis, and says so', async () => {
      const { body } = await ask({ answeredAt: '2026-01-01T00:00:00Z', validUntil: '2026-01-02T00:00:00Z' });
      // Said long ago, it is not the last word; alone in its purpose it is.
      const alone = await ask({
        purpose: 'legal-process',
        answeredAt: '2026-01-01T00:00:00Z',
        validUntil: '2026-01-02T00:00:00Z',
      });
      expect(answered(await preview({ code: 'X-01', recordId: body.recordId }))).toEqual([422, 'NO_BASIS']);
      expect((await view(alone.body.recordId)).state).toBe('expired');
    });

    it('answers the same key the same', async () => {
      const key = { 'idempotency-key': freshKey() };
      const body = consent();
      const path = `/subjects/${night.adult.subjectId}/consents`;
      const first = await worker.post(path, body, key);
      expect((await worker.post(path, body, key)).body).toEqual(first.body);
      expect(answered(await worker.post(path, { ...body, answer: 'REFUSED' }, key))).toEqual([
        422,
        'IDEMPOTENCY_BODY_DIFFERS',
      ]);
    });

    it.each([
      ['REFUSED', 'CONSENT_REFUSED'],
      ['NOT_ASKED', 'CONSENT_NOT_ASKED'],
    ])(
      'answered %s leaves her with socialjouren, contact offered by noon on the first office day',
      async (answer, outcome) => {
        const stays = await takenCase(stage, police, worker);
        const { body } = await ask({ answer }, stays);
        await stage.app('socialjouren').get(Effects, { strict: false }).relay();
        const rows: { rule: string; open: boolean; due: string; reason: string | null }[] =
          await stage.admin.query(
            `select d.rule, d.ended_at = 'infinity' as open,
           to_char(d.due_at at time zone 'Europe/Stockholm', 'HH24:MI') as due,
           (select e.reason from custody.event e where e.matter_id = d.clock_id and e.data ->> 'causeId' = $2) as reason
         from custody.deadline d where d.clock_id = $1 and d.rule in ('D-18', 'contact-offered') order by d.rule`,
            [stays.adult.matterId, body.recordId],
          );
        expect(rows).toEqual([
          { rule: 'D-18', open: false, due: expect.any(String), reason: outcome },
          { rule: 'contact-offered', open: true, due: '12:00', reason: outcome },
        ]);
      },
    );
  });

  describe('withdrawn', () => {
    it('stops the sending of what was previewed on it, and lists what left before', async () => {
      const of = await takenCase(stage, police, worker);
      const { recordId } = (await ask({}, of)).body;
      const first = await send((await preview({ code: 'X-01', recordId }, of)).body.previewId);
      expect(answered(first)).toEqual([201, undefined]);
      const second = await preview({ code: 'X-01', recordId }, of);
      expect(answered(second)).toEqual([200, undefined]);
      expect(answered(await withdraw(recordId, { note: 'kanarieånger' }))).toEqual([201, undefined]);
      expect(answered(await send(second.body.previewId))).toEqual([409, 'BASIS_CHANGED']);
      expect(answered(await preview({ code: 'X-01', recordId }, of))).toEqual([422, 'NO_BASIS']);
      expect(answered(await preview({ code: 'X-01', statement: 'hon ångrade sig' }, of))).toEqual([
        422,
        'NO_BASIS',
      ]);
      const left = (await worker.get(`/consents/${recordId}/left`)).body;
      expect(left.items).toEqual([
        {
          handoffId: first.body.handoffs[0].handoffId,
          toUnit: RVT,
          toUnitName: expect.any(String),
          at: expect.any(String),
          basis: { code: 'X-01', label: expect.anything() },
          fields: expect.arrayContaining(['subject.identity']),
          stood: 'in-force',
        },
      ]);
      expect((await view(recordId)).state).toBe('withdrawn');
      expect(answered(await withdraw(recordId))).toEqual([409, 'ALREADY_TAKEN_BACK']);
    });

    it('says of what left before we knew that she had taken it back by then', async () => {
      const of = await takenCase(stage, police, worker);
      const { recordId } = (await ask({ answeredAt: '2026-01-01T00:00:00Z' }, of)).body;
      await send((await preview({ code: 'X-01', recordId }, of)).body.previewId);
      await withdraw(recordId, { withdrawnAt: '2026-01-02T00:00:00Z' });
      const left = (await worker.get(`/consents/${recordId}/left`)).body;
      expect(left.items.map(({ stood }: { stood: string }) => stood)).toEqual(['taken-back-unknown-to-us']);
    });

    it.each([
      ['in the future', { withdrawnAt: FUTURE }],
      ['before it was said', { withdrawnAt: '2020-01-01T00:00:00Z' }],
    ])('is refused %s', async (_, some) => {
      const { recordId } = (await ask()).body;
      expect(answered(await withdraw(recordId, some))).toEqual([400, 'INVALID_INPUT']);
    });
  });

  describe('entered in error', () => {
    const mark = (recordId: string, by = worker) =>
      by.post(`/consents/${recordId}/enter-in-error`, { reasons: 'kanariefel' });

    it('a yes stops what was previewed on it', async () => {
      const of = await takenCase(stage, police, worker);
      const { recordId } = (await ask({}, of)).body;
      const previewed = await preview({ code: 'X-01', recordId }, of);
      expect(answered(await mark(recordId))).toEqual([201, undefined]);
      expect(answered(await send(previewed.body.previewId))).toEqual([409, 'BASIS_CHANGED']);
      expect((await view(recordId)).state).toBe('entered-in-error');
    });

    it('a no is set aside by the unit head alone, and what was said before it counts again', async () => {
      const of = await takenCase(stage, police, worker);
      const yes = (await ask({}, of)).body.recordId;
      const no = (await ask({ answer: 'REFUSED' }, of)).body.recordId;
      expect(answered(await mark(no))).toEqual([403, 'UNIT_HEAD_DECIDES']);
      expect((await view(yes)).state).toBe('replaced');
      expect(answered(await mark(no, head))).toEqual([201, undefined]);
      expect((await view(yes)).state).toBe('given');
    });
  });

  describe('an individual decision', () => {
    it('is a basis of its own kind alone', async () => {
      const given = await ask();
      expect(answered(await preview({ code: 'X-IND', recordId: given.body.recordId }))).toEqual([
        422,
        'NO_BASIS',
      ]);
      const decided = await decide();
      expect(answered(decided)).toEqual([201, undefined]);
      expect(answered(await preview({ code: 'X-IND', recordId: decided.body.recordId }))).toEqual([
        200,
        undefined,
      ]);
    });

    it('not to tell stands above a statement', async () => {
      expect(answered(await decide({ discloses: false }))).toEqual([201, undefined]);
      expect(answered(await preview({ code: 'X-IND', statement: 'avvägt' }))).toEqual([422, 'NO_BASIS']);
    });

    it.each([
      ['on a basis that nobody decides', { basis: 'X-02' }, [422, 'NOT_A_BASIS_TO_DECIDE']],
      ['on consent', { basis: 'X-01' }, [422, 'NOT_A_BASIS_TO_DECIDE']],
      ['without reasons', { reasons: '' }, [400, 'INVALID_INPUT']],
    ])('is refused %s', async (_, some, expected) => {
      expect(answered(await decide(some))).toEqual(expected);
    });

    it('of the police about an adult rests on their own record, and her no to them is not talked away', async () => {
      const { body } = await police.post('/incidents', aReport());
      const { matterId } = body.matters.find(({ kind }: { kind: string }) => kind === 'adult-safety');
      const { subjectId } = (await police.get(`/matters/${matterId}`)).body;
      const terms = {
        actingUnit: 'lpo-globen',
        recipient: { kind: 'socialjouren' },
        purpose: 'adult-safety',
        fields: 'all',
      };
      const previewed = (basis: Body) =>
        police.post('/dispatches/preview', { items: [{ matterId, toUnit: NIGHT_UNIT, basis }] });
      const stated = { code: 'X-02b', statement: 'avvägt' };
      expect(answered(await previewed(stated))).toEqual([200, undefined]);
      const no = { ...terms, answer: 'REFUSED', way: 'IN_PERSON', answeredAt: now() };
      expect(answered(await police.post(`/subjects/${subjectId}/consents`, no))).toEqual([201, undefined]);
      expect(answered(await previewed(stated))).toEqual([422, 'NO_BASIS']);
      const weighed = await police.post(`/subjects/${subjectId}/individual-decisions`, {
        ...terms,
        basis: 'X-02b',
        discloses: true,
        conditions: ['weighed-in-the-case'],
        reasons: 'kanarieavvägning',
        decidedAt: now(),
      });
      expect(answered(weighed)).toEqual([201, undefined]);
      expect(answered(await previewed({ code: 'X-02b', recordId: weighed.body.recordId }))).toEqual([
        200,
        undefined,
      ]);
    });
  });

  describe('as FHIR R4 Consent', () => {
    it.each([
      ['?_format=fhir', {}],
      ['', { accept: 'application/fhir+json' }],
    ])('is given for %s %j, in outward ids and without a word of hers', async (query, headers) => {
      const { recordId } = (await ask({ fields: ['subject.identity'] })).body;
      const answer = await worker.get(`/consents/${recordId}${query}`, headers);
      expect([answer.status, answer.headers['content-type']]).toEqual([
        200,
        'application/fhir+json; charset=utf-8',
      ]);
      const resource = JSON.parse(answer.text);
      expect(FhirConsentSchema.parse(resource)).toEqual(resource);
      expect(resource).toMatchObject({
        status: 'active',
        patient: { reference: `Patient/${night.adult.subjectId}` },
        provision: {
          type: 'permit',
          actor: [
            { reference: { reference: `Organization/${NIGHT_UNIT}` } },
            { reference: { reference: `Organization/${RVT}` } },
          ],
          code: [{ coding: [{ code: 'subject.identity' }] }],
        },
      });
      expect(answer.text).not.toContain('kanarie');
    });

    it('is inactive when withdrawn, and an authority’s decision is none', async () => {
      const { recordId } = (await ask()).body;
      await withdraw(recordId);
      const resource = (await worker.get(`/consents/${recordId}?_format=fhir`)).text;
      expect(JSON.parse(resource)).toMatchObject({
        status: 'inactive',
        provision: { period: { end: expect.any(String) } },
      });
      const decided = await decide();
      expect((await worker.get(`/consents/${decided.body.recordId}?_format=fhir`)).status).toBe(404);
    });
  });

  it('lists the newest first, a page at a time, without a word of hers', async () => {
    const of = await takenCase(stage, police, worker);
    const made: string[] = [];
    for (const answer of ['NOT_ASKED', 'REFUSED', 'GIVEN'])
      made.unshift((await ask({ answer }, of)).body.recordId);
    const all = await list(of);
    expect(all.items.map(({ recordId }: { recordId: string }) => recordId)).toEqual(made);
    expect(all.items.map(({ state }: { state: string }) => state)).toEqual(['given', 'replaced', 'replaced']);
    const first = (await worker.get(`/subjects/${of.adult.subjectId}/consents?limit=2`)).body;
    const rest = (await worker.get(`/subjects/${of.adult.subjectId}/consents?limit=2&after=${first.next}`))
      .body;
    expect([...first.items, ...rest.items]).toEqual(all.items);
    expect([first.items.length, rest.next]).toEqual([2, null]);
    expect(JSON.stringify(all)).not.toContain('kanarie');
  });

  it('shows what was said in words to the unit, audited before it is opened', async () => {
    const { recordId } = (await ask()).body;
    const readings = async () => {
      const [row]: { n: number }[] = await stage.admin.query(
        `select count(*)::int as n from socialjouren.audit_leaf where kind = 'reading' and action = 'read-consent'`,
      );
      return row?.n ?? 0;
    };
    const before = await readings();
    expect((await view(recordId)).words).toEqual({
      purpose: 'kanariesyfte',
      note: 'kanarienot',
      takenBy: 'kanariefrågare',
      reasons: null,
      withdrawal: null,
      error: null,
    });
    expect((await readings()) - before).toBe(1);
    await withdraw(recordId, { note: 'kanarieånger' });
    expect((await view(recordId)).words.withdrawal).toBe('kanarieånger');
  });

  it('is nothing to another party or unit, in any form', async () => {
    const { recordId } = (await ask()).body;
    for (const path of ['', '/left', '?_format=fhir']) {
      expect(answered(await rvt.get(`/consents/${recordId}${path}`))).toEqual([404, 'NOT_FOUND']);
    }
    const refused = await rvt.post(`/consents/${recordId}/withdraw`, { withdrawnAt: now(), way: 'unknown' });
    expect(answered(refused)).toEqual([404, 'NOT_FOUND']);
    expect(answered(await rvt.get(`/subjects/${night.adult.subjectId}/consents`))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });

  it('keeps no word of it readable, shows a unit its own, and lets nothing be changed or removed', async () => {
    const rows: { text: string }[] = await stage.admin.query(
      'select t::text as text from socialjouren.basis_record t',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ text }) => text.includes('kanarie'))).toEqual([]);
    const database = stage.app('socialjouren').get(DataSource, { strict: false });
    const asUnit = (unit: string, sql: string) =>
      database.transaction(async (manager) => {
        await manager.query(`select set_config('handslag.units', $1, true)`, [unit]);
        return manager.query(sql);
      });
    const count = 'select count(*)::int as n from socialjouren.basis_record';
    expect((await asUnit(NIGHT_UNIT, count))[0].n).toBeGreaterThan(0);
    for (const unit of ['', OTHER_UNIT]) expect((await asUnit(unit, count))[0].n).toBe(0);
    for (const sql of [
      'delete from socialjouren.basis_record',
      `update socialjouren.basis_record set answer = 'GIVEN'`,
    ]) {
      await expect(asUnit(NIGHT_UNIT, sql)).rejects.toThrow(/permission denied/);
    }
  });
});
