import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schemaDifference } from '#database';
import { partySchema } from '../database/party-schema.js';
import type { Party } from '../party.port.js';
import { SocialModule } from '../social/social.module.js';
import { socialTables } from '../social/social.tables.js';
import { PLAIN_POLICE } from '../test/social-parties.js';
import { type As, openStage, type Stage } from '../test/stage.js';
import { NIGHT_UNIT, type TakenCase, takenCase } from '../test/taken-case.js';
import { ScreeningModule } from './screening.module.js';
import { screeningTables } from './screening.tables.js';

const OWN = [socialTables('socialjouren'), screeningTables('socialjouren')];
const SCREENING_PARTY: Party = {
  name: 'socialjouren',
  title: { sv: 'skattar', en: 'screens' },
  schema: partySchema('socialjouren', {
    entities: OWN.flatMap(({ entities }) => entities),
    migrations: OWN.flatMap(({ migrations }) => migrations),
  }),
  features: [SocialModule, ScreeningModule],
  holdsMatters: true,
};

const all = (items: number, value: number) =>
  Array.from({ length: items }, (_, index) => ({ item: index + 1, value }));

describe('screening (REC-5)', () => {
  let stage: Stage;
  let worker: As;
  let her: TakenCase['adult'];
  beforeAll(async () => {
    stage = await openStage([PLAIN_POLICE, SCREENING_PARTY]);
    worker = await stage.as('socialjouren-case-worker');
    her = (await takenCase(stage, await stage.as('police-liaison-globen'), worker)).adult;
  }, 120_000);
  afterAll(async () => stage?.stop());

  const screen = (some: Record<string, unknown> = {}) =>
    worker.post(`/subjects/${her.subjectId}/screenings`, {
      ...{ actingUnit: NIGHT_UNIT, instrument: 'pcl-5', instrumentVersion: '1', occasion: 'before' },
      ...{ acuteSuicidality: 'NO', answers: all(20, 2), note: 'kanarietolkning' },
      ...{ screenedAt: new Date().toISOString(), ...some },
    });
  const answered = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

  it('has a schema that differs in nothing from its entities', async () => {
    expect(await schemaDifference(stage.database.adminUrl, SCREENING_PARTY.schema)).toEqual([]);
  });

  it('keeps instrument, version, day, raw answers and who interpreted it, before and after', async () => {
    const before = await screen();
    const after = await screen({ occasion: 'after', answers: all(20, 1) });
    expect([before.body.result, after.body.result]).toEqual(['REACHED', 'BELOW']);
    const { body } = await worker.get(`/subjects/${her.subjectId}/screenings`);
    expect(body.items.map((one: Record<string, unknown>) => [one['occasion'], one['result']])).toEqual([
      ['before', 'REACHED'],
      ['after', 'BELOW'],
    ]);
    const words = await worker.get(`/subjects/${her.subjectId}/screenings/${before.body.recordId}`);
    expect(words.body).toMatchObject({ sums: [{ scale: 'sum', sum: 40 }], note: 'kanarietolkning' });
    expect(words.body.answers).toHaveLength(20);
    expect(words.body.cutOffs.map(({ from }: { from: number }) => from)).toEqual([31, 37]);
    for (const one of [before, after, words]) {
      expect(JSON.stringify(one.body).toLowerCase()).not.toContain('diagnos');
    }
    const rows: { text: string }[] = await stage.admin.query(
      'select s::text as text from socialjouren.screening s',
    );
    expect(rows.some(({ text }) => text.includes('kanarietolkning'))).toBe(false);
    const [leaf]: { n: number }[] = await stage.admin.query(
      `select count(*)::int as n from socialjouren.audit_leaf where action = 'read-screening' and target_id = $1`,
      [before.body.recordId],
    );
    expect(leaf?.n).toBe(1);
  });

  it('stops at acute risk of suicide, scores nothing, and says whom to ring', async () => {
    const stopped = await screen({ acuteSuicidality: 'YES', answers: [] });
    expect([stopped.status, stopped.body.result]).toEqual([201, 'STOPPED']);
    expect(stopped.body.ring[0]).toMatchObject({ number: '112' });
    expect(stopped.body.ring.length).toBeGreaterThan(1);
    expect(answered(await screen({ acuteSuicidality: 'YES' }))).toEqual([400, 'INVALID_INPUT']);
  });

  it('keeps that she was offered it and said no', async () => {
    const declined = await screen({ declined: true, answers: [] });
    expect([declined.status, declined.body.result, declined.body.ring]).toEqual([201, 'DECLINED', []]);
  });

  it('marks one as entered in error once, with the reason, and keeps it', async () => {
    const wrong = await screen();
    const path = `/subjects/${her.subjectId}/screenings/${wrong.body.recordId}`;
    const mark = () => worker.post(`${path}/enter-in-error`, { reason: 'fel person' });
    expect(answered(await mark())).toEqual([201, undefined]);
    expect(answered(await mark())).toEqual([409, 'ALREADY_TAKEN_BACK']);
    expect((await worker.get(path)).body.reason).toBe('fel person');
    const { body } = await worker.get(`/subjects/${her.subjectId}/screenings`);
    const [found] = body.items.filter(
      ({ screeningId }: { screeningId: string }) => screeningId === wrong.body.recordId,
    );
    expect(found.standing).toBe('entered-in-error');
  });

  it.each([
    ['another version', { instrumentVersion: '9' }],
    ['an item that it has not', { answers: [{ item: 21, value: 0 }] }],
    ['an answer off its scale', { answers: [{ item: 1, value: 5 }] }],
    ['a time in the future', { screenedAt: new Date(Date.now() + 3_600_000).toISOString() }],
  ])('refuses %s', async (_, some) => {
    expect(answered(await screen(some))).toEqual([400, 'INVALID_INPUT']);
  });
});
