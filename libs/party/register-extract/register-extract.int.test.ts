import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { AuditLeafEntity, makeLeaf } from '#audit';
import type { RegisterExtract } from '#contracts';
import { recordNow } from '#directory';
import { PLAIN_POLICE, socialParty } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';

// Whole nights over HTTP: a busy machine takes longer than the usual five seconds.
jest.setTimeout(60_000);

describe('a register extract', () => {
  let stage: Stage;
  let worker: As;
  let head: As;
  let taken: TakenCase;
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, socialParty('socialjouren')]);
    const police = await stage.as('police-liaison-globen');
    worker = await stage.as('socialjouren-case-worker');
    head = await stage.as('socialjouren-unit-head');
    taken = await takenCase(stage, police, worker);
    for (const { matterId } of [taken.adult, taken.child]) await readContent(worker, matterId);
  }, 120_000);
  afterAll(async () => stage?.stop());

  const code = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
    stage.admin.query(sql, parameters);
  async function readContent(as: As, matterId: string) {
    const [row] = await query<{ id: string }>('select id from custody.handoff where matter_id = $1', [
      matterId,
    ]);
    expect((await as.get(`/handoffs/${row?.id}/content`)).status).toBe(200);
  }
  const ask = (subjectId: string, some: object = {}) =>
    worker.post('/register-extracts', {
      actingUnit: NIGHT_UNIT,
      incidentId: taken.incident,
      subjectId,
      askedBy: 'subject',
      words: 'kanariebegäran med legitimation',
      ...some,
    });
  const released = async (
    subjectId: string,
    some: object = {},
  ): Promise<{ id: string; extract: RegisterExtract }> => {
    const asked = await ask(subjectId, some);
    expect(asked.status).toBe(201);
    const id: string = asked.body.recordId;
    const decided = await head.post(`/register-extracts/${id}/decision`, {
      decision: 'RELEASE',
      words: 'kanarieskäl',
    });
    expect(decided.status).toBe(201);
    return { id, extract: (await worker.get(`/register-extracts/${id}/extract`)).body };
  };
  const whatOf = (extract: RegisterExtract) => extract.accesses.map(({ what }) => what.en);

  it('is asked, decided by the head within a month, and read only once released', async () => {
    const asked = await ask(taken.adult.subjectId);
    const id = asked.body.recordId;
    expect(code(await worker.get(`/register-extracts/${id}/extract`))).toEqual([404, 'NOT_FOUND']);
    const decision = { decision: 'REFUSE', words: 'skäl' };
    expect(code(await worker.post(`/register-extracts/${id}/decision`, decision))).toEqual([
      403,
      'NO_MANDATE',
    ]);
    const [open] = (await worker.get('/register-extracts?limit=1')).body.items;
    expect(open).toMatchObject({ extractId: id, askedBy: 'subject', decision: null });
    expect((Date.parse(open.dueAt) - Date.parse(open.askedAt)) / 86_400_000).toBeGreaterThan(27);
    expect((await head.post(`/register-extracts/${id}/decision`, decision)).status).toBe(201);
    expect(code(await head.post(`/register-extracts/${id}/decision`, decision))).toEqual([
      409,
      'ALREADY_DECIDED',
    ]);
    expect(code(await worker.get(`/register-extracts/${id}/extract`))).toEqual([404, 'NOT_FOUND']);
    const deadlines = await query<object>(
      'select rule, ended_as from socialjouren.deadline where clock_id = $1',
      [id],
    );
    expect(deadlines).toEqual([{ rule: 'register-extract', ended_as: 'met' }]);
  });

  it('tells her every access of her own matters, staff as function and unit, as JSON and as text', async () => {
    const { id, extract } = await released(taken.adult.subjectId);
    expect(whatOf(extract)).toEqual(
      expect.arrayContaining([
        'A handover was opened',
        'The matter was taken',
        'The content of the handover was read',
      ]),
    );
    const reading = extract.accesses.find(({ what }) => what.en === 'The content of the handover was read');
    expect(reading).toMatchObject({
      kind: 'reading',
      byFunction: { en: 'Case worker' },
      unit: { sv: 'Socialjouren Stockholm' },
    });
    for (const language of ['sv', 'en'] as const) {
      const { body } = await worker.get(`/register-extracts/${id}/text?language=${language}`);
      expect(body.text).toContain(
        language === 'sv' ? 'Handläggare, Socialjouren' : 'Case worker, Socialjouren',
      );
      expect(body.text.split('\n').length).toBeGreaterThan(extract.accesses.length);
    }
    const persons = await query<{ person_id: string }>('select distinct person_id from directory.mandate');
    const all = JSON.stringify(extract);
    for (const { person_id } of persons) expect(all).not.toContain(person_id);
    expect(all).not.toContain('kanarie');
    expect(all).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('audits the request, the decision and the reading', async () => {
    const [subject] = await query<{ id: string }>(
      `select subject_id as id from custody.matter where id = $1`,
      [taken.adult.matterId],
    );
    const leaves = await query<{ action: string }>(
      `select distinct action from socialjouren.audit_leaf where target_id = $1 and action like '%register-extract'`,
      [subject?.id],
    );
    expect(leaves.map(({ action }) => action).sort()).toEqual([
      'ask-register-extract',
      'decide-register-extract',
      'read-register-extract',
    ]);
  });

  it('of a child is for a guardian without the names of units', async () => {
    const { extract } = await released(taken.child.subjectId, { askedBy: 'guardian' });
    expect(extract.accesses.length).toBeGreaterThan(2);
    expect(JSON.stringify(extract)).not.toContain('Socialjouren Stockholm');
    expect(extract.accesses[0]?.unit.en).toBe('Emergency social service (socialjouren)');
  });

  it('does not change by one entry for what is done on the other side of the same incident', async () => {
    const mine = (extract: RegisterExtract) =>
      extract.accesses.filter(({ what }) => !what.en.startsWith('An act') && what.en !== 'Data were read');
    const before = mine((await released(taken.adult.subjectId)).extract);
    const colleague = stage.persona('socialjouren-case-worker-2').personId;
    const [subject, matter] = [randomUUID(), randomUUID()];
    // His matter at the same unit, with a worker of his own, who reads the incident that is theirs both.
    await stage.admin.transaction(async (manager) => {
      await manager.query(`insert into custody.subject values ($1, $2, 'alleged-perpetrator')`, [
        subject,
        taken.recordId,
      ]);
      await manager.query(
        `insert into custody.matter (id, incident_id, subject_id, kind, opened_at, holder_unit, assigned_to)
         values ($1, $2, $3, 'perpetrator-change', now(), $4, $5)`,
        [matter, taken.recordId, subject, NIGHT_UNIT, colleague],
      );
      await manager.query(
        `insert into custody.responsibility (matter_id, unit_id, starts_at)
         select id, holder_unit, opened_at from custody.matter where id = $1`,
        [matter],
      );
    });
    const database = stage.app('socialjouren').get(DataSource);
    const [unit] = await query<{ authority_id: string }>(
      'select authority_id from directory.unit_authority where unit_id = $1',
      [NIGHT_UNIT],
    );
    const at = await recordNow(database.manager);
    for (const [kind, id] of [
      ['incident', taken.recordId],
      ['matter', matter],
      ['subject', subject],
    ] as const)
      await database.manager.insert(
        AuditLeafEntity,
        makeLeaf({
          at,
          authority: unit?.authority_id ?? '',
          unitId: NIGHT_UNIT,
          person: colleague,
          kind: 'reading',
          action: 'read-known',
          target: { kind, id },
          code: 'OK',
        }),
      );
    const after = mine((await released(taken.adult.subjectId)).extract);
    expect(after).toEqual(before);
    expect(JSON.stringify(after)).not.toContain('erpetrator');
  });

  it('is of a subject that the unit has a part in, by the database too', async () => {
    expect(code(await ask(taken.incident))).toEqual([422, 'UNKNOWN_SUBJECT']);
    const database = stage.app('socialjouren').get(DataSource);
    const reading = (units: string, subject: string) =>
      database.transaction(async (manager) => {
        await manager.query(`select set_config('handslag.units', $1, true)`, [units]);
        return manager.query(`select * from custody.accesses_of_subject($1, $2, 'infinity')`, [
          NIGHT_UNIT,
          subject,
        ]);
      });
    expect(await reading(NIGHT_UNIT, taken.childId)).not.toEqual([]);
    await expect(reading('', taken.childId)).rejects.toThrow(/NOT_FOUND/);
    await expect(reading(NIGHT_UNIT, randomUUID())).rejects.toThrow(/NOT_FOUND/);
  });
});
