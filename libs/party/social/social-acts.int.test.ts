import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Effects } from '../effects/effects.js';
import { aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, freshKey, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

const OTHER_UNIT = 'bou-skarpnack';
const FUTURE = new Date(Date.now() + 3_600_000).toISOString();
const now = () => new Date().toISOString();

describe('the acts of the night and the morning', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let bou: As;
  let night: TakenCase;
  beforeAll(async () => {
    stage = await openStage([
      PLAIN_POLICE,
      socialParty('socialjouren'),
      socialParty('rvt'),
      socialParty('bou'),
    ]);
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    bou = await stage.as('bou-case-worker-skarpnack');
    night = await takenCase(stage, police, worker);
  }, 120_000);
  afterAll(async () => stage?.stop());

  const assessment = (some: Record<string, unknown> = {}) => ({
    actingUnit: NIGHT_UNIT,
    subjectId: night.child.subjectId,
    outcome: 'NO_IMMEDIATE_NEED',
    reasons: 'kanarieskäl',
    childHeard: 'YES',
    assessedAt: now(),
    ...some,
  });
  const consent = (some: Record<string, unknown> = {}) => ({
    actingUnit: NIGHT_UNIT,
    subjectId: night.adult.subjectId,
    recipientUnit: 'rvt-sydvast',
    purpose: 'kanariesyfte',
    answer: 'GIVEN',
    way: 'BY_PHONE',
    answeredAt: now(),
    ...some,
  });
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const assess = (some?: Record<string, unknown>, headers?: Record<string, string>) =>
    worker.post(`/incidents/${night.incident}/protection-assessments`, assessment(some), headers);
  const ask = (some?: Record<string, unknown>) =>
    worker.post(`/incidents/${night.incident}/consents`, consent(some));
  const preview = (recordId: string, code = 'X-01') =>
    worker.post('/dispatches/preview', {
      items: [
        {
          matterId: night.adult.matterId,
          basis: { code, recordId },
          answers: { 'consent-and-basis': { value: 'unknown' } },
        },
      ],
    });

  describe('attendance', () => {
    const decide = (body: Record<string, unknown>) =>
      worker.post(`/incidents/${night.incident}/attendance-decision`, { actingUnit: NIGHT_UNIT, ...body });

    it.each([
      ['neither necessity nor ground', {}, ['necessity', 'legalGround']],
      ['a ground and no necessity', { legalGround: 'EMERGENCY' }, ['necessity']],
      ['a consent nobody gave', { necessity: 'ja', legalGround: 'CONSENT', consent: 'REFUSED' }, ['consent']],
    ])('refuses to go on %s', async (_, given, fields) => {
      const refused = await decide({ attends: true, visitsHome: true, ...given });
      expect(answered(refused)).toEqual([422, 'NECESSITY_REQUIRED']);
      expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual(fields);
    });

    it('refuses free text as a ground', async () => {
      expect(
        answered(await decide({ attends: true, necessity: 'ja', legalGround: 'programmet gäller' })),
      ).toEqual([400, 'INVALID_INPUT']);
    });
  });

  it('of a report that socialjouren took itself are recorded, and start no story of a call-out', async () => {
    const own = await worker.post(
      '/incidents',
      aReport({ actingUnit: NIGHT_UNIT, kind: 'concern-report', occurredAt: now() }),
    );
    expect(answered(own)).toEqual([201, undefined]);
    const decided = await worker.post(`/incidents/${own.body.incidentId}/attendance-decision`, {
      actingUnit: NIGHT_UNIT,
      attends: false,
    });
    expect(answered(decided)).toEqual([201, undefined]);
    const [row]: { id: string }[] = await stage.admin.query(
      'select incident_id as id from socialjouren.attendance_decision where id = $1',
      [decided.body.recordId],
    );
    const nudges: unknown[] = await stage.admin.query('select 1 from socialjouren.stream where id = $1', [
      row?.id,
    ]);
    expect(nudges).toEqual([]);
  });

  describe('a protection assessment', () => {
    it.each([
      ['a time in the future', { assessedAt: FUTURE }, [400, 'INVALID_INPUT']],
      ['a child not heard, without saying why', { childHeard: 'NO' }, [400, 'INVALID_INPUT']],
      ['a person nobody knows', { subjectId: 'x'.repeat(32) }, [422, 'UNKNOWN_SUBJECT']],
      ['a unit that is not the caller’s', { actingUnit: OTHER_UNIT }, [403, 'NOT_YOUR_UNIT']],
    ])('refuses %s', async (_, some, expected) => {
      expect(answered(await assess(some))).toEqual(expected);
    });

    it('refuses one of an adult', async () => {
      expect(answered(await assess({ subjectId: night.adult.subjectId }))).toEqual([
        422,
        'SUBJECT_NOT_OF_KIND',
      ]);
    });

    it('is not for a unit that was neither sent nor offered anything of the child', async () => {
      const refused = await bou.post(
        `/incidents/${night.incident}/protection-assessments`,
        assessment({ actingUnit: OTHER_UNIT }),
      );
      expect(answered(refused)).toEqual([404, 'NOT_FOUND']);
    });

    it('answers the same key the same, refuses it for another body, and a new one is a new version', async () => {
      const key = { 'idempotency-key': freshKey() };
      const body = assessment({ childHeard: 'NO', whyNotHeard: 'sov' });
      const path = `/incidents/${night.incident}/protection-assessments`;
      const first = await worker.post(path, body, key);
      expect(answered(first)).toEqual([201, undefined]);
      expect((await worker.post(path, body, key)).body).toEqual(first.body);
      expect(answered(await worker.post(path, { ...body, reasons: 'annat' }, key))).toEqual([
        422,
        'IDEMPOTENCY_BODY_DIFFERS',
      ]);
      const second = await assess({ outcome: 'PROTECTION_NEEDED_NOW' });
      expect([second.status, second.body.version]).toEqual([201, first.body.version + 1]);
    });

    it('that cannot be made yet is kept, and meets nothing', async () => {
      const other = await takenCase(stage, police, worker);
      const kept = await worker.post(
        `/incidents/${other.incident}/protection-assessments`,
        assessment({ subjectId: other.child.subjectId, outcome: 'CANNOT_YET_BE_ASSESSED' }),
      );
      expect(kept.status).toBe(201);
      const rows: unknown[] = await stage.admin.query(
        'select 1 from socialjouren.effect where cause_id = $1',
        [kept.body.recordId],
      );
      expect(rows).toEqual([]);
    });
  });

  describe('a consent', () => {
    it.each([
      ['a time in the future', { answeredAt: FUTURE }, [400, 'INVALID_INPUT']],
      ['a unit that is in no directory', { recipientUnit: 'rvt-nowhere' }, [422, 'UNKNOWN_UNIT']],
      ['a unit that is not the caller’s', { actingUnit: OTHER_UNIT }, [403, 'NOT_YOUR_UNIT']],
    ])('refuses %s', async (_, some, expected) => {
      expect(answered(await ask(some))).toEqual(expected);
    });

    it('of a child is refused: her way follows from the law', async () => {
      expect(answered(await ask({ subjectId: night.child.subjectId }))).toEqual([422, 'SUBJECT_NOT_OF_KIND']);
    });

    it.each(['REFUSED', 'NOT_ASKED'])('answered %s is kept, and is no basis', async (answer) => {
      const { body } = await ask({ answer });
      expect(answered(await preview(body.recordId))).toEqual([422, 'NO_BASIS']);
    });

    it.each([
      ['REFUSED', 'CONSENT_REFUSED'],
      ['NOT_ASKED', 'CONSENT_NOT_ASKED'],
    ])(
      'answered %s leaves her with socialjouren, contact offered by noon on the first office day',
      async (answer, outcome) => {
        const stays = await takenCase(stage, police, worker);
        const { body } = await worker.post(
          `/incidents/${stays.incident}/consents`,
          consent({ subjectId: stays.adult.subjectId, answer }),
        );
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

    it('to one unit is none to another', async () => {
      const { body } = await ask({ recipientUnit: 'rvt-skarpnack' });
      const refused = await preview(body.recordId);
      expect(answered(refused)).toEqual([422, 'NO_BASIS']);
    });

    it('is not taken for an individual decision, and a decision is one', async () => {
      const given = await ask();
      expect(answered(await preview(given.body.recordId, 'X-IND'))).toEqual([422, 'NO_BASIS']);
      const decided = await worker.post(`/incidents/${night.incident}/individual-decisions`, {
        actingUnit: NIGHT_UNIT,
        subjectId: night.adult.subjectId,
        recipientUnit: 'rvt-sydvast',
        purpose: 'kanariesyfte',
        reasons: 'kanarieavvägning',
        decidedAt: now(),
      });
      expect(answered(decided)).toEqual([201, undefined]);
      expect(answered(await preview(decided.body.recordId, 'X-IND'))).toEqual([200, undefined]);
    });

    it('lets only the fields leave that it names', async () => {
      const whole = await preview((await ask()).body.recordId);
      const fields = ['subject.identity', 'told.who-what', 'consent-and-basis'];
      const narrow = await preview((await ask({ fields })).body.recordId);
      const leaving = ({ body }: typeof whole) =>
        body.items[0].leaves.map(({ field }: { field: string }) => field);
      expect(leaving(whole).length).toBeGreaterThan(fields.length);
      expect(leaving(narrow).every((field: string) => fields.includes(field))).toBe(true);
      expect(narrow.body.items[0].withheld.map(({ field }: { field: string }) => field)).toContain(
        'safe-contact.card',
      );
    });

    it('taken back after the preview stops the sending', async () => {
      const previewed = await preview((await ask()).body.recordId);
      await ask({ answer: 'REFUSED' });
      const sent = await worker.post('/dispatches', { previewId: previewed.body.previewId });
      expect(answered(sent)).toEqual([409, 'BASIS_CHANGED']);
    });
  });

  describe('the morning handover', () => {
    const itemsOf = async (incident: string) => {
      const { body } = await worker.get(`/incidents/${incident}/morning-handover`);
      const of = (kind: string) => body.items.find((item: { kind: string }) => item.kind === kind);
      return { child: of('child-protection'), adult: of('adult-safety') };
    };

    it('says what each still waits for, and what runs', async () => {
      const other = await takenCase(stage, police, worker);
      const before = await itemsOf(other.incident);
      expect(before.child.missing).toContain('protection-assessment');
      expect(before.adult.missing).toContain('basis');
      expect(before.child.deadlines.map(({ rule }: { rule: string }) => rule)).toEqual(
        expect.arrayContaining(['D-01', 'D-02', 'D-18']),
      );
      await worker.post(
        `/incidents/${other.incident}/protection-assessments`,
        assessment({ subjectId: other.child.subjectId }),
      );
      await worker.post(
        `/incidents/${other.incident}/consents`,
        consent({ subjectId: other.adult.subjectId }),
      );
      const after = await itemsOf(other.incident);
      expect(after.child.missing).not.toContain('protection-assessment');
      expect(after.adult.missing).not.toContain('basis');
      expect([after.child.toUnit, after.adult.toUnit]).toEqual(['bou-skarpnack', 'rvt-sydvast']);
    });

    it('names no unit for a protected address until a worker asserts the district, and says why', async () => {
      const hidden = await takenCase(
        stage,
        police,
        worker,
        aReport({ victims: [aVictim('victim-1', { protectedStatus: 'YES' })] }),
      );
      const { adult } = await itemsOf(hidden.incident);
      expect([adult.toUnit, adult.missing]).toEqual([null, ['receiver']]);
      expect(adult.because.length).toBeGreaterThan(0);
    });

    it('is audited as a reading of each person before anything is opened', async () => {
      const [before] = await stage.admin.query(
        `select count(*)::int as n from socialjouren.audit_leaf where kind = 'reading'`,
      );
      await itemsOf(night.incident);
      const [after] = await stage.admin.query(
        `select count(*)::int as n from socialjouren.audit_leaf where kind = 'reading'`,
      );
      expect(after.n - before.n).toBe(2);
    });

    it('is nothing for a unit that holds nothing of it', async () => {
      expect(answered(await bou.get(`/incidents/${night.incident}/morning-handover`))).toEqual([
        404,
        'NOT_FOUND',
      ]);
    });
  });

  it('keeps no word of it readable, and shows a unit of the same party only its own', async () => {
    await assess();
    await ask();
    const tables = ['attendance_decision', 'protection_assessment', 'disclosure_decision', 'effect'];
    for (const table of tables) {
      const rows: { text: string }[] = await stage.admin.query(
        `select t::text as text from socialjouren.${table} t`,
      );
      expect([table, rows.filter(({ text }) => text.includes('kanarie'))]).toEqual([table, []]);
    }
    const asUnit = (unit: string) =>
      stage
        .app('socialjouren')
        .get(DataSource, { strict: false })
        .transaction(async (manager) => {
          await manager.query(`select set_config('handslag.units', $1, true)`, [unit]);
          const [row]: { n: number }[] = await manager.query(
            'select count(*)::int as n from socialjouren.protection_assessment',
          );
          return row?.n ?? 0;
        });
    expect(await asUnit(NIGHT_UNIT)).toBeGreaterThan(0);
    expect(await asUnit('')).toBe(0);
    expect(await asUnit(OTHER_UNIT)).toBe(0);
  });
});
