import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { PartyService } from '#database';
import { setTimeMachine } from '#directory';
import { aChild, aReport, aVictim } from '../test/reports.js';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';
import { addMandate } from '../test/test-directory.js';
import { Erasures } from './erasures.service.js';
import {
  ADMINISTRATOR,
  addAdministrator,
  adultCase,
  asPerson,
  closeAdult,
  daysPass,
  type TakenAdult,
} from './test/retention-stage.js';

const POLICE_UNIT = 'lpo-globen';
const [POLICE_HEAD, POLICE_SECOND] = ['p-test-police-head', 'p-test-police-second'];
const SUSPECT = {
  ref: 'suspect-1',
  name: 'Kanarie Utövare',
  number: 'unknown',
  birthDate: '1987-05-05',
  residence: 'unknown',
  protectedStatus: 'NO',
  roleDisputed: 'unknown',
  guardianOf: ['child-1'],
  told: false,
  agreesToContact: 'unknown',
};
const STATED = { years: 2, ground: 'myndighetens gallringsbeslut 2026:1' };

interface Decided {
  readonly disposalId: string;
  readonly listDigest: string;
  readonly goes: number;
}

describe('an erasure', () => {
  let stage: Stage;
  let police: As;
  let worker: As;
  let head: As;
  let administrator: As;
  let policeHead: As;
  let policeSecond: As;
  const opened: DataSource[] = [];

  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    await setTimeMachine(stage.admin, true);
    for (const person of [POLICE_HEAD, POLICE_SECOND])
      await addMandate(stage.admin, { person, unit: POLICE_UNIT, role: 'unit-head' });
    police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    head = await stage.as('socialjouren-unit-head');
    administrator = await addAdministrator(stage);
    policeHead = await asPerson(stage, 'police', POLICE_HEAD);
    policeSecond = await asPerson(stage, 'police', POLICE_SECOND);
  }, 120_000);
  afterAll(async () => {
    for (const one of opened) await one.destroy();
    await stage?.stop();
  });

  const one = async <Row>(sql: string, parameters: unknown[]): Promise<Row> => {
    const [row]: Row[] = await stage.admin.query(sql, parameters);
    if (row === undefined) throw new Error(`nothing: ${sql}`);
    return row;
  };
  const count = async (sql: string, parameters: unknown[]) =>
    (await one<{ n: number }>(`select count(*)::int as n from ${sql}`, parameters)).n;
  const erasuresOf = (party: PartyService) => stage.app(party).get(Erasures, { strict: false });
  async function decided(first: As, second: As, body: object): Promise<Decided> {
    const list = (await first.post('/disposals', body)).body;
    const path = `/disposals/${list.disposalId}`;
    const { listDigest } = list;
    const proposed = await first.post(`${path}/propose`, { listDigest, registerExtract: 'OFFERED' });
    const approved = await second.post(`${path}/decide`, { approves: true, listDigest });
    if (approved.status !== 200) throw new Error(JSON.stringify([list, proposed.body, approved.body]));
    return list;
  }
  async function carryOut(party: PartyService, { disposalId }: Decided): Promise<void> {
    const decision = { decisionId: disposalId };
    await erasuresOf(party).publish(decision);
    while ((await erasuresOf(party).eraseSome(decision)).left > 0);
    await erasuresOf(party).prove(decision);
  }
  const ofNight = { actingUnit: NIGHT_UNIT, rule: 'personal-file' };
  const ofPolice = { actingUnit: POLICE_UNIT, rule: 'police-record' };

  describe('of a whole incident', () => {
    let night: TakenCase;
    let facts: string;
    let referral: string;
    beforeAll(async () => {
      night = await takenCase(
        stage,
        police,
        worker,
        aReport({
          victims: [aVictim('victim-1', { birthDate: '1991-01-08' })],
          children: [aChild('child-1')],
          suspects: [SUSPECT],
        }),
      );
      await closeAdult(worker, night);
      ({ id: facts } = await one<{ id: string }>(
        `select id from custody.content where incident_id = $1 and kind = 'facts'`,
        [night.recordId],
      ));
      ({ id: referral } = await one<{ id: string }>(
        `select c.id from custody.content c join custody.handoff h on h.content_id = c.id where h.matter_id = $1`,
        [night.adult.matterId],
      ));
      await daysPass(stage, 2 * 366 + 2);
    });
    const lengthOf = async (id: string) =>
      (await one<{ n: number }>('select length(ciphertext) as n from custody.content where id = $1', [id])).n;

    it('is not begun where no period is confirmed: the police state their own, with its ground', async () => {
      const refused = await policeHead.post('/disposals', ofPolice);
      expect([refused.status, refused.body.code]).toEqual([422, 'PERIOD_NOT_STATED']);
      const foreign = await policeHead.post('/disposals', { ...ofPolice, rule: 'personal-file' });
      expect([foreign.status, foreign.body.code]).toEqual([400, 'INVALID_INPUT']);
      const future = await policeHead.post('/disposals', {
        ...ofPolice,
        statedPeriod: STATED,
        cutOff: '2100-01-01',
      });
      expect([future.status, future.body.code]).toEqual([400, 'INVALID_INPUT']);
    });

    it('takes the envelope that tells of all of them with the last, and leaves the other side what is theirs', async () => {
      const list = await decided(policeHead, policeSecond, { ...ofPolice, statedPeriod: STATED });
      expect(list.goes).toBe(3);
      const items = (await policeHead.get(`/disposals/${list.disposalId}/items`)).body.items;
      expect(items[0].because[0]).toMatchObject({ status: 'U', source: { sv: STATED.ground } });
      await carryOut('police', list);
      expect((await policeHead.get(`/disposals/${list.disposalId}`)).body).toMatchObject({
        state: 'erased',
        statedPeriod: STATED,
        proof: { persons: 3, stillOpened: 0 },
      });
      expect(await lengthOf(facts)).toBe(0);
      // Socialjouren has not disposed of it: its wrap and the ciphertext are there, and it reads.
      expect(await lengthOf(referral)).toBeGreaterThan(0);
      const { id: handoff } = await one<{ id: string }>(
        'select id from custody.handoff where content_id = $1',
        [referral],
      );
      expect((await worker.get(`/handoffs/${handoff}/content`)).status).toBe(200);
      const theirs = await police.get(`/handoffs/${handoff}/content`);
      expect([theirs.status, theirs.body.code]).toEqual([410, 'CONTENT_ERASED']);
    });

    it('takes who comes back for a file again', async () => {
      const list = async () =>
        (await policeHead.post('/disposals', { ...ofPolice, statedPeriod: STATED })).body.notYet;
      const without = await list();
      await stage.admin.query(
        `insert into custody.content (id, incident_id, subject_id, kind, from_unit, to_unit, ciphertext, digest, created_at)
         select gen_random_uuid(), incident_id, subject_id, 'note', $2, $2, '\\x00', 'kanarie', directory.record_now()
         from custody.matter where id = $1`,
        [night.adult.matterId, POLICE_UNIT],
      );
      expect(await list()).toBe(without + 1);
    });

    it('empties the ciphertext when the other side disposes of it too', async () => {
      await daysPass(stage, 3 * 366 + 30);
      const list = await decided(head, administrator, ofNight);
      await carryOut('socialjouren', list);
      expect(await lengthOf(referral)).toBe(0);
      const child = await one<{ phase: string }>('select phase from custody.matter where id = $1', [
        night.child.matterId,
      ]);
      expect(child.phase).not.toBe('closed');
      expect((await worker.get(`/matters/${night.child.matterId}`)).status).toBe(200);
    });
  });

  describe("with what the party's own features recorded", () => {
    let hers: TakenAdult;
    beforeAll(async () => {
      hers = await adultCase(stage, { birthDate: '1979-06-21', goesOn: true });
      const mark = await worker.post(`/incidents/${hers.incident}/retention-marks`, {
        actingUnit: NIGHT_UNIT,
        subjectId: hers.adult.subjectId,
        mark: 'PATERNITY',
        reason: 'kanariemärke',
      });
      expect(mark.status).toBe(201);
      await worker.post(`/incidents/${hers.incident}/attendance-decision`, {
        actingUnit: NIGHT_UNIT,
        attends: false,
        reasons: 'kanarieskäl',
      });
      await closeAdult(worker, hers);
      await daysPass(stage, 5 * 366 + 2);
    }, 60_000);

    it('is kept by a note on the file, and not once the note is taken back', async () => {
      const { body: kept } = await head.post('/disposals', ofNight);
      expect(kept.goes).toBe(0);
      const { items } = (await head.get(`/disposals/${kept.disposalId}/items?verdict=exempt`)).body;
      const hersNow = items.find((item: { subjectId: string }) => item.subjectId === hers.adult.subjectId);
      expect(hersNow.exemptions).toEqual(['paternity']);
      await worker.post(`/incidents/${hers.incident}/retention-marks`, {
        actingUnit: NIGHT_UNIT,
        subjectId: hers.adult.subjectId,
        mark: 'PATERNITY',
        holds: false,
        reason: 'kanarierättelse',
      });
      expect((await head.post('/disposals', ofNight)).body.goes).toBe(1);
    });

    it('removes her rows and what refers to them, and makes what was sealed with them unreadable', async () => {
      const marks = () => count('socialjouren.retention_mark where subject_id = $1', [hers.subjectId]);
      const known = () => count('socialjouren.retention_person where subject_id = $1', [hers.subjectId]);
      expect([await marks(), await known()]).toEqual([2, 1]);
      const sealed: { id: string }[] = await stage.admin.query(
        'select id from socialjouren.retention_mark where subject_id = $1',
        [hers.subjectId],
      );
      const attended = 'socialjouren.attendance_decision where incident_id = $1';
      const before = await count(attended, [hers.recordId]);
      const list = await decided(head, administrator, ofNight);
      await carryOut('socialjouren', list);
      expect([await marks(), await known()]).toEqual([0, 0]);
      expect(await count('keys.wrap where content_id = any ($1::uuid[])', [sealed.map(({ id }) => id)])).toBe(
        0,
      );
      expect(
        await count('keys.erased_wrap where content_id = any ($1::uuid[]) and disposal_id = $2', [
          sealed.map(({ id }) => id),
          list.disposalId,
        ]),
      ).toBe(2);
      // The decision to attend is of the incident, and the child of it goes on.
      expect([before, await count(attended, [hers.recordId])]).toEqual([1, 1]);
      expect(
        await count(
          `socialjouren.audit_leaf where target_kind = 'subject' and target_id = $1 and salt is not null`,
          [hers.subjectId],
        ),
      ).toBe(0);
    });
  });

  describe('that custody refuses', () => {
    const spoilt: [string, string, string][] = [
      ['one of the two has no mandate for', `decided_by = 'p-nobody'`, 'NO_MANDATE'],
      ['is not of its own time', `decided_at = decided_at + interval '2 days'`, 'DISPOSAL_NOT_AS_RECORDED'],
    ];
    it.each(spoilt)('ends as refused, with why, and erases nothing: what %s', async (_, change, code) => {
      const hers = await adultCase(stage, { birthDate: '1964-04-04' });
      await daysPass(stage, 5 * 366 + 2);
      const list = await decided(head, administrator, ofNight);
      await stage.admin.query(`update socialjouren.disposal set ${change} where id = $1`, [list.disposalId]);
      const wraps = await count('keys.wrap', []);
      await carryOut('socialjouren', list);
      // However often it is told again.
      await carryOut('socialjouren', list);
      const { body } = await head.get(`/disposals/${list.disposalId}`);
      expect(body).toMatchObject({ state: 'refused', refused: { code }, erasedAt: null, receipt: null });
      expect(body.refused.because.sv.length * body.refused.next.en.length).toBeGreaterThan(0);
      expect(body.progress).toEqual({ erased: 0, skipped: 0, left: list.goes });
      expect(await count('keys.wrap', [])).toBe(wraps);
      const stream = `socialjouren.stream where kind = 'erasure' and id = $1 and open`;
      expect(await count(stream, [list.disposalId])).toBe(0);
      const leaf = `socialjouren.audit_leaf where action = 'publish-disposal' and target_id = $1 and code = $2`;
      expect(await count(leaf, [list.disposalId, code])).toBe(1);
      // Two persons may decide again.
      const again = await decided(head, administrator, ofNight);
      await carryOut('socialjouren', again);
      const done = await head.get(`/disposals/${again.disposalId}`);
      expect([done.body.state, done.body.refused]).toEqual(['erased', null]);
      expect(await count('custody.disposed_subject where subject_id = $1', [hers.subjectId])).toBe(1);
    });
  });

  describe('of somebody who is current again when it comes to it', () => {
    it('is passed over, and said so; a list that has become another is not approved', async () => {
      const [stays, returns] = [
        await adultCase(stage, { birthDate: '1966-02-02' }),
        await adultCase(stage, { birthDate: '1967-03-03' }),
      ];
      await daysPass(stage, 5 * 366 + 2);
      const list = await decided(head, administrator, ofNight);
      expect(list.goes).toBe(2);
      const stale = (await head.post('/disposals', ofNight)).body;
      await head.post(`/disposals/${stale.disposalId}/propose`, {
        listDigest: stale.listDigest,
        registerExtract: 'OFFERED',
      });
      const again = await worker.post('/matters', {
        actingUnit: NIGHT_UNIT,
        kind: 'adult-safety',
        subjectId: returns.adult.subjectId,
        continues: returns.adult.matterId,
      });
      expect([again.status, again.body.code]).toEqual([201, undefined]);
      const changed = await administrator.post(`/disposals/${stale.disposalId}/decide`, {
        approves: true,
        listDigest: stale.listDigest,
      });
      expect([changed.status, changed.body.code]).toEqual([409, 'DISPOSAL_LIST_CHANGED']);
      await carryOut('socialjouren', list);
      const { body } = await head.get(`/disposals/${list.disposalId}`);
      expect(body.progress).toEqual({ erased: 1, skipped: 1, left: 0 });
      const { items } = (await head.get(`/disposals/${list.disposalId}/items?verdict=goes`)).body;
      const states = new Map(items.map((item: { subjectId: string }) => [item.subjectId, item]));
      expect(states.get(returns.adult.subjectId)).toMatchObject({
        state: 'skipped',
        skippedCode: 'STILL_CURRENT',
      });
      expect(states.get(stays.adult.subjectId)).toMatchObject({ state: 'erased' });
      const { id } = await one<{ id: string }>('select id from custody.handoff where matter_id = $1', [
        returns.adult.matterId,
      ]);
      expect((await worker.get(`/handoffs/${id}/content`)).status).toBe(200);
    }, 60_000);
  });

  describe('in the hands of a service that was taken over', () => {
    let hers: TakenAdult;
    let authority: string;
    beforeAll(async () => {
      hers = await adultCase(stage, { birthDate: '1959-09-09' });
      ({ authority } = await one<{ authority: string }>(
        'select authority_id as authority from directory.unit_authority where unit_id = $1',
        [NIGHT_UNIT],
      ));
      await daysPass(stage, 5 * 366 + 2);
    }, 60_000);

    async function attempt(
      party: PartyService,
      unit: string,
      sql: string,
      parameters: unknown[],
    ): Promise<string> {
      const source = await new DataSource({
        type: 'postgres',
        url: stage.database.urlFor(party),
        installExtensions: false,
      }).initialize();
      opened.push(source);
      return source
        .transaction(async (manager) => {
          await manager.query(`select set_config('handslag.units', $1, true)`, [unit]);
          await manager.query(sql, parameters);
          return 'DONE';
        })
        .catch((error: Error) => error.message);
    }
    const headId = () => stage.persona('socialjouren-unit-head').personId;
    const publication = (some: object = {}) => [
      JSON.stringify({
        id: randomUUID(),
        authority,
        unit: NIGHT_UNIT,
        rule: 'personal-file',
        listDigest: '0'.repeat(64),
        entriesBefore: '2030-01-01T00:00:00Z',
        proposedBy: headId(),
        proposedAt: new Date().toISOString(),
        approvedBy: ADMINISTRATOR,
        approvedAt: new Date().toISOString(),
        ...some,
      }),
      JSON.stringify({}),
    ];
    const PUBLISH = 'select custody.publish_disposal($1, $2)';

    it.each<[string, object, string]>([
      ['by one person alone', { approvedBy: 'same' }, 'SECOND_PERSON_REQUIRED'],
      ['by somebody without a mandate', { approvedBy: 'p-nobody' }, 'NO_MANDATE'],
      ['by a case worker', { approvedBy: 'worker' }, 'NO_MANDATE'],
      ['for another authority', { authority: 'polismyndigheten' }, 'NOT_YOUR_UNIT'],
      ['for a unit of another party', { unit: POLICE_UNIT }, 'NOT_YOUR_UNIT'],
      ['of what is younger than a year', { entriesBefore: '2199-01-01T00:00:00Z' }, 'ILLEGAL_WRITE'],
      ['decided in the future', { approvedAt: '2199-01-01T00:00:00Z' }, 'ILLEGAL_WRITE'],
    ])('a decision %s is not published', async (_, some, code) => {
      const named = JSON.parse(
        JSON.stringify(some)
          .replace('"same"', JSON.stringify(headId()))
          .replace('"worker"', JSON.stringify(stage.persona('socialjouren-case-worker').personId)),
      );
      // Decided now by the record's clock, which the wall's is years behind.
      const { now } = await one<{ now: Date }>('select directory.record_now() as now', []);
      const at = { proposedAt: now.toISOString(), approvedAt: now.toISOString() };
      expect(await attempt('socialjouren', NIGHT_UNIT, PUBLISH, publication({ ...at, ...named }))).toBe(code);
    });

    it('nothing is erased in custody without a published decision, nor by another party', async () => {
      const dispose = 'select custody.dispose_subject($1, $2, $3)';
      const list = await decided(head, administrator, ofNight);
      const made = [list.disposalId, hers.subjectId, JSON.stringify({})];
      expect(await attempt('socialjouren', NIGHT_UNIT, dispose, made)).toBe('NOT_FOUND');
      await erasuresOf('socialjouren').publish({ decisionId: list.disposalId });
      expect(await attempt('police', POLICE_UNIT, dispose, made)).toBe('NOT_FOUND');
      const running = await adultCase(stage, { birthDate: '1958-08-08', goesOn: true });
      const current = [list.disposalId, running.subjectId, JSON.stringify({})];
      expect(await attempt('socialjouren', NIGHT_UNIT, dispose, current)).toBe('STILL_CURRENT');
      expect(await attempt('socialjouren', NIGHT_UNIT, dispose, made)).toContain('approved by a leaf');
      expect(await count('custody.disposed_subject where subject_id = $1', [hers.subjectId])).toBe(0);
    });

    it("nothing of a party's own is erased without an approved decision that names the person", async () => {
      const erase = 'select socialjouren.erase_person($1, $2, $3)';
      const part = JSON.stringify({ subject: hers.subjectId, matters: [], handoffs: [], incidentDone: true });
      expect(await attempt('socialjouren', NIGHT_UNIT, erase, [randomUUID(), part, '{}'])).toBe(
        'DISPOSAL_NOT_OPEN',
      );
      const listed = (await head.post('/disposals', ofNight)).body;
      expect(await attempt('socialjouren', NIGHT_UNIT, erase, [listed.disposalId, part, '{}'])).toBe(
        'DISPOSAL_NOT_OPEN',
      );
    });

    it.each([
      'delete from custody.content',
      `update custody.content set ciphertext = '', erased_at = now()`,
      'delete from custody.disposed_subject',
      'insert into custody.disposal select * from custody.disposal',
      'delete from socialjouren.retention_mark',
      'delete from socialjouren.disposal_content',
      `update socialjouren.disposal set list_digest = 'x'`,
      `update socialjouren.disposal_item set verdict = 'goes'`,
      'select socialjouren.erase_audit_person(array[]::uuid[], null)',
      'select custody.erase_audit_person(array[]::uuid[], null)',
      'select socialjouren.rows_of_person(null)',
      `select custody.is_running('{}', gen_random_uuid())`,
    ])('may not: %s', async (sql) => {
      expect(await attempt('socialjouren', NIGHT_UNIT, sql, [])).toContain('permission denied');
    });

    it('no other authority sees the decisions, and without units nobody does', async () => {
      const seen = async (unit: string) => {
        const source = opened.find(
          ({ options }) => 'url' in options && options.url === stage.database.urlFor('socialjouren'),
        );
        return source?.transaction(async (manager) => {
          await manager.query(`select set_config('handslag.units', $1, true)`, [unit]);
          const rows: unknown[] = await manager.query('select id from socialjouren.disposal');
          return rows.length;
        });
      };
      expect(await seen(NIGHT_UNIT)).toBeGreaterThan(0);
      expect(await seen('')).toBe(0);
      expect(await seen(POLICE_UNIT)).toBe(0);
    });
  });
});
