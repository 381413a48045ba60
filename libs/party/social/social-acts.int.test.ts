import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
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
    recipient: { unit: 'rvt-sydvast' },
    purpose: 'adult-safety',
    purposeInWords: 'kanariesyfte',
    fields: 'all',
    answer: 'GIVEN',
    way: 'BY_PHONE',
    answeredAt: now(),
    ...some,
  });
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const assess = (some?: Record<string, unknown>, headers?: Record<string, string>) =>
    worker.post(`/incidents/${night.incident}/protection-assessments`, assessment(some), headers);

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
      await worker.post(`/subjects/${other.adult.subjectId}/consents`, consent());
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
    const tables = ['attendance_decision', 'protection_assessment', 'effect'];
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
