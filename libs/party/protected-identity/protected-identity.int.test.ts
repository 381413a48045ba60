import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { UNMASKING_MS } from '#domain';
import { aChild, aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

const WHERE = 'Kanariegatan 7, hos syster';
const OLD = { name: 'Gamla Kanarienamnet', number: '19650505-1234' };
const NEW = { name: 'Nya Namnet', number: '19660606-4321' };

describe('protected identity at a unit', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let second: As;
  let head: As;
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
    second = await stage.as('socialjouren-case-worker-2');
    head = await stage.as('socialjouren-unit-head');
    night = await aCase();
  }, 180_000);
  afterAll(() => stage?.stop());

  const aCase = () =>
    takenCase(
      stage,
      police,
      worker,
      aReport({
        victims: [aVictim('victim-1', NEW)],
        children: [aChild('child-1', { name: 'Barn Namnet', number: '20180402-2384' })],
      }),
    );
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const today = () => new Date().toISOString().slice(0, 10);
  const mark = (some: Record<string, unknown> = {}) => ({
    act: 'mark',
    actingUnit: NIGHT_UNIT,
    subjectId: night.adult.subjectId,
    level: 'protected-registration',
    authority: 'tax-agency',
    provision: 'FOL-16',
    decidedOn: today(),
    from: today(),
    until: null,
    assertedDistrict: 'Skarpnäck',
    whereabouts: WHERE,
    reasons: 'kanarieskäl',
    ...some,
  });
  const record = (as: As, body: Record<string, unknown>, incident = night.incident) =>
    as.post(`/incidents/${incident}/protected-identities`, body);
  const unmask = (as: As, some: Record<string, unknown> = {}, incident = night.incident) =>
    as.post(`/incidents/${incident}/unmaskings`, {
      actingUnit: NIGHT_UNIT,
      subjectId: night.adult.subjectId,
      reason: 'kanarieskäl: måste ringa',
      ...some,
    });
  const receiverOf = async (one: TakenCase, kind: string) => {
    const { body } = await worker.get(`/incidents/${one.incident}/morning-handover`);
    return body.items.find((item: { kind: string }) => item.kind === kind);
  };
  const look = async (as: As, by: string, value: string) => {
    const { body } = await as.post('/lookups', {
      actingUnit: NIGHT_UNIT,
      by,
      value,
      purpose: 'HANDLE_MATTER',
      reason: 'prov',
    });
    return body.items.map(({ matterId }: { matterId: string }) => matterId);
  };

  it('is nobody’s but the unit’s: refused at another unit and for another incident', async () => {
    const rvt = await stage.as('rvt-case-worker-sydvast');
    expect(answered(await record(rvt, mark()))).toEqual([403, 'NOT_YOUR_UNIT']);
    expect(answered(await record(rvt, mark({ actingUnit: 'rvt-sydvast' })))).toEqual([404, 'NOT_FOUND']);
  });

  it.each([
    ['a level that is none', { level: 'secret' }],
    ['an end before the beginning', { until: '2020-01-01' }],
    ['a decision of tomorrow', { decidedOn: '2099-01-01', from: '2099-01-01' }],
    ['no provision', { provision: undefined }],
  ])('refuses %s', async (_, some) => {
    expect(answered(await record(worker, mark(some)))).toEqual([400, 'INVALID_INPUT']);
  });

  describe('a marking', () => {
    let marked: TakenCase;
    beforeAll(async () => {
      marked = await aCase();
    });
    const of = (some: Record<string, unknown> = {}, who: 'adult' | 'child' = 'adult') =>
      record(worker, { ...mark(some), subjectId: marked[who].subjectId }, marked.incident);

    it('overrides a report of none: the asserted district routes, for her and for her child', async () => {
      expect((await receiverOf(marked, 'adult-safety')).toUnit).toBe('rvt-sydvast');
      expect((await of({ assertedDistrict: 'Farsta' })).status).toBe(201);
      expect((await receiverOf(marked, 'adult-safety')).toUnit).toBe('rvt-farsta');
      expect((await receiverOf(marked, 'child-protection')).toUnit).toBe('bou-farsta');
    });

    it('takes her and her child out of everybody’s searches at once', async () => {
      expect(await look(worker, 'number', NEW.number)).not.toContain(marked.adult.matterId);
      expect(await look(worker, 'number', '20180402-2384')).not.toContain(marked.child.matterId);
      expect(await look(head, 'number', NEW.number)).toContain(marked.adult.matterId);
    });

    it('is lowered by no reading of the register, and that it is not is not told', async () => {
      const read = await record(
        worker,
        { act: 'register-shows-none', actingUnit: NIGHT_UNIT, subjectId: marked.adult.subjectId },
        marked.incident,
      );
      expect([read.status, read.body.version]).toEqual([201, 1]);
      expect((await receiverOf(marked, 'adult-safety')).toUnit).toBe('rvt-farsta');
      expect(await look(worker, 'number', NEW.number)).not.toContain(marked.adult.matterId);
    });

    it.each(['lift', 'household-apart'])(
      '%s is refused to whoever is not entitled, whatever there is',
      async (act) => {
        const wish = { act, actingUnit: NIGHT_UNIT, subjectId: marked.adult.subjectId, reasons: 'prov' };
        const there = await record(worker, wish, marked.incident);
        const nothing = await record(worker, { ...wish, subjectId: 'x'.repeat(32) }, 'y'.repeat(32));
        expect(answered(there)).toEqual([403, 'ENTITLED_FUNCTION_ONLY']);
        expect(nothing.body).toEqual(there.body);
      },
    );

    it('is lifted by a recorded decision of the entitled function, household and searches with it', async () => {
      const lifted = await record(
        head,
        {
          act: 'lift',
          actingUnit: NIGHT_UNIT,
          subjectId: marked.adult.subjectId,
          reasons: 'Skatteverket har avslutat',
        },
        marked.incident,
      );
      expect(lifted.status).toBe(201);
      expect((await receiverOf(marked, 'adult-safety')).toUnit).toBe('rvt-sydvast');
      expect(await look(worker, 'number', NEW.number)).toContain(marked.adult.matterId);
      expect(await look(worker, 'number', '20180402-2384')).toContain(marked.child.matterId);
    });
  });

  it('can be marked by a colleague who has no ordinary access to the case, and takes it out of searches', async () => {
    const theirs = await aCase();
    const assigned = await worker.post(
      `/matters/${theirs.adult.matterId}/assign`,
      { person: stage.persona('socialjouren-case-worker').personId },
      { 'if-match': (await worker.get(`/matters/${theirs.adult.matterId}`)).headers['etag'] ?? '' },
    );
    expect(answered(assigned)).toEqual([200, undefined]);
    const marked = await record(second, { ...mark(), subjectId: theirs.adult.subjectId }, theirs.incident);
    expect(answered(marked)).toEqual([201, undefined]);
    expect(await look(worker, 'number', NEW.number)).not.toContain(theirs.adult.matterId);
    expect(await look(head, 'number', NEW.number)).toContain(theirs.adult.matterId);
  });

  it('a report of protection is lowered by a lift alone', async () => {
    const reported = await takenCase(
      stage,
      police,
      worker,
      aReport({ victims: [aVictim('victim-1', { ...NEW, protectedStatus: 'UNREADABLE' })] }),
    );
    const about = { actingUnit: NIGHT_UNIT, subjectId: reported.adult.subjectId };
    await record(worker, { act: 'register-shows-none', ...about }, reported.incident);
    expect((await receiverOf(reported, 'adult-safety')).toUnit).toBeNull();
    expect((await record(head, { act: 'lift', ...about, reasons: 'prov' }, reported.incident)).status).toBe(
      201,
    );
    expect(await look(worker, 'number', NEW.number)).toContain(reported.adult.matterId);
  });

  describe('unmasking', () => {
    beforeAll(async () => {
      expect(
        (
          await record(
            worker,
            mark({ level: 'assumed-identity', authority: 'police-authority', provision: 'OSL-21-3' }),
          )
        ).status,
      ).toBe(201);
    });

    it('is refused to all others in the same words, whether there is anything or not', async () => {
      const there = await unmask(worker);
      const noMark = await unmask(worker, { subjectId: night.child.subjectId });
      const nobody = await unmask(worker, { subjectId: 'x'.repeat(32) }, 'y'.repeat(32));
      expect(answered(there)).toEqual([403, 'ENTITLED_FUNCTION_ONLY']);
      expect([noMark.body, nobody.body]).toEqual([there.body, there.body]);
    });

    it('shows what was recorded to the entitled function, who gave a reason; each reading is audited first', async () => {
      const readings = async () => {
        const rows: { action: string }[] = await stage.admin.query(
          `select action from socialjouren.audit_leaf where kind = 'reading' and action like 'read-protected-%' order by at, id`,
        );
        return rows.map(({ action }) => action);
      };
      const before = await readings();
      const granted = await unmask(head);
      expect(granted.status).toBe(201);
      const shown = await head.get(`/unmaskings/${granted.body.unmaskingId}`);
      expect(shown.body).toMatchObject({
        standing: 'marked',
        mark: {
          level: 'assumed-identity',
          authority: 'police-authority',
          provision: 'OSL-21-3',
          until: null,
        },
        assertedDistrict: 'Skarpnäck',
        earlierIdentities: [],
      });
      expect(JSON.stringify(shown.body)).not.toContain('Kanariegatan');
      const where = await head.get(`/unmaskings/${granted.body.unmaskingId}/whereabouts`);
      expect(where.body.whereabouts).toBe(WHERE);
      expect((await readings()).slice(before.length)).toEqual([
        'read-protected-identity',
        'read-protected-whereabouts',
      ]);
    });

    it('is for who asked, and for a quarter of an hour', async () => {
      const granted = await unmask(head);
      const path = `/unmaskings/${granted.body.unmaskingId}`;
      expect(answered(await worker.get(path))).toEqual([403, 'UNMASKING_OVER']);
      expect((await worker.get('/unmaskings/0192f3a0-8d2e-7c55-9f3e-3a4d3c1b2a10')).body).toEqual(
        (await worker.get(path)).body,
      );
      expect((await head.get(path)).status).toBe(200);
      await stage.admin.query('update directory.clock set offset_ms = offset_ms + $1', [UNMASKING_MS]);
      expect(answered(await head.get(path))).toEqual([403, 'UNMASKING_OVER']);
      expect(answered(await head.get(`${path}/whereabouts`))).toEqual([403, 'UNMASKING_OVER']);
    });

    it('is told to the unit head without a word of what it was about', async () => {
      await unmask(head);
      const rows: { text: string; function: string; unit_id: string }[] = await stage.admin.query(
        `select n::text as text, n.function, n.unit_id from socialjouren.notification n
         where n.deadline_id is null order by n.created_at desc limit 1`,
      );
      expect(rows).toMatchObject([{ function: 'unit-head', unit_id: NIGHT_UNIT }]);
      expect(rows[0]?.text).not.toMatch(/kanarie|protect|skydd|unmask/i);
    });

    it('is listed for the head, who may read why, and for nobody else', async () => {
      const granted = await unmask(head);
      const list = await head.get(`/units/${NIGHT_UNIT}/unmaskings?limit=1`);
      expect(list.body.items).toEqual([
        {
          unmaskingId: granted.body.unmaskingId,
          person: stage.persona('socialjouren-unit-head').personId,
          at: expect.any(String),
          until: granted.body.until,
        },
      ]);
      const older = await head.get(`/units/${NIGHT_UNIT}/unmaskings?after=${list.body.next}`);
      expect(older.body.items.map(({ unmaskingId }: { unmaskingId: string }) => unmaskingId)).not.toContain(
        granted.body.unmaskingId,
      );
      expect(older.body.items.length).toBeGreaterThan(1);
      const path = `/units/${NIGHT_UNIT}/unmaskings/${granted.body.unmaskingId}`;
      expect((await head.get(path)).body.reason).toBe('kanarieskäl: måste ringa');
      expect(answered(await worker.get(path))).toEqual([403, 'NO_MANDATE']);
      expect(answered(await head.get(`/units/rvt-sydvast/unmaskings`))).toEqual([403, 'NOT_YOUR_UNIT']);
    });

    it('is for a colleague whom the head has named, while that lasts', async () => {
      const { personId } = stage.persona('socialjouren-case-worker-2');
      const path = `/units/${NIGHT_UNIT}/protected-identity-officers`;
      const [clock]: { now: Date }[] = await stage.admin.query('select directory.record_now() as now');
      const until = new Date((clock?.now ?? new Date()).getTime() + 3_600_000).toISOString();
      expect(answered(await worker.post(path, { person: personId, until }))).toEqual([403, 'NO_MANDATE']);
      expect(answered(await head.post(path, { person: personId, until: '2099-01-01T00:00:00Z' }))).toEqual([
        400,
        'INVALID_INPUT',
      ]);
      expect(answered(await unmask(second))).toEqual([403, 'ENTITLED_FUNCTION_ONLY']);
      expect((await head.post(path, { person: personId, until })).status).toBe(201);
      expect((await unmask(second)).status).toBe(201);
      await stage.admin.query('update directory.clock set offset_ms = offset_ms + 3600000');
      expect(answered(await unmask(second))).toEqual([403, 'ENTITLED_FUNCTION_ONLY']);
    });
  });

  describe('the link to an earlier identity', () => {
    const link = (as: As, some: Record<string, unknown> = {}) =>
      as.post(`/incidents/${night.incident}/identity-links`, {
        actingUnit: NIGHT_UNIT,
        subjectId: night.adult.subjectId,
        earlierName: OLD.name,
        earlierNumber: OLD.number,
        reason: 'kanarieskäl',
        ...some,
      });
    let before: TakenCase;
    beforeAll(async () => {
      before = await takenCase(stage, police, worker, aReport({ victims: [aVictim('victim-1', OLD)] }));
    });

    it('is made by the entitled function alone, of somebody marked as living under an assumed identity', async () => {
      expect(answered(await link(worker))).toEqual([403, 'ENTITLED_FUNCTION_ONLY']);
      expect(answered(await link(head, { subjectId: night.child.subjectId }))).toEqual([
        400,
        'INVALID_INPUT',
      ]);
      expect((await link(head)).status).toBe(201);
    });

    it('leads others from the old number to what the old identity had, and to nothing of the new', async () => {
      expect(await look(worker, 'number', OLD.number)).toEqual([before.adult.matterId]);
      expect(await look(worker, 'name', OLD.name)).toEqual([before.adult.matterId]);
      const both = [before.adult.matterId, night.adult.matterId].sort();
      expect((await look(head, 'number', OLD.number)).sort()).toEqual(both);
    });

    it('is shown unmasked, and tells nothing in any other table, schema or log', async () => {
      const granted = await unmask(head);
      const { body } = await head.get(`/unmaskings/${granted.body.unmaskingId}`);
      expect(body.earlierIdentities).toEqual([{ ...OLD, recordedAt: expect.any(String) }]);
      const [row]: { id: string }[] = await stage.admin.query('select id from socialjouren.identity_link');
      const tables: { place: string }[] = await stage.admin.query(
        `select format('%I.%I', n.nspname, c.relname) as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname in ('custody', 'police', 'rvt', 'bou', 'socialjouren')
           and c.relname not like 'identity_link%' and c.relname <> 'idempotency'`,
      );
      for (const { place } of tables) {
        const found: unknown[] = await stage.admin.query(
          `select 1 from ${place} t where t::text like $1 or t::text ilike '%Gamla Kanarie%' or t::text like '%196505051234%'`,
          [`%${row?.id}%`],
        );
        expect([place, found]).toEqual([place, []]);
      }
      const leaves: { action: string }[] = await stage.admin.query(
        `select distinct action from socialjouren.audit_leaf where action ilike '%link%' and kind <> 'refusal'`,
      );
      expect([leaves, stage.logged.filter((line) => /kanarie/i.test(line))]).toEqual([[], []]);
    });

    it('is not seen by the party’s own role unless the transaction is set to the entitled unit', async () => {
      const own = await new DataSource({
        type: 'postgres',
        url: stage.database.urlFor('socialjouren'),
        installExtensions: false,
      }).initialize();
      const seen = (units: string, entitled: string, table: string) =>
        own.transaction(async (manager) => {
          await manager.query(
            `select set_config('handslag.units', $1, true), set_config('handslag.entitled_units', $2, true)`,
            [units, entitled],
          );
          const [count]: { n: number }[] = await manager.query(
            `select count(*)::int as n from socialjouren.${table}`,
          );
          return count?.n;
        });
      for (const table of ['identity_link', 'identity_link_entry']) {
        expect(await seen(NIGHT_UNIT, '', table)).toBe(0);
        expect(await seen('', NIGHT_UNIT, table)).toBe(0);
        expect(await seen(NIGHT_UNIT, 'rvt-sydvast', table)).toBe(0);
        expect(await seen(NIGHT_UNIT, NIGHT_UNIT, table)).toBeGreaterThan(0);
      }
      for (const table of [
        'protection_record',
        'protection_whereabouts',
        'unmasking',
        'protection_officer',
      ]) {
        expect([(await seen(NIGHT_UNIT, '', table)) === 0, await seen('', '', table)]).toEqual([false, 0]);
        expect(await seen('rvt-sydvast', 'rvt-sydvast', table)).toBe(0);
      }
      await own.destroy();
      const other = await new DataSource({
        type: 'postgres',
        url: stage.database.urlFor('rvt'),
        installExtensions: false,
      }).initialize();
      for (const table of ['identity_link', 'protection_record', 'unmasking']) {
        await expect(other.query(`select 1 from socialjouren.${table}`)).rejects.toThrow('permission denied');
      }
      await other.destroy();
    });
  });

  it('keeps no word of it readable in the record', async () => {
    for (const table of [
      'protection_record',
      'unmasking',
      'identity_link',
      'identity_link_entry',
      'audit_leaf',
    ]) {
      const rows: { text: string }[] = await stage.admin.query(
        `select t::text as text from socialjouren.${table} t`,
      );
      expect(rows.length).toBeGreaterThan(0);
      const readable =
        /kanarie|assumed|protected-registration|tax-agency|FOL-16|Skarpnäck|1965050|lifted|"mark"/i;
      expect([table, rows.filter(({ text }) => readable.test(text))]).toEqual([table, []]);
    }
  });
});
